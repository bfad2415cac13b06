using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Components.Forms;

/// <summary>What somebody was filling in: one draft per account and purpose, encrypted at rest, never part of a case.</summary>
internal sealed class DraftStore(IStepRunner steps, IUnitOfWork work)
{
    /// <summary>The draft; null if there is none.</summary>
    public async Task<Draft?> LoadAsync(Actor actor, string purpose, CancellationToken cancellationToken)
    {
        var account = actor.AccountId ?? Id<Account>.None;
        var row = await work.Set<FormDraft>().AsNoTracking()
            .FirstOrDefaultAsync(d => d.AccountId == account && d.Purpose == purpose, cancellationToken);
        return row is null ? null : new Draft(Read(row.ProtectedJson), row.SavedAt);
    }

    /// <summary>Which of these purposes the account has drafts for.</summary>
    public async Task<IReadOnlySet<string>> PurposesAsync(Actor actor, string prefix, CancellationToken cancellationToken)
    {
        var account = actor.AccountId ?? Id<Account>.None;
        var purposes = await work.Set<FormDraft>()
            .Where(d => d.AccountId == account && d.Purpose.StartsWith(prefix)).Select(d => d.Purpose).ToListAsync(cancellationToken);
        return purposes.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Saves the draft over the one before.</summary>
    public Task<DateTimeOffset> SaveAsync(Actor actor, string purpose, JsonObject content, CancellationToken cancellationToken) =>
        steps.RunAsync(
            new Step("draft.save", actor),
            async (services, token) =>
            {
                var rows = services.GetRequiredService<IUnitOfWork>().Set<FormDraft>();
                var account = actor.AccountId ?? throw new InvalidOperationException("Only an account keeps drafts.");
                var row = await rows.FirstOrDefaultAsync(d => d.AccountId == account && d.Purpose == purpose, token);
                if (row is null)
                {
                    row = new FormDraft { AccountId = account, Purpose = purpose };
                    rows.Add(row);
                }

                row.ProtectedJson = content.ToJsonString();
                row.SavedAt = services.GetRequiredService<TimeProvider>().GetUtcNow();
                return row.SavedAt;
            },
            cancellationToken);

    /// <summary>Throws the draft away, once what it held has been submitted.</summary>
    public Task DeleteAsync(Actor actor, string purpose, CancellationToken cancellationToken) =>
        steps.RunAsync(
            new Step("draft.delete", actor),
            async (services, token) =>
            {
                var rows = services.GetRequiredService<IUnitOfWork>().Set<FormDraft>();
                var account = actor.AccountId ?? Id<Account>.None;
                var row = await rows.FirstOrDefaultAsync(d => d.AccountId == account && d.Purpose == purpose, token);
                if (row is not null)
                {
                    rows.Remove(row);
                }

                return true;
            },
            cancellationToken);

    private static JsonObject Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <summary>A draft.</summary>
/// <param name="Content">What was filled in.</param>
/// <param name="SavedAt">When (machine time).</param>
public sealed record Draft(JsonObject Content, DateTimeOffset SavedAt);
