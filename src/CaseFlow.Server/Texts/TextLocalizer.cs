using System.Globalization;
using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Texts;

/// <summary>Gives the words of the <see cref="TextCatalogue"/> in the language of the request. A key without text shows itself.</summary>
internal sealed class TextLocalizer(TextCatalogue catalogue) : IStringLocalizer
{
    /// <inheritdoc/>
    public LocalizedString this[string name]
    {
        get
        {
            var text = catalogue.Find(name, IsEnglish);
            return new LocalizedString(name, text ?? name, text is null);
        }
    }

    /// <inheritdoc/>
    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var text = this[name];
            return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, text.Value, arguments), text.ResourceNotFound);
        }
    }

    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <inheritdoc/>
    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        catalogue.Entries.Select(e => new LocalizedString(e.Key, e.Value[IsEnglish ? 1 : 0]));
}
