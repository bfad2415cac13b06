using Microsoft.Extensions.Localization;

namespace CaseFlow.Server.Texts;

/// <summary>Words for values of the domain.</summary>
internal static class TextExtensions
{
    /// <summary>The word for a member of an enumeration: the text of <c>Type.Member</c>, for example <c>PostKind.WindowClerk</c>.</summary>
    public static string Of<TEnum>(this IStringLocalizer texts, TEnum value)
        where TEnum : struct, Enum =>
        texts[$"{typeof(TEnum).Name}.{value}"];
}
