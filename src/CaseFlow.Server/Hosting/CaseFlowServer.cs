using CaseFlow.Server.Admin;
using CaseFlow.Server.Admin.Audit;
using CaseFlow.Server.Admin.Policy;
using CaseFlow.Server.Api;
using CaseFlow.Server.Background;
using CaseFlow.Server.Background.Mail;
using CaseFlow.Server.Background.Sms;
using CaseFlow.Server.Background.Verification;
using CaseFlow.Server.Citizen;
using CaseFlow.Server.Demo;
using CaseFlow.Server.ElsaApi;
using CaseFlow.Server.SignIn;
using CaseFlow.Server.Staff;
using CaseFlow.Server.Studio;

namespace CaseFlow.Server.Hosting;

/// <summary>Puts the server together. Each concern adds itself by one line; what it needs stands in its own file.</summary>
internal static class CaseFlowServer
{
    /// <summary>Where the server listens if nothing else is configured.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Builds the server, ready to run.</summary>
    /// <param name="args">The arguments of the process: configuration such as <c>--urls</c> or <c>--data</c>.</param>
    /// <param name="configure">Replaces services, for a simulation under its own clock; null for an ordinary server.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, EnvironmentName = EnvironmentOf(args), ContentRootPath = ContentRootOf(args, Directory.GetCurrentDirectory()) });
        builder.WebHost.UseStaticWebAssets();
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Host.UseDefaultServiceProvider(options =>
            (options.ValidateScopes, options.ValidateOnBuild) = (builder.Environment.IsDevelopment(), builder.Environment.IsDevelopment()));

        builder.AddAdminPages();
        builder.AddApi();
        builder.AddBureau();
        builder.AddDatabase();
        builder.AddDatabaseStart();
        builder.AddHealth();
        builder.AddMail();
        builder.AddDomain();
        builder.AddVerification();
        builder.AddSms();
        builder.AddDemo();
        builder.AddCitizenPages();
        builder.AddPages();
        builder.AddProblems();
        builder.AddRateLimits();
        builder.AddSecurity();
        builder.AddSignIn();
        builder.AddStaffPages();
        builder.AddTelemetry();
        builder.AddTexts();
        builder.AddStudio();
        builder.AddElsaApi();
        builder.AddBackgroundWork();
        configure?.Invoke(builder.Services);

        // Why a server did not start is told once, by whoever started it, and not as the host's stack of calls before it.
        var started = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => Volatile.Read(ref started) && level >= LogLevel.Warning);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => Volatile.Write(ref started, true));

        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseProblems();
        app.UseRouting();
        app.UseTexts();
        app.UseAuthentication();
        app.UseCurrentActor();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseFormTokenPages();

        app.MapDemoMails();
        app.MapDisplaySettings();
        app.MapHealth();
        app.MapSignIn();
        app.MapTokens();
        app.MapApi();
        app.MapVerificationCallbacks();
        app.MapStudio();
        app.MapElsaApi();
        app.MapPages();
        app.MapStaffPages();
        app.MapCitizenPages();
        app.MapAuditExport();
        app.MapTemplateSheet();
        return app;
    }

    /// <summary>
    /// A published server that is started from another folder finds its pages' files beside itself. Null leaves it to the
    /// surroundings: the folder where it was started, or <c>--contentRoot</c>.
    /// </summary>
    internal static string? ContentRootOf(string[] args, string startedIn)
    {
        const string Files = "wwwroot";
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        return given["contentRoot"] is null && !Directory.Exists(Path.Combine(startedIn, Files)) && Directory.Exists(Path.Combine(AppContext.BaseDirectory, Files))
            ? AppContext.BaseDirectory
            : null;
    }

    /// <summary>
    /// <c>--demo false</c> is a real installation and runs with production settings, also where the launch profile of the
    /// source says otherwise; <c>--environment</c> still decides. Null leaves it to the surroundings.
    /// </summary>
    internal static string? EnvironmentOf(string[] args)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        return given["environment"] is null && !given.GetValue("demo", true) ? Environments.Production : null;
    }
}
