using CaseFlow.Server.Components.Forms;
using CaseFlow.Server.Components.Uploads;
using CaseFlow.Server.Shell;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Staff.Cases;
using CaseFlow.Server.Staff.Dashboard;
using CaseFlow.Server.Staff.Documents;
using CaseFlow.Server.Staff.Inbox;
using CaseFlow.Server.Staff.Intake;
using CaseFlow.Server.Staff.Payments;
using CaseFlow.Server.Staff.Raises;
using CaseFlow.Server.Staff.Privacy;
using CaseFlow.Server.Staff.Tasks;

namespace CaseFlow.Server.Staff;

/// <summary>What the staff's pages need, and the addresses beside them that are no pages.</summary>
internal static class StaffHosting
{
    /// <summary>Registers the readers of the staff's pages.</summary>
    public static void AddStaffPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<FormWords>();
        services.AddScoped<FormChecks>();
        services.AddScoped<DraftStore>();
        services.AddScoped<UploadDesk>();
        services.AddScoped<WorkingDays>();
        services.AddScoped<HouseholdReader>();
        services.AddScoped<CaseHeadReader>();
        services.AddScoped<CaseOverviewReader>();
        services.AddScoped<TimelineWords>();
        services.AddScoped<LedgerReader>();
        services.AddScoped<VerificationReader>();
        services.AddScoped<TaskViewReader>();
        services.AddScoped<TaskFormReader>();
        services.AddScoped<TaskSteps>();
        services.AddScoped<Revealer>();
        services.AddScoped<InboxRowReader>();
        services.AddScoped<InboxChoices>();
        services.AddScoped<SummaryReader>();
        services.AddScoped<DashboardReader>();
        services.AddScoped<PaymentsReader>();
        services.AddScoped<RaisesReader>();
        services.AddScoped<IntakeDrafts>();
        services.AddScoped<IntakeChecks>();
        services.AddScoped<IntakeReader>();
        services.AddScoped<WaitingPapers>();
        services.AddScoped<INavigationBadge, InboxBadge>();
        services.AddScoped<INavigationBadge, PaymentsBadge>();
    }

    /// <summary>Maps drafts, sheets, PDFs, papers and photographs.</summary>
    public static void MapStaffPages(this WebApplication app)
    {
        var staff = app.MapGroup("/staff").RequireAuthorization(Policies.Staff);
        staff.MapStaffTasks();
        staff.MapStaffDocuments();
        staff.MapStaffFiles();
        staff.MapStaffPayments();
    }
}
