using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Background.Verification;

/// <summary>
/// Sends verification requests after the commit that stored them, and asks for their answers. Both are idempotent by the
/// request's id, so a crash in between or two servers at once do no harm: the answer is taken in once.
/// </summary>
internal sealed partial class VerificationWork(
    IServiceScopeFactory scopes, VerificationPlatform platform, VerificationOptions options, TimeProvider time, ILogger<VerificationWork> log) : IDueWork
{
    private const int Batch = 10;
    private const int BackOffLimit = 6;
    private static readonly Actor Platform = Actor.System("verification platform");
    private static readonly string[] Sources =
        ["household", "tax", "socialInsurance", "realEstate", "business", "housingFund", "vehicle", "bank", "insurance", "securities", "internet"];

    /// <inheritdoc/>
    public string Name => "verification";

    /// <inheritdoc/>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync(cancellationToken);
        var answered = 0;
        foreach (var request in claimed)
        {
            try
            {
                answered += await ExchangeAsync(request, cancellationToken) ? 1 : 0;
            }
            catch (HttpRequestException unreachable)
            {
                LogUnreachable(request.Id.ToString(), unreachable.Message);
                await AgainAsync(request, BackOff(request.Attempts), cancellationToken);
            }
        }

        return answered;
    }

    private async Task<bool> ExchangeAsync(VerificationRequest request, CancellationToken cancellationToken)
    {
        var answer = request.State == VerificationState.Pending ? null : await platform.AskAsync(request.Id.ToString(), cancellationToken);
        if (answer is null)
        {
            await platform.SendAsync(await ComposeAsync(request, cancellationToken), cancellationToken);
            answer = await platform.AskAsync(request.Id.ToString(), cancellationToken) ?? [];
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<VerificationService>().ReceiveAsync(Platform, answer, cancellationToken);
        var open = answer["status"]?.GetValue<string>() is "accepted" or "partial";
        if (open)
        {
            await AgainAsync(request, options.PollEvery, cancellationToken);
        }

        return !open;
    }

    /// <summary>Takes what is due; of several servers the one whose update still finds the old time gets it.</summary>
    private async Task<List<VerificationRequest>> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var scope = Enter();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var now = time.GetUtcNow();
        var due = await work.Set<VerificationRequest>().AsNoTracking()
            .Where(r => (r.State == VerificationState.Pending || r.State == VerificationState.Accepted || r.State == VerificationState.Partial) && r.NextTryAt <= now)
            .OrderBy(r => r.NextTryAt)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        var mine = new List<VerificationRequest>(due.Count);
        foreach (var request in due)
        {
            var seen = request.NextTryAt;
            var lease = now + options.Lease;
            var taken = await work.Set<VerificationRequest>()
                .Where(r => r.Id == request.Id && r.NextTryAt == seen)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.NextTryAt, lease).SetProperty(r => r.Attempts, r => r.Attempts + 1), cancellationToken);
            if (taken == 1)
            {
                mine.Add(request);
            }
        }

        return mine;
    }

    private async Task AgainAsync(VerificationRequest request, TimeSpan after, CancellationToken cancellationToken)
    {
        await using var scope = Enter();
        var next = time.GetUtcNow() + after;
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Set<VerificationRequest>()
            .Where(r => r.Id == request.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.NextTryAt, next), cancellationToken);
    }

    private async Task<JsonObject> ComposeAsync(VerificationRequest request, CancellationToken cancellationToken)
    {
        await using var scope = Enter();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var its = await work.Set<Case>().AsNoTracking().FirstAsync(c => c.Id == request.CaseId, cancellationToken);
        var members = await work.Set<HouseholdMember>().AsNoTracking()
            .Where(m => m.HouseholdId == its.HouseholdId && m.SupersededAt == null && m.ValidTo == null)
            .Join(work.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => new { Person = p, m.Relation })
            .ToListAsync(cancellationToken);
        var asOf = request.RequestedAt.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["requestId"] = request.Id.ToString(),
            ["caseNumber"] = its.Number,
            ["purpose"] = request.Purpose,
            ["authorisation"] = new JsonObject { ["documentId"] = its.Id.ToString(), ["signedOn"] = its.SubmittedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["validTo"] = null },
            ["asOf"] = asOf,
            ["callbackUrl"] = options.CallbackSecret is null ? null : options.CallbackUrl?.ToString(),
            ["periodMonths"] = 12,
            ["persons"] = new JsonArray([.. members.Select(m => (JsonNode)new JsonObject
            {
                ["ref"] = m.Person.Id.ToString(),
                ["name"] = m.Person.Name,
                ["idNumber"] = m.Person.IdNumber,
                ["relation"] = m.Relation == HouseholdRelation.Self ? "applicant" : m.Relation.ToString(),
                ["role"] = "member",
            })]),
            ["sources"] = new JsonArray([.. Sources.Select(s => (JsonNode)s)]),
        };
    }

    /// <summary>1, 2, 4 ... minutes, at most about an hour, with jitter so that servers do not ask in step.</summary>
    private static TimeSpan BackOff(int attempts) =>
        TimeSpan.FromSeconds((60 << Math.Min(attempts, BackOffLimit)) + System.Security.Cryptography.RandomNumberGenerator.GetInt32(30));

    private AsyncServiceScope Enter()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("verification requests"));
        return scope;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Verification request {Request} was not answered: {Reason}")]
    private partial void LogUnreachable(string request, string reason);
}
