using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Admin.Audit;

/// <summary>References of the audit in the words of people: accounts, bodies, cases. What is not in scope stays a reference.</summary>
internal sealed class AuditNames(IUnitOfWork work, IStringLocalizer texts)
{
    private readonly Dictionary<string, string> subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<Id<Case>, string> numbers = [];
    private Dictionary<string, string>? known;

    /// <summary>The act in words, or its identifier where no text is kept.</summary>
    public string Act(string action)
    {
        var text = texts[$"Act.{action}"];
        return text.ResourceNotFound ? action : text.Value;
    }

    /// <summary>The actor; the system's own reasons in words.</summary>
    public string Who(string actor)
    {
        var text = texts[$"System.{actor}"];
        return text.ResourceNotFound ? actor : text.Value;
    }

    /// <summary>An actor as an entry describes it: name, organisation, title, 代 for a substitution.</summary>
    public string Actor(JsonObject? actor)
    {
        var name = (string?)actor?["name"] ?? "";
        return actor?["posts"] is JsonArray { Count: > 0 } posts && posts[0] is JsonObject post
            ? $"{name}（{(string?)post["organisationName"]}{(string?)post["title"]}{((string?)post["substituteFor"] is { } holder ? $"，代{holder}" : "")}）"
            : Who(name);
    }

    /// <summary>Accounts by staff number or whole name.</summary>
    public async Task<HashSet<string>> AccountsAsync(string who, CancellationToken cancellationToken) =>
        [.. (await FindAccountsAsync(who, cancellationToken)).Select(a => a.Id.ToString())];

    /// <summary>How the acts of such accounts begin.</summary>
    public async Task<List<string>> ActorTextsAsync(string who, CancellationToken cancellationToken) =>
        [.. (await FindAccountsAsync(who, cancellationToken)).Select(a => a.DisplayName).Append(who).Distinct(StringComparer.Ordinal)];

    /// <summary>The numbers of cases that are in scope.</summary>
    public async Task<IReadOnlyDictionary<Id<Case>, string>> CasesAsync(IEnumerable<Id<Case>> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Where(id => !numbers.ContainsKey(id)).Distinct().ToList();
        foreach (var found in await work.Set<Case>().Where(c => wanted.Contains(c.Id)).Select(c => new NamedCase(c.Id, c.Number)).ToListAsync(cancellationToken))
        {
            numbers[found.Id] = found.Number;
        }

        return numbers;
    }

    /// <summary>The number of the case that a reference names, if it is in scope.</summary>
    public async Task<string?> CaseNumberAsync(string reference, CancellationToken cancellationToken) =>
        reference.StartsWith("case:", StringComparison.Ordinal) && Id<Case>.TryParse(reference[5..], out var id)
            ? (await CasesAsync([id], cancellationToken)).GetValueOrDefault(id)
            : null;

    /// <summary>The references under which cases are read: themselves, their applicants, documents, materials.</summary>
    public async Task<HashSet<string>> SubjectsAsync(IReadOnlyList<Case> cases, CancellationToken cancellationToken)
    {
        var ids = cases.Select(c => c.Id).ToList();
        var documents = await work.Set<IssuedDocument>().Where(d => ids.Contains(d.CaseId)).Select(d => d.Id).ToListAsync(cancellationToken);
        var materials = await work.Set<Material>().Where(m => ids.Contains(m.CaseId)).Select(m => m.Id).ToListAsync(cancellationToken);
        return
        [
            .. cases.SelectMany(c => new[] { $"case:{c.Id}", $"person:{c.ApplicantId}" }),
            .. documents.Select(d => $"document:{d}"),
            .. materials.Select(m => $"material:{m}"),
        ];
    }

    /// <summary>What a chain or a reference is about: <c>post:…</c> → 岗位 孙丽, <c>policy:book</c> → 制度参数.</summary>
    public async Task<string> SubjectAsync(string reference, CancellationToken cancellationToken)
    {
        if (!subjects.TryGetValue(reference, out var words))
        {
            var parts = reference.Split(':', 2);
            var kind = texts[$"AuditSubject.{parts[0]}"];
            words = $"{(kind.ResourceNotFound ? parts[0] : kind.Value)} {(parts.Length > 1 ? await ReferenceAsync(parts[1], cancellationToken) : "")}".Trim();
            subjects[reference] = words;
        }

        return words;
    }

    /// <summary>A value of an entry: names where it refers to an account or body, else as it stands.</summary>
    public async Task<string> ValueAsync(JsonNode? value, CancellationToken cancellationToken) => value switch
    {
        null => "—",
        JsonValue text when text.TryGetValue<string>(out var words) => await ReferenceAsync(words, cancellationToken),
        JsonArray items => string.Join('、', items.Select(i => i?.ToJsonString(ElsaApi.ElsaJson.Options))),
        _ => value.ToJsonString(ElsaApi.ElsaJson.Options),
    };

    private async Task<string> ReferenceAsync(string text, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(text, out _))
        {
            return text == "book" ? "" : text;
        }

        known ??= await KnownAsync(cancellationToken);
        return known.GetValueOrDefault(text, text);
    }

    private async Task<Dictionary<string, string>> KnownAsync(CancellationToken cancellationToken)
    {
        var accounts = await work.Set<Account>().AsNoTracking().Select(a => new { a.Id, a.DisplayName, a.UserName }).ToListAsync(cancellationToken);
        var units = await work.Set<OrganisationUnit>().AsNoTracking().Select(o => new { o.Id, o.ShortName }).ToListAsync(cancellationToken);
        var posts = await work.Set<PostAssignment>().AsNoTracking().Select(p => new { p.Id, p.AccountId, p.Post }).ToListAsync(cancellationToken);
        var holders = accounts.ToDictionary(a => a.Id, a => a.DisplayName);
        return accounts.Select(a => (Key: a.Id.ToString(), Name: $"{a.DisplayName}（{a.UserName}）"))
            .Concat(units.Select(o => (Key: o.Id.ToString(), Name: o.ShortName)))
            .Concat(posts.Select(p => (Key: p.Id.ToString(), Name: $"{holders.GetValueOrDefault(p.AccountId)} {texts[$"PostKind.{p.Post}"].Value}")))
            .ToDictionary(p => p.Key, p => p.Name, StringComparer.Ordinal);
    }

    private Task<List<Account>> FindAccountsAsync(string who, CancellationToken cancellationToken)
    {
        var upper = who.ToUpperInvariant();
        return work.Set<Account>().AsNoTracking().Where(a => a.NormalizedUserName == upper || a.DisplayName == who).ToListAsync(cancellationToken);
    }
}
