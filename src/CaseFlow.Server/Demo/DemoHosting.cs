namespace CaseFlow.Server.Demo;

/// <summary>Registers what makes the demo.</summary>
internal static class DemoHosting
{
    /// <summary>Registers it; it is used only for an empty database that is to become a demo.</summary>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<DemoAccounts>();
        builder.Services.AddScoped<DemoOffice>();
        builder.Services.AddScoped<DemoYears>();
        builder.Services.AddScoped<DemoPayments>();
        builder.Services.AddScoped<DemoWorld>();
        builder.Services.AddHostedService<DemoWelcome>();
    }
}
