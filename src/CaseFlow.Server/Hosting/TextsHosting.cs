using CaseFlow.Server.Texts;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Hosting;

/// <summary>Languages of the pages: Chinese first, English on request (cookie, then the browser's wish).</summary>
internal static class TextsHosting
{
    /// <summary>The languages, the default one first.</summary>
    internal static readonly string[] Cultures = ["zh-CN", "en"];

    /// <summary>Registers texts and languages.</summary>
    public static void AddTexts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => TextCatalogue.FromAssembly(typeof(TextCatalogue).Assembly));
        builder.Services.AddSingleton<IStringLocalizer, TextLocalizer>();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Cultures[0]);
            options.AddSupportedCultures(Cultures);
            options.AddSupportedUICultures(Cultures);
            options.RequestCultureProviders =
            [
                new CookieRequestCultureProvider { CookieName = DisplaySettings.LanguageCookie },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
    }

    /// <summary>Chooses the language of each request.</summary>
    public static void UseTexts(this WebApplication app) => app.UseRequestLocalization();
}
