using System.Net;
using System.Text.RegularExpressions;

namespace CaseFlow.Server.Tests.Support;

/// <summary>A browser without script: follows redirects, keeps cookies, sends the forms of a page with their hidden fields.</summary>
public sealed partial class PageClient(HttpClient http)
{
    /// <summary>The page that is shown.</summary>
    public string Html { get; private set; } = "";

    /// <summary>Its status.</summary>
    public HttpStatusCode Status { get; private set; }

    /// <summary>Its address.</summary>
    public string Address { get; private set; } = "/";

    /// <summary>Text of the window's title.</summary>
    public string Title => TitleText().Match(Html).Groups["text"].Value;

    /// <summary>Opens an address.</summary>
    public Task<PageClient> OpenAsync(string address) => ShowAsync(http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>Sends the form that posts to <paramref name="action"/>, or the form named <paramref name="handler"/>.</summary>
    public Task<PageClient> SendAsync(string? handler, string? action, params (string Name, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var form = Forms().Matches(Html).FirstOrDefault(f =>
            handler is not null ? f.Value.Contains($"value=\"{handler}\"", StringComparison.Ordinal) : f.Value.Contains($"action=\"{action}\"", StringComparison.Ordinal));
        Assert.True(form is not null, $"The page has no form {handler ?? action}:\n{Html}");
        var values = Hidden().Matches(form.Value).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        var target = action ?? Address;
        return ShowAsync(http.PostAsync(new Uri(target, UriKind.Relative), new FormUrlEncodedContent(values), TestContext.Current.CancellationToken));
    }

    /// <summary>Signs in at the staff's page.</summary>
    public async Task<PageClient> SignInAsync(string userName, string password, string back = "/account")
    {
        await OpenAsync("/sign-in?back=" + Uri.EscapeDataString(back));
        return await SendAsync("sign-in", null, ("Input.UserName", userName), ("Input.Password", password));
    }

    private async Task<PageClient> ShowAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        Html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Status = answer.StatusCode;
        Address = answer.RequestMessage!.RequestUri!.PathAndQuery;
        return this;
    }

    [GeneratedRegex("<title>(?<text>[^<]*)</title>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TitleText();

    [GeneratedRegex("<form[^>]*>.*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
