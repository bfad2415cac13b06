using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>What was posted from a task's page.</summary>
internal sealed record PostedTask
{
    /// <summary>Which button: <c>decide</c>, <c>draft</c>, <c>back</c>, or a verb.</summary>
    public string? Act { get; init; }

    /// <summary>Outcome, or <c>verb:ReturnToStep</c>.</summary>
    public string? Choice { get; init; }

    /// <summary>The outcome that was confirmed once more.</summary>
    public string? Confirmed { get; init; }

    /// <summary>Opinion.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Reason of a forward or a recusal.</summary>
    public string? Reason { get; init; }

    /// <summary>Step to return to.</summary>
    public string? TargetActivity { get; init; }

    /// <summary>Person to forward to.</summary>
    public Id<Account>? ForwardTo { get; init; }

    /// <summary>Revision of the task that the page showed.</summary>
    public int TaskRevision { get; init; }

    /// <summary>Revision of the facts that the page showed.</summary>
    public int FactsRevision { get; init; }

    /// <summary>Operation id of the page.</summary>
    public Guid OperationId { get; init; }

    /// <summary>The step's form as read; what could not be read is in it as typed.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>The form to hand on; null where the step has none.</summary>
    public JsonObject? Form { get; init; }

    /// <summary>Pointer of a list to which an entry was asked to be added.</summary>
    public string? AddTo { get; init; }

    /// <summary>Sentences by pointer.</summary>
    public IReadOnlyDictionary<string, string[]> FieldErrors { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}

/// <summary>Reads what was posted from a task's page; photographs are checked and staged before any step.</summary>
internal sealed class TaskFormReader(FormWords words, UploadDesk uploads)
{
    /// <summary>Reads the post.</summary>
    public async Task<PostedTask> ReadAsync(TaskView view, HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        var (data, errors) = view.Form is null ? ([], new Dictionary<string, string[]>(StringComparer.Ordinal)) : Read(view, form);
        var mistakes = errors.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        if (view.Form is not null)
        {
            await uploads.TakeAsync(view.Form, data, form.Files, mistakes, cancellationToken);
        }

        var addTo = form["form-add"].ToString();
        if (addTo.Length > 0)
        {
            AddEntry(data, addTo);
        }

        var choice = form["choice"].ToString();
        var comment = form["comment"].ToString().Trim();
        if (view.OpinionInForm && comment.Length > 0)
        {
            data["opinion"] = comment;
        }

        if (view.Correctable.Count > 0 && choice == "RequestCorrection")
        {
            data["corrections"] = Corrections(view, form, mistakes);
        }

        return new PostedTask
        {
            Act = form["act"].ToString() is { Length: > 0 } act ? act : null,
            Choice = choice.Length > 0 ? choice : null,
            Confirmed = form["confirmed"].ToString(),
            Comment = comment,
            Reason = Reason(form),
            TargetActivity = form["target"].ToString(),
            ForwardTo = Id<Account>.TryParse(form["forwardTo"], out var account) ? account : null,
            TaskRevision = Whole(form["taskRevision"]),
            FactsRevision = Whole(form["factsRevision"]),
            OperationId = Guid.TryParse(form["operationId"], out var operation) ? operation : Guid.NewGuid(),
            Data = data,
            Form = view.Task.FormKey is null ? null : data,
            AddTo = addTo.Length > 0 ? addTo : null,
            FieldErrors = mistakes,
        };
    }

    private (JsonObject Data, IReadOnlyDictionary<string, string[]> Errors) Read(TaskView view, IFormCollection form)
    {
        var fields = view.Form!;
        if (fields.Children.All(c => c.Property != "lines"))
        {
            return FormReader.Read(fields, form, words);
        }

        var rest = fields with { Children = [.. fields.Children.Where(c => c.Property != "lines")] };
        var (data, errors) = FormReader.Read(rest, form, words);
        data["lines"] = Settlements(view, form);
        return (data, errors);
    }

    /// <summary>What is to be corrected, all of it in one notification.</summary>
    private JsonArray Corrections(TaskView view, IFormCollection form, Dictionary<string, string[]> mistakes)
    {
        var corrections = new JsonArray();
        foreach (var paper in view.Correctable)
        {
            var request = form[$"correct.{paper.Code}"].ToString().Trim();
            if (request.Length > 0)
            {
                corrections.Add(new JsonObject { ["code"] = paper.Code, ["name"] = paper.Name.Zh, ["request"] = request });
            }
        }

        if (corrections.Count == 0)
        {
            mistakes["/corrections"] = [words.Corrections];
        }

        return corrections;
    }

    private static JsonArray Settlements(TaskView view, IFormCollection form)
    {
        var lines = new JsonArray();
        foreach (var line in view.Verification.Where(l => l.Open))
        {
            var settlement = form[$"settle.{line.Result.Id}.settlement"].ToString();
            var reason = form[$"settle.{line.Result.Id}.reason"].ToString().Trim();
            if (settlement.Length > 0)
            {
                lines.Add(new JsonObject { ["result"] = line.Result.Id.ToString(), ["settlement"] = settlement, ["reason"] = reason });
            }
        }

        return lines;
    }

    /// <summary>Opens one more entry of a list; the entry itself is empty and falls out again if nobody fills it in.</summary>
    private static void AddEntry(JsonObject data, string pointer)
    {
        JsonNode? at = data;
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts[..^1])
        {
            at = at is JsonArray list && int.TryParse(part, CultureInfo.InvariantCulture, out var i) && i < list.Count ? list[i] : (at as JsonObject)?[part];
        }

        if (at is JsonObject owner)
        {
            var list = owner[parts[^1]] as JsonArray ?? [];
            owner[parts[^1]] = list;
            list.Add(new JsonObject());
        }
    }

    private static string? Reason(IFormCollection form)
    {
        var texts = new[] { form["forwardReason"], form["recusal"], form["recusalMenu"], form["withdrawReason"], form["comment"] };
        return texts.Select(t => t.ToString().Trim()).FirstOrDefault(t => t.Length > 0);
    }

    private static int Whole(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
