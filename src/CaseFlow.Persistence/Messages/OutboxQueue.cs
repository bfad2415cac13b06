using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Persistence.Context;
using CaseFlow.Persistence.Sql;
using CaseFlow.Persistence.Steps;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Messages;

/// <summary>The outbox as a queue with leases. Each call is one short transaction that touches no case.</summary>
internal sealed class OutboxQueue(Transactions transactions, CaseFlowPersistenceOptions options, TimeProvider time, IBusinessClock clock) : IOutboxQueue
{
    private const int MostAttempts = 12;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LeasedMail>> LeaseAsync(MessageChannel channel, int most, CancellationToken cancellationToken)
    {
        // Asked after every commit: where nothing is due, no writer is held up.
        var now = time.GetUtcNow();
        if (!await transactions.ReadAsync("outbox", (db, stop) => AnyDueAsync(db, channel, now, stop), cancellationToken))
        {
            return [];
        }

        return await transactions.RunAsync<IReadOnlyList<LeasedMail>>("outbox", (db, stop) => LeaseAsync(db, channel, now, most, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> BeginHandOverAsync(LeasedMail mail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return now + (options.OutboxLease / 2) < mail.LeasedUntil
            && await transactions.RunAsync("outbox", (db, stop) => OutboxSql.BeginHandOverAsync(db, mail, now, stop), cancellationToken) == 1;
    }

    /// <inheritdoc/>
    public Task RecordAsync(LeasedMail mail, MailResult result, CancellationToken cancellationToken) => transactions.RunAsync(
        "outbox",
        async (db, stop) =>
        {
            var row = await db.Set<OutboxMessage>().SingleAsync(m => m.Id == mail.Id, stop);
            if (row.LeasedUntil == mail.LeasedUntil)
            {
                Take(row, result);
            }

            return row.State;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(IReadOnlyCollection<LeasedMail> mails, CancellationToken cancellationToken) =>
        mails.Count == 0
            ? Task.CompletedTask
            : transactions.RunAsync(
                "outbox",
                async (db, stop) =>
                {
                    foreach (var mail in mails)
                    {
                        await OutboxSql.ReleaseAsync(db, mail, stop);
                    }

                    return mails.Count;
                },
                cancellationToken);

    private static Task<bool> AnyDueAsync(CaseFlowDbContext db, MessageChannel channel, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Set<OutboxMessage>().AnyAsync(
            m => (m.State == MessageState.Pending || m.State == MessageState.Uncertain)
                && m.Channel == channel
                && m.NotBefore <= now
                && (m.LeasedUntil == null || m.LeasedUntil <= now),
            cancellationToken);

    private async Task<IReadOnlyList<LeasedMail>> LeaseAsync(CaseFlowDbContext db, MessageChannel channel, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var until = Exact(now + options.OutboxLease);
        var leased = await OutboxSql.LeaseAsync(db, channel, now, until, most, cancellationToken);
        var rows = await db.Set<OutboxMessage>().AsNoTracking()
            .Where(m => leased.Contains(m.Id))
            .OrderBy(m => m.NotBefore).ThenBy(m => m.Id)
            .Select(m => new
            {
                Message = m,
                Person = db.Set<Person>().Where(p => p.Id == m.PersonId).Select(p => new { p.Name, p.Email, p.Phone }).FirstOrDefault(),
                Account = db.Set<Account>().Where(a => a.Id == m.AccountId).Select(a => new { a.DisplayName, a.Email }).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new LeasedMail(
                r.Message.Id,
                until,
                r.Message.MessageKey,
                channel == MessageChannel.Sms ? r.Person?.Phone : r.Person?.Email ?? r.Account?.Email,
                r.Person?.Name ?? r.Account?.DisplayName,
                r.Message.Subject,
                r.Message.Body,
                r.Message.DocumentId,
                r.Message.CreatedAt)),
        ];
    }

    private static DateTimeOffset Exact(DateTimeOffset moment) =>
        StorageConventions.FromMicroseconds(StorageConventions.ToMicroseconds(moment));

    private void Take(OutboxMessage row, MailResult result)
    {
        row.Attempts++;
        row.LastError = result.Outcome == MailOutcome.Accepted ? null : result.Answer;
        row.LeasedUntil = null;
        row.HandedOverAt = null;
        switch (result.Outcome)
        {
            case MailOutcome.Accepted:
                row.State = MessageState.Sent;
                row.SentAt = clock.Now;
                return;
            case MailOutcome.Refused:
                row.State = MessageState.Dead;
                return;
            case MailOutcome.Uncertain:
                row.State = MessageState.Uncertain;
                row.DeliveryUncertain = true;
                break;
        }

        if (row.Attempts >= MostAttempts)
        {
            row.State = MessageState.Dead;
            return;
        }

        row.NotBefore = time.GetUtcNow() + Wait(row.Attempts);
    }

    private static TimeSpan Wait(int attempts)
    {
        var seconds = Math.Min(30 * Math.Pow(2, attempts - 1), LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.8 + (Random.Shared.NextDouble() * 0.4)));
    }
}
