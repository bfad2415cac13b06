using CaseFlow.Cases.Messages;
using CaseFlow.Server.Hosting;
using CaseFlow.Server.Shell;

namespace CaseFlow.Server.Background.Mail;

/// <summary>Registers the way out for mails.</summary>
internal static class MailHosting
{
    /// <summary>Reads the section <c>Mail</c> and registers <see cref="IMailTransport"/> and the catcher of a demo.</summary>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(MailOptions.Section).Get<MailOptions>() ?? new MailOptions();
        var script = Path.GetFullPath(Path.Combine(builder.Environment.ContentRootPath, "..", "..", "tools", "mail", "mail-catcher.mjs"));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(s => new DemoMailCatcher(
            script, Path.Combine(DataFolder.Of(builder), "mail"), options.DemoPagePort, s.GetRequiredService<ILogger<DemoMailCatcher>>()));
        builder.Services.AddSingleton<IMailTransport, ConfiguredMailTransport>();
    }

    /// <summary>In a demo, <c>/demo/mails</c> leads to the page that shows what was sent.</summary>
    public static void MapDemoMails(this WebApplication app) =>
        app.MapGet("/demo/mails", async (DemoState demo, DemoMailCatcher catcher, CancellationToken cancellationToken) =>
            demo.IsDemo ? Results.Redirect((await catcher.StartAsync(cancellationToken)).Page.ToString()) : Results.NotFound())
            .ExcludeFromDescription();
}
