using System.Globalization;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Server.SignIn;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Admin.Policy;

/// <summary>What the edit pages of the policy share: the draft that a page adds to, and reading of days.</summary>
internal sealed class PolicyPages(IUnitOfWork work, CurrentActor current)
{
    /// <summary>Whether the person may change the policy.</summary>
    public bool MayChange => PolicyChangeService.MayChange(current.Required);

    /// <summary>The published rows.</summary>
    public Task<PolicyState> StateAsync(CancellationToken cancellationToken) => PolicyState.ReadAsync(work, cancellationToken);

    /// <summary>A change by the id in an address; null if there is none.</summary>
    public async Task<PolicyChange?> FindAsync(string? id, CancellationToken cancellationToken) => Id<PolicyChange>.TryParse(id, out var change)
        ? await work.Set<PolicyChange>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == change, cancellationToken)
        : null;

    /// <summary>The own draft that an edit page adds to: the one of the address, or null for a new one.</summary>
    public async Task<PolicyChange?> DraftAsync(string? id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { State: PublicationState.Draft or PublicationState.Rejected } draft
        && draft.SubmittedBy == current.Required.AccountId
            ? draft
            : null;

    /// <summary>What is being changed: drafts, what waits, what was sent back.</summary>
    public async Task<IReadOnlyList<PolicyChange>> OpenAsync(CancellationToken cancellationToken) => await work.Set<PolicyChange>().AsNoTracking()
        .Where(c => c.State == PublicationState.Draft || c.State == PublicationState.Submitted || c.State == PublicationState.Rejected)
        .OrderByDescending(c => c.CreatedAt).ToListAsync(cancellationToken);

    /// <summary>A day of a date field; null if it is none.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A day for a date field.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
