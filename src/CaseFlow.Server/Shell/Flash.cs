using System.Text.Json;
using CaseFlow.Server.Components;
using Microsoft.AspNetCore.DataProtection;

namespace CaseFlow.Server.Shell;

/// <summary>
/// A message that the next page shows once: what has happened after a form was accepted and the browser was sent on. It
/// travels in an encrypted cookie that only lives until the next page.
/// </summary>
internal sealed class Flash(IHttpContextAccessor accessor, IDataProtectionProvider protection)
{
    private const string Cookie = "caseflow.message";
    private readonly IDataProtector protector = protection.CreateProtector("CaseFlow.Flash");
    private FlashMessage? taken;

    /// <summary>Leaves a message for the next page.</summary>
    public void Set(FlashMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Context.Response.Cookies.Append(Cookie, protector.Protect(JsonSerializer.Serialize(message)), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Strict,
            Secure = Context.Request.IsHttps,
        });
    }

    /// <summary>Takes the message that the page before has left; null if there is none.</summary>
    public FlashMessage? Take()
    {
        if (taken is null && Context.Request.Cookies[Cookie] is { } text)
        {
            taken = Read(text);
            if (!Context.Response.HasStarted)
            {
                Context.Response.Cookies.Delete(Cookie);
            }
        }

        return taken;
    }

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("A message can only be left while a request is answered.");

    private FlashMessage? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<FlashMessage>(protector.Unprotect(text));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // A cookie of another installation or an expired key: the message is lost, nothing else.
            return null;
        }
    }
}

/// <summary>What the next page says.</summary>
/// <param name="Tone">How it is meant; a good end by default.</param>
/// <param name="Title">One sentence with numbers and names.</param>
/// <param name="Text">More, or null.</param>
/// <param name="Links">Where to go from here.</param>
internal sealed record FlashMessage(string Title, string? Text = null, Tone Tone = Tone.Good, IReadOnlyList<FlashLink>? Links = null);

/// <summary>A way on from a message.</summary>
/// <param name="Href">Address on this server.</param>
/// <param name="Label">Words of the link.</param>
internal sealed record FlashLink(string Href, string Label);
