using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Hosting;
using CaseFlow.Server.SignIn;

namespace CaseFlow.Server.Citizen.Apply;

/// <summary>Keeps a page of an application while somebody fills it in, so that a lost line or a session that ended loses nothing.</summary>
internal static class ApplyEndpoints
{
    /// <summary>Maps the addresses.</summary>
    public static void MapApplications(this IEndpointRouteBuilder citizens)
    {
        citizens.MapPost("/apply/{caseType}/{pageKey}/draft", SaveAsync).RequireToken();
        citizens.MapPost("/apply/{caseType}/drop", DropAsync).RequireToken();
    }

    private static async Task<IResult> SaveAsync(
        string caseType, string pageKey, ApplicationDesk desk, FormWords words, CurrentActor current, HttpContext http)
    {
        var open = await desk.OpenAsync(current.Required, caseType, http.RequestAborted);
        if (open?.Pages().FirstOrDefault(p => p.Key == pageKey && p.Form.Children.Count > 0) is not { } page)
        {
            return Results.NotFound();
        }

        var (data, _) = FormReader.Read(page.Form, await http.Request.ReadFormAsync(http.RequestAborted), words);
        open.Draft.Take(page.Form, data);
        var at = await desk.SaveAsync(current.Required, open, http.RequestAborted);
        return Results.Json(new { savedAt = at.ToOffset(TimeSpan.FromHours(8)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture) });
    }

    private static async Task<IResult> DropAsync(string caseType, ApplicationDesk desk, CurrentActor current, HttpContext http)
    {
        await desk.DropAsync(current.Required, caseType, http.RequestAborted);
        return Results.LocalRedirect("/my");
    }
}
