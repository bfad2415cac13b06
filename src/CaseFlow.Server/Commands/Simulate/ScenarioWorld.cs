using System.Collections.Concurrent;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Scope;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>What a person saw of a task and its case when a page was opened.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="TaskRevision">Its revision.</param>
/// <param name="FactsRevision">The case's facts revision.</param>
/// <param name="Notice">The public notice that was shown, if the page was that of a case.</param>
internal sealed record SeenPage(Id<WorkTask> TaskId, int TaskRevision, int FactsRevision, Id<Cases.Notices.PublicNotice>? Notice = null);

/// <summary>A request that was sent, for sending it again.</summary>
/// <param name="Step">The step as it was written.</param>
/// <param name="Operation">Its operation id.</param>
/// <param name="Page">The page on which a task was done.</param>
/// <param name="Result">What was answered.</param>
internal sealed record SentRequest(YamlMap Step, Guid Operation, string? Page, ActResult Result);

/// <summary>Everything that the names of a scenario stand for, and the running system.</summary>
internal sealed class ScenarioWorld(Scenario scenario, string root)
{
    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; } = scenario;

    /// <summary>Folder with <c>policy/</c>, <c>workflows/</c>, <c>templates/</c>.</summary>
    public string Root { get; } = root;

    /// <summary>The system under simulation.</summary>
    public ScenarioHost Host { get; set; } = null!;

    /// <summary>Invented people.</summary>
    public IReadOnlyDictionary<string, ScenarioPerson> People { get; } = ScenarioPerson.Read(scenario);

    /// <summary>Accounts by name.</summary>
    public Dictionary<string, Id<Account>> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Bodies by name.</summary>
    public Dictionary<string, Id<OrganisationUnit>> Organisations { get; } = new(StringComparer.Ordinal);

    /// <summary>Cases by name.</summary>
    public ConcurrentDictionary<string, Id<Case>> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>Pages that somebody has open.</summary>
    public ConcurrentDictionary<string, SeenPage> Pages { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests that were named, to be sent again.</summary>
    public Dictionary<string, SentRequest> Requests { get; } = new(StringComparer.Ordinal);

    /// <summary>Texts remembered by <c>remember</c>, for <c>${…}</c>.</summary>
    public Dictionary<string, string> Remembered { get; } = new(StringComparer.Ordinal);

    /// <summary>The case that steps are about unless they name another.</summary>
    public string? CurrentCase { get; set; }

    /// <summary>The case that a step is about.</summary>
    public Id<Case> CaseOf(YamlMap step)
    {
        var name = step.Text("case") ?? CurrentCase ?? throw step.Error("no case yet: an 'apply' comes first.");
        return Cases.TryGetValue(name, out var id) ? id : throw step.Error($"there is no case '{name}'. Known: {string.Join(", ", Cases.Keys)}.");
    }

    /// <summary>An account by name.</summary>
    public Id<Account> AccountOf(string name, YamlMap step) => Accounts.TryGetValue(name, out var id)
        ? id
        : throw step.Error(People.ContainsKey(name)
            ? $"'{name}' has no account and cannot act; give the person account: true."
            : $"nobody is called '{name}'. Known: {string.Join(", ", Accounts.Keys)}.");

    /// <summary>A body by name.</summary>
    public Id<OrganisationUnit> OrganisationOf(string name, YamlMap step) => Organisations.TryGetValue(name, out var id)
        ? id
        : throw step.Error($"there is no organisation '{name}'. Known: {string.Join(", ", Organisations.Keys)}.");

    /// <summary>The actor as they are now: posts in force are read from the database.</summary>
    public async Task<Actor> ActorAsync(YamlMap step, CancellationToken cancellationToken)
    {
        var name = step.Required("as");
        if (name == "system")
        {
            return Actor.System("scenario");
        }

        return await ActorAsync(name, step, cancellationToken);
    }

    /// <summary>Somebody by name, as they may act now.</summary>
    public async Task<Actor> ActorAsync(string name, YamlMap step, CancellationToken cancellationToken)
    {
        var account = AccountOf(name, step);
        return await Host.ReadAsync<ActorDirectory, Actor?>(directory => directory.FindAsync(account, cancellationToken))
            ?? throw step.Error($"'{name}' cannot sign in.");
    }

    /// <summary>Reads rows; the simulation may read everything.</summary>
    public Task<T> ReadAsync<T>(Func<IUnitOfWork, Task<T>> read) => Host.ReadAsync(read);

    /// <summary>The registry's entry of an invented person.</summary>
    public async Task<Id<Cases.People.Person>> PersonAsync(string name, YamlMap step)
    {
        var person = People.TryGetValue(name, out var known) ? known : throw step.Error($"there is no person '{name}'.");
        var index = Host.Services.GetRequiredService<Cases.People.IBlindIndex>().OfIdNumber(person.IdNumber);
        var row = await ReadAsync(work => work.Set<Cases.People.Person>().AsNoTracking().FirstOrDefaultAsync(p => p.IdNumberIndex == index));
        return row?.Id ?? throw step.Error($"'{name}' is not in the registry yet.");
    }

    /// <summary>
    /// Fills in <c>${zhang.id}</c> (ID number), <c>.name</c>, <c>.phone</c>, <c>.email</c>, <c>.person</c> (registry id),
    /// <c>${account:handler2}</c>, <c>${case:A}</c> (id), <c>${result:zhang.bank}</c> (line of the verification report of the
    /// current case) and what was remembered.
    /// </summary>
    public string Fill(string text)
    {
        for (var start = text.IndexOf("${", StringComparison.Ordinal); start >= 0; start = text.IndexOf("${", start, StringComparison.Ordinal))
        {
            var end = text.IndexOf('}', start);
            if (end < 0 || Value(text[(start + 2)..end]) is not { } value)
            {
                throw new KeyNotFoundException($"'{text}' names something unknown: {Known(end < 0 ? text[(start + 2)..] : text[(start + 2)..end])}.");
            }

            text = string.Concat(text.AsSpan(0, start), value, text.AsSpan(end + 1));
            start += value.Length;
        }

        return text;
    }

    private string Known(string name) => name.Split('.', ':')[0] switch
    {
        "account" => $"accounts are {string.Join(", ", Accounts.Keys)}",
        "case" => $"cases are {string.Join(", ", Cases.Keys)}",
        "task" => "write ${task:step} for a step that is open",
        "recusal" => "write ${recusal:account} for an account that has a recusal in the case",
        "result" => "write ${result:person.source} for a line of the report",
        var person when People.ContainsKey(person) => "of a person there are id, name, phone, email, person",
        _ => $"people are {string.Join(", ", People.Keys)}; else account:, case:, task:, result:",
    };

    private string? Value(string name)
    {
        if (Remembered.TryGetValue(name, out var remembered))
        {
            return remembered;
        }

        if (name.StartsWith("account:", StringComparison.Ordinal))
        {
            return Accounts.TryGetValue(name[8..], out var account) ? account.ToString() : null;
        }

        if (name.StartsWith("task:", StringComparison.Ordinal))
        {
            return TaskId(name[5..]);
        }

        if (name.StartsWith("result:", StringComparison.Ordinal))
        {
            return ResultId(name[7..]);
        }

        if (name.StartsWith("case:", StringComparison.Ordinal))
        {
            return Cases.TryGetValue(name[5..], out var id) ? id.ToString() : null;
        }

        var parts = name.Split('.');
        if (parts.Length != 2 || !People.TryGetValue(parts[0], out var person))
        {
            return null;
        }

        return parts[1] switch
        {
            "id" => person.IdNumber,
            "name" => person.Name,
            "phone" => person.Phone,
            "email" => person.Email,
            "person" => PersonIdText(person),
            _ => null,
        };
    }

    private string? TaskId(string step)
    {
        if (CurrentCase is null)
        {
            return null;
        }

        var caseId = Cases[CurrentCase];
        return Host.ReadAsync<IUnitOfWork, Id<WorkTask>?>(work => work.Set<WorkTask>().AsNoTracking()
            .Where(row => row.CaseId == caseId && row.Step == step && (row.State == WorkTaskState.Ready || row.State == WorkTaskState.Claimed))
            .Select(row => (Id<WorkTask>?)row.Id)
            .FirstOrDefaultAsync()).GetAwaiter().GetResult()?.ToString();
    }

    private string? ResultId(string name)
    {
        var parts = name.Split('.');
        if (parts.Length != 2 || CurrentCase is null || !People.TryGetValue(parts[0], out var person) || PersonIdText(person) is not { } id)
        {
            return null;
        }

        var (caseId, personId, source) = (Cases[CurrentCase], Id<Cases.People.Person>.Parse(id), parts[1]);
        return Host.ReadAsync<IUnitOfWork, Id<Cases.Verification.VerificationResult>?>(work => work.Set<Cases.Verification.VerificationResult>().AsNoTracking()
            .Where(row => row.CaseId == caseId && row.PersonId == personId && row.Source == source)
            .OrderByDescending(row => row.At)
            .Select(row => (Id<Cases.Verification.VerificationResult>?)row.Id)
            .FirstOrDefaultAsync()).GetAwaiter().GetResult()?.ToString();
    }

    private string? PersonIdText(ScenarioPerson person)
    {
        var index = Host.Services.GetRequiredService<Cases.People.IBlindIndex>().OfIdNumber(person.IdNumber);
        return Host.ReadAsync<IUnitOfWork, Id<Cases.People.Person>?>(work => work.Set<Cases.People.Person>().AsNoTracking()
            .Where(p => p.IdNumberIndex == index).Select(p => (Id<Cases.People.Person>?)p.Id).FirstOrDefaultAsync()).GetAwaiter().GetResult()?.ToString();
    }
}
