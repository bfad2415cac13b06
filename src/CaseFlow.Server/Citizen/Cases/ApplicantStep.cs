using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Citizen.Cases;

/// <summary>
/// A step of the applicant, whether the applicant does it at home or a clerk takes it in at the counter: what it asks for, the
/// papers that were handed in, and what came of it.
/// </summary>
internal sealed class ApplicantStep(CaseTypeCatalogue catalogue, UploadDesk desk, ITaskService tasks, IStringLocalizer texts)
{
    /// <summary>The field of a step's form that takes papers.</summary>
    public const string Papers = "materials";

    /// <summary>What the step asks for.</summary>
    /// <param name="task">The step.</param>
    /// <param name="materials">Reads the papers of its case; only asked where the step takes papers.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<AskedForm> ReadAsync(WorkTask task, Func<CancellationToken, Task<List<Material>>> materials, CancellationToken cancellationToken)
    {
        if (task.FormKey is not { } key || await catalogue.FormSchemaAsync(task.CaseTypeVersionId, key, cancellationToken) is not { } schema)
        {
            return new AskedForm(null, []);
        }

        var read = FormSchema.Read((JsonObject)JsonNode.Parse(schema)!);
        var takesPapers = read.Children.Any(c => c.Property == Papers);
        return new AskedForm(
            read with { Children = [.. read.Children.Where(c => c.Property != Papers)] },
            takesPapers ? AskedPaper.Of(await materials(cancellationToken), texts["Citizen.OtherPaper"]) : []);
    }

    /// <summary>Stages the files that were sent for the papers; what is wrong with one is told at its paper.</summary>
    public async Task<List<UploadedMaterial>> StageAsync(
        IReadOnlyList<AskedPaper> papers, IFormFileCollection files, FormErrors errors, CancellationToken cancellationToken)
    {
        var uploads = new List<UploadedMaterial>();
        foreach (var paper in papers)
        {
            foreach (var file in files.GetFiles($"paper.{paper.Code}").Where(f => f.FileName.Length > 0))
            {
                var (staged, error) = await desk.StageAsync(file, cancellationToken);
                if (staged is null)
                {
                    errors.Add($"paper.{paper.Code}", paper.Name, error!);
                }
                else
                {
                    uploads.Add(new UploadedMaterial(paper.Code, staged.BlobHash, staged.FileName, staged.ContentType));
                }
            }
        }

        return uploads;
    }

    /// <summary>Completes the step by its one outcome, with the revisions that the page showed.</summary>
    /// <returns>Null if it is done; else why nothing was recorded.</returns>
    public async Task<StepTrouble?> CompleteAsync(
        Actor actor, WorkTask task, IFormCollection posted, Guid operation, JsonObject form, string? comment, CancellationToken cancellationToken)
    {
        var request = new TaskRequest(
            task.Id, TaskVerb.Complete, Whole(posted["revision"]), Whole(posted["facts"]), operation, Outcome: task.Outcomes.Split(',')[0], Form: form, Comment: comment);
        try
        {
            await tasks.PerformAsync(actor, request, cancellationToken);
            return null;
        }
        catch (InvalidInputException invalid)
        {
            return new StepTrouble(null, FormMistakes.Of(invalid));
        }
        catch (RefusedException refused)
        {
            return new StepTrouble(refused.Refusal.Message, null);
        }
        catch (Exception failure) when (failure is ConflictException or StepFaultedException)
        {
            return new StepTrouble(failure.Message, null);
        }
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>What a step of the applicant asks for.</summary>
/// <param name="Form">Its fields but the papers; null where it has no form.</param>
/// <param name="Papers">The papers; empty where it takes none.</param>
internal sealed record AskedForm(SchemaField? Form, IReadOnlyList<AskedPaper> Papers);

/// <summary>Why nothing was recorded: a sentence for the page, or sentences at fields.</summary>
internal sealed record StepTrouble(string? Sentence, IReadOnlyDictionary<string, string[]>? Fields);
