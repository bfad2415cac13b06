using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Payments;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace CaseFlow.Server.Staff.Payments;

/// <summary>Gives out the bank's file of a signed list; each time is recorded.</summary>
internal static class PaymentEndpoints
{
    /// <summary>Maps the address.</summary>
    public static void MapStaffPayments(this IEndpointRouteBuilder staff) => staff.MapPost("/payments/lists/{number}/bank", ExportAsync);

    private static async Task<IResult> ExportAsync(
        string number, [FromForm] string format, PaymentsReader reader, PaymentService payments, CurrentActor current, HttpContext http)
    {
        if (await reader.ListAsync(number, http.RequestAborted) is not { } view)
        {
            return Results.NotFound();
        }

        var file = await payments.ExportAsync(current.Required, view.Batch.Id, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return format == "xlsx"
            ? Results.File(
                await BankFiles.ExcelAsync(file, view.ProgrammeName, http.RequestAborted),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                $"{file.Number}.xlsx")
            : Results.File(BankFiles.Csv(file, view.ProgrammeName), "text/csv; charset=utf-8", $"{file.Number}.csv");
    }
}
