using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Citizen.Messages;

/// <summary>What the bureau has told a citizen on the portal, and what of it has been seen.</summary>
internal sealed class CitizenMessages(IUnitOfWork work, IStepRunner steps)
{
    private const int Most = 100;

    /// <summary>The messages on the own cases, newest first.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> ListAsync(CancellationToken cancellationToken) =>
        await Own().OrderByDescending(m => m.CreatedAt).Take(Most).ToListAsync(cancellationToken);

    /// <summary>How many have not been seen.</summary>
    public Task<int> UnseenAsync(CancellationToken cancellationToken) => Own().CountAsync(m => m.ReadAt == null, cancellationToken);

    /// <summary>The documents of a case that nobody has opened yet.</summary>
    public async Task<IReadOnlySet<Id<IssuedDocument>>> UnseenDocumentsAsync(Id<Case> caseId, CancellationToken cancellationToken) =>
        (await Own().Where(m => m.CaseId == caseId && m.ReadAt == null && m.DocumentId != null).Select(m => m.DocumentId!.Value).ToListAsync(cancellationToken)).ToHashSet();

    /// <summary>A document has been opened: what told of it is seen.</summary>
    public Task SeenAsync(Actor actor, Id<IssuedDocument> document, CancellationToken cancellationToken) =>
        MarkAsync(actor, m => m.Where(x => x.DocumentId == document), cancellationToken);

    /// <summary>The list has been opened: all of it is seen.</summary>
    public Task SeenAllAsync(Actor actor, CancellationToken cancellationToken) => MarkAsync(actor, m => m, cancellationToken);

    private IQueryable<OutboxMessage> Own() => Portal(work);

    private static IQueryable<OutboxMessage> Portal(IUnitOfWork of) =>
        of.Set<OutboxMessage>().AsNoTracking().Where(m => m.Channel == MessageChannel.Portal && m.PersonId != null && m.CaseId != null);

    private async Task MarkAsync(Actor actor, Func<IQueryable<OutboxMessage>, IQueryable<OutboxMessage>> which, CancellationToken cancellationToken)
    {
        if (!await which(Own()).AnyAsync(m => m.ReadAt == null, cancellationToken))
        {
            return;
        }

        await steps.RunAsync(
            new Step("message.seen", actor),
            async (services, token) =>
            {
                var now = services.GetRequiredService<IBusinessClock>().Now;
                var unseen = await which(Portal(services.GetRequiredService<IUnitOfWork>())).AsTracking().Where(m => m.ReadAt == null).ToListAsync(token);
                unseen.ForEach(m => m.ReadAt = now);
                return unseen.Count;
            },
            cancellationToken);
    }
}
