using CaseFlow.Server.Admin.Messages;

namespace CaseFlow.Server.Admin;

/// <summary>What the pages of the administration stand on.</summary>
internal static class AdminHosting
{
    /// <summary>Registers it.</summary>
    public static void AddAdminPages(this WebApplicationBuilder builder) => builder.Services.AddScoped<MessageDesk>();
}
