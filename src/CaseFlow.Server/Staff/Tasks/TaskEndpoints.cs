using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Hosting;
using CaseFlow.Server.SignIn;

namespace CaseFlow.Server.Staff.Tasks;

/// <summary>Saves the draft of a task while somebody writes.</summary>
internal static class TaskEndpoints
{
    /// <summary>Maps the addresses.</summary>
    public static void MapStaffTasks(this IEndpointRouteBuilder staff) =>
        staff.MapPost("/tasks/{id:guid}/draft", SaveAsync).RequireToken();

    private static async Task<IResult> SaveAsync(
        Guid id, TaskViewReader reader, TaskFormReader forms, DraftStore drafts, CurrentActor current, HttpContext http)
    {
        var actor = current.Required;
        if (await reader.ReadAsync(actor, new Id<WorkTask>(id), http.RequestAborted) is not { } view)
        {
            return Results.NotFound();
        }

        if (!view.IsMine(actor))
        {
            return Results.Conflict();
        }

        var posted = await forms.ReadAsync(view, http.Request, http.RequestAborted);
        var content = new JsonObject { ["choice"] = posted.Choice, ["comment"] = posted.Comment, ["form"] = posted.Data.DeepClone() };
        var at = await drafts.SaveAsync(actor, TaskViewReader.Purpose(view.Task.Id), content, http.RequestAborted);
        return Results.Json(new { savedAt = at.ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture) });
    }
}
