using CaseFlow.Server.Citizen.Cases;
using CaseFlow.Server.Citizen.Check;
using CaseFlow.Server.Citizen.Guide;
using CaseFlow.Server.Citizen.Notices;

namespace CaseFlow.Server.Citizen;

/// <summary>Registers what the citizens' pages read.</summary>
internal static class CitizenHosting
{
    /// <summary>Registers the readers.</summary>
    public static void AddCitizenPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<CitizenCases>();
        builder.Services.AddScoped<ServiceGuide>();
        builder.Services.AddSingleton<PublicBoard>();
        builder.Services.AddSingleton<DocumentCheck>();
    }
}
