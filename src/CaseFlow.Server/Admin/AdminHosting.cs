using CaseFlow.Server.Admin.Audit;
using CaseFlow.Server.Admin.Messages;
using CaseFlow.Server.Admin.Policy;

namespace CaseFlow.Server.Admin;

/// <summary>What the pages of the administration stand on.</summary>
internal static class AdminHosting
{
    /// <summary>Registers it.</summary>
    public static void AddAdminPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<MessageDesk>();
        builder.Services.AddScoped<AuditNames>();
        builder.Services.AddScoped<AuditReader>();
        builder.Services.AddScoped<AuditExport>();
        builder.Services.AddScoped<PolicyWords>();
        builder.Services.AddScoped<PolicyComparison>();
        builder.Services.AddScoped<PolicyPages>();
    }
}
