using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Citizen.Notices;

/// <summary>
/// The public notice board of the web: masked names, only while a notice runs (domain I). It reads in a scope of its own,
/// so that what an anonymous reader may see here opens nothing else.
/// </summary>
internal sealed class PublicBoard(IServiceScopeFactory scopes)
{
    /// <summary>The running notices, those that end first on top.</summary>
    /// <param name="township">Only those of one township; null for all.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<BoardRow>> ListAsync(Id<OrganisationUnit>? township, CancellationToken cancellationToken) =>
        ReadAsync(township, null, cancellationToken);

    /// <summary>One running notice; null once it has ended.</summary>
    public async Task<BoardRow?> FindAsync(Id<PublicNotice> id, CancellationToken cancellationToken) =>
        await ReadAsync(null, id, cancellationToken) is [var notice] ? notice : null;

    /// <summary>The townships and streets.</summary>
    public async Task<IReadOnlyList<OrganisationUnit>> TownshipsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Set<OrganisationUnit>().AsNoTracking()
            .Where(o => o.Level == OrganisationLevel.Township)
            .OrderBy(o => o.Code)
            .ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<BoardRow>> ReadAsync(
        Id<OrganisationUnit>? township, Id<PublicNotice>? id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("public notice board"));
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var today = scope.ServiceProvider.GetRequiredService<IBusinessClock>().Today;
        var running = work.Set<PublicNotice>().AsNoTracking()
            .Where(n => n.State == PublicNoticeState.Running && n.EndsOn >= today && n.PostedOn <= today);
        if (township is { } street)
        {
            running = running.Where(n => n.OrganisationId == street);
        }

        if (id is { } one)
        {
            running = running.Where(n => n.Id == one);
        }

        var notices = await running.OrderBy(n => n.EndsOn).ThenBy(n => n.Id).Take(500).ToListAsync(cancellationToken);
        var names = await work.Set<OrganisationUnit>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, cancellationToken);
        return
        [
            .. notices.Select(n => new BoardRow(
                n.Id,
                n.Programme,
                n.MaskedName,
                n.Members,
                n.ProposedAmount,
                names.GetValueOrDefault(n.OrganisationId, ""),
                n.CommunityId is { } community ? names.GetValueOrDefault(community, "") : "",
                n.PostedOn,
                n.EndsOn,
                n.ReportingPhone)),
        ];
    }
}

/// <summary>What the web shows of a notice, and nothing more.</summary>
internal sealed record BoardRow(
    Id<PublicNotice> Id,
    string Programme,
    string MaskedName,
    int Members,
    Money? Amount,
    string Township,
    string Community,
    DateOnly PostedOn,
    DateOnly EndsOn,
    string Phone);
