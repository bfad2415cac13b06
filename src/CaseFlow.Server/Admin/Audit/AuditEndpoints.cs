using CaseFlow.Cases.Audit;
using CaseFlow.Server.SignIn;

namespace CaseFlow.Server.Admin.Audit;

/// <summary>The download of the audit page.</summary>
internal static class AuditEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapAuditExport(this WebApplication app) =>
        app.MapGet("/admin/audit/export.csv", ExportAsync).RequireAuthorization(Policies.Admin).ExcludeFromDescription();

    private static async Task<IResult> ExportAsync(HttpContext http, AuditExport export, IAccessLog log, CurrentActor current)
    {
        var search = AuditSearch.Of(http.Request.Query);
        await log.RecordAsync(current.Required, "audit.export", search.Reads ? "audit:reads" : "audit:acts", search.ToLog(), http.RequestAborted);
        return Results.File(await export.MakeAsync(search, http.RequestAborted), "text/csv; charset=utf-8", search.Reads ? "audit-reads.csv" : "audit.csv");
    }
}
