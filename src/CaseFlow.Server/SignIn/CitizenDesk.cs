using System.Globalization;
using System.Net.Mail;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.SignIn;

/// <summary>Registration and forgotten passwords of citizens: checks what was entered and finds the words of the mails.</summary>
internal sealed class CitizenDesk(
    CitizenAccounts accounts,
    UserManager<Account> users,
    PasswordChange passwords,
    PasswordLinks links,
    IUnitOfWork work,
    DocumentOptions addresses,
    TimeProvider time,
    IStringLocalizer texts)
{
    private const int MostCodesForOneAddress = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Opens an account that waits for its code.</summary>
    /// <returns>The account; null with the reasons in <paramref name="errors"/>.</returns>
    public async Task<Id<Account>?> RegisterAsync(RegistrationInput input, FormErrors errors, CancellationToken cancellationToken)
    {
        var number = FormReader.Narrow(input.IdNumber ?? "").Replace('x', 'X');
        Check(input, number, errors);
        if (!errors.Any && await IsFloodedAsync(input.Email!.Trim(), cancellationToken))
        {
            errors.Add("Input.Email", texts["Register.Email"], texts["Register.MailAlready"]);
        }

        if (errors.Any)
        {
            return null;
        }

        try
        {
            var registration = new Registration(input.Name!.Trim(), number, input.UserName!.Trim(), input.Email!.Trim(), CultureInfo.CurrentUICulture.Name);
            return await accounts.RegisterAsync(registration, new MailWords(texts["Register.Subject"], texts["Register.Mail", "{0}"]), cancellationToken);
        }
        catch (InvalidInputException invalid)
        {
            foreach (var (field, sentences) in invalid.Errors)
            {
                errors.Add(field == "userName" ? "Input.UserName" : "Input.IdNumber", texts[field == "userName" ? "Register.UserName" : "Register.IdNumber"], sentences[0]);
            }

            return null;
        }
    }

    /// <summary>The account that waits for its code; null if there is none of this id.</summary>
    public Task<Account?> WaitingAsync(Guid account, CancellationToken cancellationToken)
    {
        var id = new Id<Account>(account);
        return work.Set<Account>().AsNoTracking()
            .FirstOrDefaultAsync(a => a.Id == id && a.Kind == AccountKind.Citizen && a.PasswordHash == null && a.IdNumber != null, cancellationToken);
    }

    /// <summary>Takes the code and sets the first password.</summary>
    /// <returns>The open account; null with the reasons in <paramref name="errors"/>.</returns>
    public async Task<Account?> ConfirmAsync(Account waiting, CodeInput input, FormErrors errors, CancellationToken cancellationToken)
    {
        var code = FormReader.Narrow(input.Code ?? "");
        if (code.Length == 0)
        {
            errors.Add("Input.Code", texts["Register.Code"], texts["Password.Missing"]);
        }

        if (passwords.Problem(waiting, input.Password) is { } problem)
        {
            errors.Add("Input.Password", texts["Password.New"], problem);
        }
        else if (input.Password != input.Repeated)
        {
            errors.Add("Input.Repeated", texts["Password.Repeat"], texts["Password.Differs"]);
        }

        if (errors.Any)
        {
            return null;
        }

        var result = await accounts.ConfirmAsync(waiting.Id, code, users.PasswordHasher.HashPassword(waiting, input.Password!), cancellationToken);
        if (result != CodeResult.Good)
        {
            errors.Add("Input.Code", texts["Register.Code"], texts[result == CodeResult.Wrong ? "Register.Wrong" : "Register.Over"]);
            return null;
        }

        return await users.FindByIdAsync(waiting.Id.ToString());
    }

    /// <summary>Mails a link to set the password, if name and address fit; nobody learns whether they do.</summary>
    public async Task ForgotAsync(string userName, string email, CancellationToken cancellationToken)
    {
        var account = await users.FindByNameAsync(userName.Trim());
        if (account is { Kind: AccountKind.Citizen, Disabled: false, PasswordHash: not null, Email: { } known }
            && string.Equals(known, email.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            var site = new Uri(addresses.CheckAddress).GetLeftPart(UriPartial.Authority);
            await accounts.MailAsync(account.Id, "reset", new MailWords(texts["Forgot.Subject"], texts["Forgot.Mail", site + links.PathFor(account)]), cancellationToken);
        }
    }

    /// <summary>The words of the mail with the code that proves who somebody is.</summary>
    public MailWords ProofWords() => new(texts["Me.ProofSubject"], texts["Me.ProofMail", "{0}"]);

    private void Check(RegistrationInput input, string number, FormErrors errors)
    {
        if (!IsName(input.Name))
        {
            errors.Add("Input.Name", texts["Register.Name"], texts["Register.NameWrong"]);
        }

        if (!CaseFlow.Cases.People.ResidentIdNumber.TryParse(number, out _, out var wrong))
        {
            errors.Add("Input.IdNumber", texts["Register.IdNumber"], wrong!);
        }

        if (!IsUserName(input.UserName))
        {
            errors.Add("Input.UserName", texts["Register.UserName"], texts["Register.UserNameWrong"]);
        }

        if (!MailAddress.TryCreate(input.Email?.Trim(), out var address) || address.Address != input.Email!.Trim() || address.Address.Length > 100)
        {
            errors.Add("Input.Email", texts["Register.Email"], texts["Register.EmailWrong"]);
        }
    }

    private static bool IsName(string? name) => name?.Trim() is { Length: >= 2 and <= 40 } text && CaseFlow.Cases.People.FormVocabulary.IsName(text);

    private static bool IsUserName(string? name) => name?.Trim() is { Length: >= 4 and <= 30 } text
        && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>So that nobody fills another's mail box with codes.</summary>
    private async Task<bool> IsFloodedAsync(string email, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Window;
        var waiting = work.Set<Account>().Where(a => a.Email == email && a.PasswordHash == null).Select(a => a.Id);
        return await work.Set<FormDraft>().CountAsync(d => waiting.Contains(d.AccountId) && d.Purpose == "code:register" && d.SavedAt > since, cancellationToken) >= MostCodesForOneAddress;
    }
}

/// <summary>The form of a registration.</summary>
public sealed class RegistrationInput
{
    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Identity number.</summary>
    public string? IdNumber { get; set; }

    /// <summary>Sign-in name.</summary>
    public string? UserName { get; set; }

    /// <summary>Mail address.</summary>
    public string? Email { get; set; }
}

/// <summary>The form that takes the code and the first password.</summary>
public sealed class CodeInput
{
    /// <summary>Code.</summary>
    public string? Code { get; set; }

    /// <summary>Password.</summary>
    public string? Password { get; set; }

    /// <summary>The password again.</summary>
    public string? Repeated { get; set; }
}
