using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.Studio;

public sealed class StudioFilesTests(ServerWithSecondPerson server) : IClassFixture<ServerWithSecondPerson>
{
    [Fact]
    public async Task Files_go_out_compressed_with_the_type_of_the_original()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/studio/_framework/blazor.webassembly.js");
        request.Headers.AcceptEncoding.ParseAdd("br");

        using var response = await server.Nobody.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal("text/javascript", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }

    [Fact]
    public async Task WebAssembly_has_the_type_that_streaming_compilation_asks_for()
    {
        var file = Directory.GetFiles(Repository.Path("src", "CaseFlow.Server", "node_modules", "@elsa-workflows", "elsa-studio-wasm", "_framework"), "dotnet.native.*.wasm")[0];

        using var response = await server.Nobody.GetAsync($"/studio/_framework/{Path.GetFileName(file)}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal("application/wasm", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/studio/_content/..%2f..%2f..%2fpackage.json")]
    [InlineData("/studio/_framework/..%2fpackage.json")]
    [InlineData("/studio/_framework/none.js")]
    [InlineData("/studio/other.styles.css")]
    public async Task Nothing_outside_of_the_package_is_served(string path)
    {
        using var response = await server.Nobody.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/studio/")]
    [InlineData("/studio/workflows/definitions/dibao-application/edit")]
    public async Task The_page_asks_for_a_sign_in(string path)
    {
        using var response = await server.Nobody.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(302, (int)response.StatusCode);
        Assert.StartsWith("/sign-in?back=%2Fstudio", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_stands_below_studio_and_allows_the_one_script_that_the_editor_writes()
    {
        using var response = await server.Author.GetAsync("/studio/workflows/definitions/x/edit", TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("<base href=\"/studio/\">", html, StringComparison.Ordinal);
        Assert.Contains("流程设计器", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        Assert.Contains("'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc='", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_given_only_to_our_own_page()
    {
        using var foreign = await server.Author.PostAsync("/studio/token", null, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/studio/token");
        request.Headers.Add("X-Requested-With", "CaseFlow");
        using var own = await server.Author.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(403, (int)foreign.StatusCode);
        Assert.Equal(200, (int)own.StatusCode);
    }
}
