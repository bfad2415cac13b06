using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Organisation;

/// <summary>
/// An empty installation has nobody who could open accounts. The district, the first administrator's account and its post are
/// opened in one step: all of them or none. Of several servers that start at once, one opens and the others find.
/// </summary>
public sealed class FirstAdministratorOpening(IStepRunner steps, IUnitOfWork work, ILocks locks, OrganisationService organisation, IBusinessClock clock)
{
    private const string StepName = "installation.first-administrator";
    private const string UserName = "admin";
    private const string JobTitle = "系统管理员";
    private static readonly Actor Opener = Actor.System("first administrator");

    /// <summary>Finds the administrator who has to set the first password, or opens the account; null where somebody can administer already.</summary>
    /// <param name="bureau">Name of the district's bureau, for a district that is opened.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task<Account?> FindOrOpenAsync(string bureau, CancellationToken cancellationToken) =>
        steps.RunOnAsync<FirstAdministratorOpening, Account?>(
            new Step(StepName, Opener), (service, token) => service.FindOrOpenInStepAsync(bureau, token), cancellationToken);

    private async Task<Account?> FindOrOpenInStepAsync(string bureau, CancellationToken cancellationToken)
    {
        // A series of the year 0 numbers nothing; its row is the lock on which a second server waits.
        await locks.NextNumberAsync("", StepName, 0, cancellationToken);
        var administrators = work.Set<PostAssignment>().Where(p => p.Post == PostKind.SystemAdmin && p.ValidTo == null);
        var accounts = await work.Set<Account>().Where(a => !a.Disabled && administrators.Any(p => p.AccountId == a.Id)).ToListAsync(cancellationToken);
        if (accounts.Count > 0)
        {
            return accounts.Exists(a => a.PasswordHash is not null) ? null : accounts[0];
        }

        var district = await work.Set<OrganisationUnit>().FirstOrDefaultAsync(o => o.Level == OrganisationLevel.District, cancellationToken)
            ?? await organisation.SaveUnitInStepAsync(
                Opener,
                new OrganisationUnit { Code = OrganisationUnit.UnknownDistrictCode, Name = bureau, ShortName = bureau, Level = OrganisationLevel.District },
                null,
                cancellationToken);
        var account = await organisation.CreateAccountInStepAsync(
            Opener, new Account { UserName = UserName, DisplayName = JobTitle, Kind = AccountKind.Staff }, cancellationToken);
        await work.SaveChangesAsync(cancellationToken);
        await organisation.AssignPostInStepAsync(
            Opener,
            new PostAssignment
            {
                AccountId = account.Id,
                Post = PostKind.SystemAdmin,
                OrganisationId = district.Id,
                JobTitle = JobTitle,
                ValidFrom = clock.Today,
            },
            cancellationToken);
        return account;
    }
}
