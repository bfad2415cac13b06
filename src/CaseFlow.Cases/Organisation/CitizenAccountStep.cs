using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Organisation;

/// <summary>One act on a citizen's account, inside its step.</summary>
internal sealed class CitizenAccountStep(
    IUnitOfWork work, IAuditTrail audit, IBusinessClock clock, TimeProvider machine, IBlindIndex index, OneTimeCodes codes)
{
    private const string Register = "register";
    private const string Proof = "proof";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public async Task<Id<Account>> RegisterAsync(Registration registration, MailWords words, CancellationToken cancellationToken)
    {
        if (!ResidentIdNumber.TryParse(registration.IdNumber, out var number, out var wrong))
        {
            throw new InvalidInputException("idNumber", wrong!);
        }

        var name = registration.UserName.Trim();
        var normalized = name.ToUpperInvariant();
        var account = await work.Set<Account>().FirstOrDefaultAsync(a => a.NormalizedUserName == normalized, cancellationToken);
        if (account is not null && !(account is { PasswordHash: null, Kind: AccountKind.Citizen, IdNumber: not null } && !await codes.IsOpenAsync(account.Id, Register, cancellationToken)))
        {
            throw new InvalidInputException("userName", "这个登录名已被使用，请换一个。");
        }

        if (account is null)
        {
            account = new Account { Kind = AccountKind.Citizen };
            work.Set<Account>().Add(account);
        }

        (account.UserName, account.NormalizedUserName, account.DisplayName) = (name, normalized, registration.Name.Trim());
        (account.IdNumber, account.Email, account.Culture) = (number!.Value, registration.Email.Trim(), registration.Culture);
        await AuditAsync(account, Actor.System("citizen portal"), "account.register", [], cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        var code = await codes.IssueAsync(account.Id, Register, null, cancellationToken);
        AddMail(account.Id, null, $"account/{account.Id}/register/{Guid.NewGuid():N}", words, code);
        return account.Id;
    }

    public async Task<CodeResult> ConfirmAsync(Id<Account> id, string code, string passwordHash, CancellationToken cancellationToken)
    {
        var account = await work.Set<Account>().FirstOrDefaultAsync(a => a.Id == id && a.Kind == AccountKind.Citizen && a.PasswordHash == null, cancellationToken);
        if (account is null)
        {
            return CodeResult.Over;
        }

        var (result, _) = await codes.TakeAsync(id, Register, code, cancellationToken);
        if (result == CodeResult.Good)
        {
            account.PasswordHash = passwordHash;
            account.SecurityStamp = Guid.NewGuid().ToString("N");
            await AuditAsync(account, Actor.System("citizen portal"), "account.confirm", [], cancellationToken);
        }

        return result;
    }

    public async Task<bool> MailAsync(Id<Account> account, string about, MailWords words, CancellationToken cancellationToken)
    {
        var key = $"account/{account}/{about}/{machine.GetUtcNow().ToUnixTimeSeconds() / (long)Pause.TotalSeconds}";
        if (await work.Set<OutboxMessage>().AnyAsync(m => m.EventKey == key, cancellationToken))
        {
            return false;
        }

        AddMail(account, null, key, words, "");
        return true;
    }

    public async Task<bool> AskForProofAsync(Actor actor, MailWords words, CancellationToken cancellationToken)
    {
        var account = await OwnAsync(actor, cancellationToken);
        if (account.PersonId is not null || account.IdNumber is null || await codes.IsFreshAsync(account.Id, Proof, cancellationToken))
        {
            return false;
        }

        var person = await TrustedAsync(account, cancellationToken);
        var code = await codes.IssueAsync(account.Id, Proof, person?.Id.ToString(), cancellationToken);
        if (person is not null)
        {
            AddMail(null, person.Id, $"account/{account.Id}/proof/{Guid.NewGuid():N}", words, code);
        }

        await AuditAsync(account, actor, "account.ask-for-proof", [], cancellationToken);
        return true;
    }

    public async Task<CodeResult> ProveByCodeAsync(Actor actor, string code, CancellationToken cancellationToken)
    {
        var account = await OwnAsync(actor, cancellationToken);
        var (result, person) = await codes.TakeAsync(account.Id, Proof, code, cancellationToken);
        if (result != CodeResult.Good)
        {
            return result;
        }

        if (!Id<Person>.TryParse(person, out var id))
        {
            return CodeResult.Wrong;
        }

        await BindAsync(account, id, actor, "code", cancellationToken);
        return CodeResult.Good;
    }

    public async Task<bool> ProveAtCounterAsync(Actor actor, string userName, string name, string idNumber, CancellationToken cancellationToken)
    {
        if (actor.Posts.All(p => p.Post is not (PostKind.WindowClerk or PostKind.CaseHandler)))
        {
            throw new RefusedException("post", "核验身份由街道（乡镇）或区民政窗口办理。");
        }

        if (!ResidentIdNumber.TryParse(idNumber, out var number, out var wrong))
        {
            throw new InvalidInputException("idNumber", wrong!);
        }

        var normalized = userName.Trim().ToUpperInvariant();
        var account = await work.Set<Account>().FirstOrDefaultAsync(
            a => a.NormalizedUserName == normalized && a.Kind == AccountKind.Citizen && a.PasswordHash != null && !a.Disabled, cancellationToken)
            ?? throw new InvalidInputException("userName", "没有这个群众账号，或账号还没有开通。请来人核对登录名。");
        if (account.PersonId is not null)
        {
            throw new RefusedException("already-proved", "这个账号已经核验过身份。");
        }

        if (account.DisplayName != name.Trim() || (account.IdNumber is { } declared && declared != number!.Value))
        {
            throw new RefusedException("card-differs", "账号登记的姓名或身份证号与证件不一致，不能核验。请来人用本人证件信息重新注册。");
        }

        var person = await PersonOfAsync(name.Trim(), number!, cancellationToken);
        await BindAsync(account, person.Id, actor, "counter", cancellationToken);
        account.IdNumber = number!.Value;
        return true;
    }

    public async Task<bool> SetContactAsync(Actor actor, bool electronicDelivery, bool mails, CancellationToken cancellationToken)
    {
        var account = await OwnAsync(actor, cancellationToken);
        var person = await work.Set<Person>().FirstOrDefaultAsync(p => p.Id == account.PersonId, cancellationToken)
            ?? throw new RefusedException("not-proved", "核验身份以后才能修改通知方式。");
        (person.ElectronicDeliveryConsent, person.Email) = (electronicDelivery, mails ? account.Email : null);
        person.Revision++;
        await AuditAsync(
            account, actor, "person.contact", new JsonObject { ["electronicDelivery"] = electronicDelivery, ["mails"] = mails }, cancellationToken);
        return true;
    }

    /// <summary>
    /// The person of that number and name whose contact was taken down at a counter, and whom no account has yet. A contact that
    /// came in online may be anybody's.
    /// </summary>
    private async Task<Person?> TrustedAsync(Account account, CancellationToken cancellationToken)
    {
        var number = index.OfIdNumber(account.IdNumber!);
        var person = await work.Set<Person>().FirstOrDefaultAsync(p => p.IdNumberIndex == number && p.Name == account.DisplayName && p.Email != null, cancellationToken);
        if (person is null || await work.Set<Account>().AnyAsync(a => a.PersonId == person.Id, cancellationToken))
        {
            return null;
        }

        var channels = await work.Set<Case>().Where(c => c.ApplicantId == person.Id).Select(c => c.Channel).Distinct().ToListAsync(cancellationToken);
        return channels is ["counter"] ? person : null;
    }

    private async Task<Person> PersonOfAsync(string name, ResidentIdNumber number, CancellationToken cancellationToken)
    {
        var key = index.OfIdNumber(number.Value);
        var known = await work.Set<Person>().FirstOrDefaultAsync(p => p.IdNumberIndex == key, cancellationToken);
        if (known is not null)
        {
            return known.Name == name
                ? known
                : throw new RefusedException("card-differs", "登记库中这个身份证号的姓名与证件不一致，请先按更名手续处理。");
        }

        var person = new Person { Name = name, IdNumber = number.Value, Gender = number.Gender, BirthDate = number.BirthDate };
        work.Set<Person>().Add(person);
        await work.SaveChangesAsync(cancellationToken);
        return person;
    }

    private async Task BindAsync(Account account, Id<Person> person, Actor actor, string how, CancellationToken cancellationToken)
    {
        if (await work.Set<Account>().AnyAsync(a => a.PersonId == person && a.Kind == AccountKind.Citizen && !a.Disabled && a.Id != account.Id, cancellationToken))
        {
            throw new RefusedException("person-has-account", "这个人已有核验过的账号。忘了登录名或密码的，先到区民政局停用旧账号。");
        }

        account.PersonId = person;
        await AuditAsync(account, actor, "account.prove", new JsonObject { ["how"] = how, ["person"] = person.ToString() }, cancellationToken);
    }

    private Task<Account> OwnAsync(Actor actor, CancellationToken cancellationToken) =>
        work.Set<Account>().FirstAsync(a => a.Id == actor.AccountId && a.Kind == AccountKind.Citizen, cancellationToken);

    private void AddMail(Id<Account>? account, Id<Person>? person, string key, MailWords words, string code)
    {
        var message = new OutboxMessage
        {
            EventKey = key,
            Channel = MessageChannel.Mail,
            AccountId = account,
            PersonId = person,
            Subject = words.Subject,
            Body = words.Text.Replace("{0}", code, StringComparison.Ordinal),
            State = MessageState.Pending,
            CreatedAt = clock.Now,
            NotBefore = machine.GetUtcNow(),
        };
        message.MessageKey = NotificationService.KeyOf(message);
        work.Set<OutboxMessage>().Add(message);
    }

    private Task AuditAsync(Account account, Actor actor, string action, JsonObject details, CancellationToken cancellationToken)
    {
        details["userName"] = account.UserName;
        return audit.AppendAsync($"account:{account.Id}", actor, action, details, cancellationToken);
    }
}
