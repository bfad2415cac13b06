using System.Text.Encodings.Web;
using System.Text.Unicode;
using CaseFlow.Server.Pages;
using CaseFlow.Server.Shell;

namespace CaseFlow.Server.Hosting;

/// <summary>Server-rendered pages: Razor components without interactivity; islands of script stand in <c>wwwroot/js</c>.</summary>
internal static class PagesHosting
{
    /// <summary>Registers what pages need.</summary>
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddCascadingAuthenticationState();
        // Chinese would leave as numeric entities otherwise, several times the bytes.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddScoped<Flash>();
        builder.Services.AddScoped<Audience>();
        builder.Services.AddScoped<DisplayPreferences>();
        builder.Services.AddSingleton<CaseFlow.Server.Components.IconNames>();
        builder.Services.AddSingleton<DemoState>();
    }

    /// <summary>Static files and pages.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>();
    }
}
