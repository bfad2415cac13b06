using CaseFlow.Server.Hosting;

namespace CaseFlow.Server.Shell;

/// <summary>What the person has chosen for this browser.</summary>
internal sealed class DisplayPreferences(IHttpContextAccessor accessor)
{
    /// <summary>长者版: all sizes larger, stronger contrast, the same addresses and data.</summary>
    public bool LargePrint => Has(DisplaySettings.LargePrintCookie);

    /// <summary>Whether single-key shortcuts are on (WCAG 2.1.4).</summary>
    public bool SingleKeys => !Has(DisplaySettings.KeysOffCookie);

    private bool Has(string cookie) => accessor.HttpContext?.Request.Cookies.ContainsKey(cookie) == true;
}
