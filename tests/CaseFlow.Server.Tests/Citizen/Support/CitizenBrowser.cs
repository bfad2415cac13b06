using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CaseFlow.Server.Tests.Citizen.Support;

/// <summary>A phone without script whose owner may sign in, with files to send.</summary>
public sealed partial class CitizenBrowser
{
    private readonly HttpClient _http;

    public CitizenBrowser(StaffWorld world, bool followRedirects = true)
    {
        ArgumentNullException.ThrowIfNull(world);
        _http = world.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = followRedirects, HandleCookies = true });
        Page = new PageClient(_http);
    }

    public PageClient Page { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Opens a phone whose owner has signed in.</summary>
    public static async Task<CitizenBrowser> SignedInAsync(StaffWorld world, string userName)
    {
        var browser = new CitizenBrowser(world);
        await browser.Page.SignInAsync(userName, StaffWorld.Password, "/my");
        Assert.Equal("/my", browser.Page.Address);
        return browser;
    }

    /// <summary>The status of an address.</summary>
    public async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var answer = await _http.GetAsync(new Uri(address, UriKind.Relative), Stop);
        return answer.StatusCode;
    }

    /// <summary>Sends the page's form with files, as a browser does.</summary>
    public async Task<(HttpStatusCode Status, string Html, string Address)> SendFilesAsync(
        string address, string handler, IEnumerable<(string Name, string Value)> fields, params (string Field, string FileName, byte[] Content)[] files)
    {
        await Page.OpenAsync(address);
        using var content = new MultipartFormDataContent();
        foreach (Match hidden in Hidden().Matches(FormOf(handler)))
        {
            content.Add(new StringContent(hidden.Groups["value"].Value), hidden.Groups["name"].Value);
        }

        foreach (var (name, value) in fields)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (field, fileName, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Add(part, field, fileName);
        }

        using var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), content, Stop);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop)), answer.RequestMessage!.RequestUri!.PathAndQuery);
    }

    /// <summary>Posts a form without the token of a page.</summary>
    public async Task<HttpStatusCode> PostBareAsync(string address, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value));
        using var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), content, Stop);
        return answer.StatusCode;
    }

    private string FormOf(string handler) => Forms().Matches(Page.Html).First(f => f.Value.Contains($"value=\"{handler}\"", StringComparison.Ordinal)).Value;

    [GeneratedRegex("<form[^>]*>.*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
