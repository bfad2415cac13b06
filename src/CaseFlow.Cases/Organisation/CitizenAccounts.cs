using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Organisation;

/// <summary>What a citizen says when registering.</summary>
/// <param name="Name">Full name, as on the identity card.</param>
/// <param name="IdNumber">Resident identity number.</param>
/// <param name="UserName">Chosen sign-in name.</param>
/// <param name="Email">Where the code goes.</param>
/// <param name="Culture">Language of the person.</param>
public sealed record Registration(string Name, string IdNumber, string UserName, string Email, string Culture);

/// <summary>The words of a mail; <c>{0}</c> in the text is replaced by the code.</summary>
/// <param name="Subject">Subject; names no benefit.</param>
/// <param name="Text">Plain text.</param>
public sealed record MailWords(string Subject, string Text);

/// <summary>What came of a code.</summary>
public enum CodeResult
{
    /// <summary>It was right.</summary>
    Good,

    /// <summary>It was wrong; another try is free.</summary>
    Wrong,

    /// <summary>Too old, used, or tried too often: a new one is needed.</summary>
    Over,
}

/// <summary>
/// Accounts that citizens open themselves. A name and an identity number prove nobody's identity: what is declared at
/// registration opens no case. The account is bound to a person of the registry only by a code sent to the contact that was
/// taken down at a counter, or by a clerk who has seen the identity card.
/// </summary>
public sealed class CitizenAccounts(IStepRunner steps)
{
    /// <summary>How long a code is good, by the machine's clock.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Wrong entries after which a code is over.</summary>
    public const int MostTries = 5;

    private static readonly Actor Portal = Actor.System("citizen portal");

    /// <summary>Opens an account without a password and mails a code; nobody can sign in with it before the code came back.</summary>
    /// <returns>The account.</returns>
    /// <exception cref="InvalidInputException">The sign-in name is taken, or an entry is wrong.</exception>
    public Task<Id<Account>> RegisterAsync(Registration registration, MailWords words, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CitizenAccountStep, Id<Account>>(
            new Step("citizen.register", Portal), (step, token) => step.RegisterAsync(registration, words, token), cancellationToken);

    /// <summary>The code has come back: the account gets its password and is open.</summary>
    public Task<CodeResult> ConfirmAsync(Id<Account> account, string code, string passwordHash, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CitizenAccountStep, CodeResult>(
            new Step("citizen.confirm", Portal), (step, token) => step.ConfirmAsync(account, code, passwordHash, token), cancellationToken);

    /// <summary>Mails what an account's owner asked for, at most once in five minutes.</summary>
    /// <param name="account">The account.</param>
    /// <param name="about">What it is about, a part of the event key, for example <c>reset</c>.</param>
    /// <param name="words">The words.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task MailAsync(Id<Account> account, string about, MailWords words, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CitizenAccountStep, bool>(
            new Step("citizen.mail", Portal), (step, token) => step.MailAsync(account, about, words, token), cancellationToken);

    /// <summary>
    /// Sends a code to the contact on file of the person whom the account declares to be, if there is one that can be trusted.
    /// The answer is the same in every case, or it would tell who is on the registry.
    /// </summary>
    public Task AskForProofAsync(Actor actor, MailWords words, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CitizenAccountStep, bool>(
            new Step("citizen.ask-for-proof", Portal), (step, token) => step.AskForProofAsync(actor, words, token), cancellationToken);

    /// <summary>The code sent to the contact on file has come back: the account is that person's.</summary>
    public Task<CodeResult> ProveByCodeAsync(Actor actor, string code, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CitizenAccountStep, CodeResult>(
            new Step("citizen.prove", Portal), (step, token) => step.ProveByCodeAsync(actor, code, token), cancellationToken);

    /// <summary>A clerk has seen the identity card and binds the account to its person.</summary>
    /// <exception cref="RefusedException">The actor is at no window, or account and card do not fit.</exception>
    public Task ProveAtCounterAsync(Actor actor, string userName, string name, string idNumber, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CitizenAccountStep, bool>(
            new Step("citizen.prove-at-counter", actor), (step, token) => step.ProveAtCounterAsync(actor, userName, name, idNumber, token), cancellationToken);

    /// <summary>Written consent to electronic delivery, and mails to the account's address: given or taken back by the person.</summary>
    /// <exception cref="RefusedException">The account is not proved.</exception>
    public Task SetContactAsync(Actor actor, bool electronicDelivery, bool mails, CancellationToken cancellationToken) =>
        steps.RunOnAsync<CitizenAccountStep, bool>(
            new Step("citizen.contact", Portal), (step, token) => step.SetContactAsync(actor, electronicDelivery, mails, token), cancellationToken);
}
