using CaseFlow.Server.Citizen.Apply;
using CaseFlow.Server.Citizen.Cases;
using CaseFlow.Server.Citizen.Check;
using CaseFlow.Server.Citizen.Documents;
using CaseFlow.Server.Citizen.Guide;
using CaseFlow.Server.Citizen.Messages;
using CaseFlow.Server.Citizen.Notices;
using CaseFlow.Server.SignIn;

namespace CaseFlow.Server.Citizen;

/// <summary>Registers what the citizens' pages read, and maps what stands beside them.</summary>
internal static class CitizenHosting
{
    /// <summary>Registers the readers.</summary>
    public static void AddCitizenPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ApplicationDesk>();
        builder.Services.AddScoped<ApplicantStep>();
        builder.Services.AddScoped<CitizenCases>();
        builder.Services.AddScoped<CitizenMessages>();
        builder.Services.AddScoped<ServiceGuide>();
        builder.Services.AddSingleton<PublicBoard>();
        builder.Services.AddSingleton<DocumentCheck>();
    }

    /// <summary>Maps drafts, sheets, PDFs and own papers.</summary>
    public static void MapCitizenPages(this WebApplication app)
    {
        var citizens = app.MapGroup("").RequireAuthorization(Policies.Citizen);
        citizens.MapApplications();
        citizens.MapCitizenFiles();
    }
}
