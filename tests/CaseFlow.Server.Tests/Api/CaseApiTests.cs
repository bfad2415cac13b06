using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Api;

public sealed class CaseApiTests(ServerWithoutSecondPerson server) : IClassFixture<ServerWithoutSecondPerson>
{
    [Fact]
    public async Task An_application_opens_a_case_and_repeating_the_request_opens_no_second_one()
    {
        var body = new JsonObject { ["caseType"] = "dibao", ["form"] = Applications.CoupleWithChild() };

        var (status, first) = await SendAsync(server.Clerk, HttpMethod.Post, "/api/v1/applications", body, "same-key");
        var (again, second) = await SendAsync(server.Clerk, HttpMethod.Post, "/api/v1/applications", body, "same-key");

        Assert.Equal((201, 201), (status, again));
        Assert.Equal(first["caseNumber"]!.ToString(), second["caseNumber"]!.ToString());
    }

    [Fact]
    public async Task A_form_that_does_not_fit_is_told_field_by_field_and_changes_nothing()
    {
        var form = Applications.CoupleWithChild();
        form["applicant"]!["idNumber"] = "220502198503120001";

        var (status, problem) = await SendAsync(server.Citizen, HttpMethod.Post, "/api/v1/applications", new JsonObject { ["caseType"] = "dibao", ["form"] = form });

        Assert.Equal(400, status);
        Assert.NotEmpty(problem["errors"]!.AsObject());
    }

    /// <summary>What the pages of counter and citizen refuse, the service refuses: a program meets the same rules.</summary>
    [Theory]
    [InlineData("phone", "123456", "applicant/phone")]
    [InlineData("name", "🙂🙂", "applicant/name")]
    [InlineData("name", "王12", "applicant/name")]
    [InlineData("email", "no address", "applicant/email")]
    [InlineData("bankAccount", "12ab", "applicant/bankAccount")]
    [InlineData("address", "TOO LONG", "applicant/address")]
    public async Task A_field_that_a_page_would_refuse_is_refused_to_a_program_too(string property, string value, string field)
    {
        var form = Applications.CoupleWithChild();
        form["applicant"]![property] = value == "TOO LONG" ? new string('路', 121) : value;

        foreach (var client in new[] { server.Clerk, server.Citizen })
        {
            var (status, problem) = await SendAsync(client, HttpMethod.Post, "/api/v1/applications", new JsonObject { ["caseType"] = "dibao", ["form"] = form.DeepClone() });
            Assert.Equal(400, status);
            Assert.Equal([field], problem["errors"]!.AsObject().Select(e => e.Key));
        }
    }

    [Fact]
    public async Task A_case_tells_the_versions_of_its_procedures_and_masks_as_the_post_demands()
    {
        var id = await SubmitAsync();

        var file = (await server.Clerk.GetFromJsonAsync<JsonObject>($"/api/v1/cases/{id}", TestContext.Current.CancellationToken))!;

        Assert.Equal("Submitted", file["stage"]!["id"]!.ToString());
        var application = file["procedures"]!.AsArray().Single(p => p!["kind"]!.ToString() == "application")!;
        Assert.Equal(("dibao-application", 1, 1), (application["workflow"]!.ToString(), application["workflowVersion"]!.GetValue<int>(), application["caseTypeVersion"]!.GetValue<int>()));
        var director = (await server.Director.GetFromJsonAsync<JsonObject>($"/api/v1/cases/{id}", TestContext.Current.CancellationToken))!;
        Assert.Equal(3, director["members"]!.AsArray().Count);
        Assert.All(director["members"]!.AsArray(), m => Assert.Matches("^[0-9]{4}\\*{10}[0-9X]{4}$", m!["idNumber"]!.ToString()));
    }

    [Fact]
    public async Task A_citizen_applies_online_and_sees_the_own_case_and_no_other()
    {
        var other = await SubmitAsync();
        var (status, receipt) = await SendAsync(
            server.Citizen, HttpMethod.Post, "/api/v1/applications", new JsonObject { ["caseType"] = "dibao", ["form"] = Applications.CoupleWithChild() });
        Assert.True(status == 201, receipt.ToJsonString());

        var cases = (await server.Citizen.GetFromJsonAsync<JsonObject>("/api/v1/cases", TestContext.Current.CancellationToken))!["items"]!.AsArray();
        using var foreign = await server.Citizen.GetAsync($"/api/v1/cases/{other}", TestContext.Current.CancellationToken);
        using var history = await server.Citizen.GetAsync($"/api/v1/cases/{receipt["caseId"]}/timeline", TestContext.Current.CancellationToken);

        Assert.Equal(receipt["caseNumber"]!.ToString(), Assert.Single(cases)!["number"]!.ToString());
        Assert.Equal((404, 403), ((int)foreign.StatusCode, (int)history.StatusCode));
    }

    /// <summary>All addresses of the API that name a case or a task of it, as the server maps them, by everybody who may not see it.</summary>
    [Fact]
    public async Task A_case_outside_the_scope_is_not_found_nor_is_anything_that_belongs_to_it()
    {
        var id = await SubmitAsync();
        var task = await PoolTaskAsync(id);
        var addresses = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(a => a.StartsWith("/api/v1/", StringComparison.Ordinal))
            .Select(a => a.Replace("/cases/{id:guid}", $"/cases/{id}", StringComparison.Ordinal).Replace("/tasks/{id:guid}", $"/tasks/{task}", StringComparison.Ordinal))
            .Where(a => a.Contains(id, StringComparison.Ordinal) || a.Contains(task, StringComparison.Ordinal))
            .ToList();
        Assert.Contains($"/api/v1/cases/{id}/documents", addresses);
        Assert.Contains($"/api/v1/tasks/{task}", addresses);

        foreach (var (who, client) in new[] { ("another township", server.Elsewhere), ("administrator", server.Author), ("citizen", server.Citizen) })
        {
            foreach (var address in addresses)
            {
                using var response = await client.GetAsync(address, TestContext.Current.CancellationToken);
                Assert.True((int)response.StatusCode == 404, $"{who}: {address}: {(int)response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task An_act_that_does_not_say_which_revision_was_seen_is_a_mistake_and_no_conflict()
    {
        var id = await SubmitAsync();
        var line = await PoolTaskAsync(id);

        var (claim, claimed) = await SendAsync(server.Clerk, HttpMethod.Post, $"/api/v1/tasks/{line}/actions", new JsonObject { ["verb"] = "Claim" });
        var (complete, completed) = await SendAsync(server.Clerk, HttpMethod.Post, $"/api/v1/tasks/{line}/actions", new JsonObject { ["verb"] = "Complete", ["outcome"] = "Accept" });

        Assert.Equal((400, 400), (claim, complete));
        Assert.Equal(["taskRevision"], claimed["errors"]!.AsObject().Select(e => e.Key));
        Assert.Equal(["taskRevision", "factsRevision"], completed["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task A_clerk_claims_and_accepts_and_a_stale_revision_is_a_conflict()
    {
        var id = await SubmitAsync();
        var line = await PoolTaskAsync(id);
        var task = (await server.Clerk.GetFromJsonAsync<JsonObject>($"/api/v1/tasks/{line}", TestContext.Current.CancellationToken))!;
        Assert.Contains(task["actions"]!.AsArray(), a => a!["verb"]!.ToString() == "Claim" && a["allowed"]!.GetValue<bool>());

        var (claimed, receipt) = await ActAsync(line, task, "Claim");
        var (stale, conflict) = await ActAsync(line, task, "Complete", "Accept");
        task["taskRevision"] = receipt["newRevision"]!.GetValue<int>();
        var (accepted, done) = await ActAsync(line, task, "Complete", "Accept");

        Assert.Equal(200, claimed);
        Assert.Equal((409, "conflict"), (stale, conflict["code"]!.ToString()));
        Assert.True(accepted == 200, done.ToJsonString());
    }

    [Fact]
    public async Task What_a_rule_forbids_is_refused_with_its_code()
    {
        var id = await SubmitAsync();
        var line = await PoolTaskAsync(id);
        var task = (await server.Clerk.GetFromJsonAsync<JsonObject>($"/api/v1/tasks/{line}", TestContext.Current.CancellationToken))!;

        var (status, problem) = await ActAsync(line, task, "Complete", "Accept");

        Assert.Equal(422, status);
        Assert.False(string.IsNullOrEmpty(problem["code"]!.ToString()));
        Assert.Equal("application/problem+json", lastType);
    }

    [Fact]
    public async Task An_unknown_verb_is_told_with_those_that_there_are()
    {
        var id = await SubmitAsync();
        var line = await PoolTaskAsync(id);

        var (status, problem) = await SendAsync(server.Clerk, HttpMethod.Post, $"/api/v1/tasks/{line}/actions", new JsonObject { ["verb"] = "Explode" });

        Assert.Equal(400, status);
        Assert.Contains("Claim", problem["errors"]!["verb"]![0]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_of_an_installation_that_is_no_demo_is_not_moved_and_only_administrators_may_ask()
    {
        var (clerk, _) = await SendAsync(server.Clerk, HttpMethod.Post, "/api/v1/clock", new JsonObject { ["to"] = "2027-01-01T00:00:00+08:00" });
        var (administrator, problem) = await SendAsync(server.Author, HttpMethod.Post, "/api/v1/clock", new JsonObject { ["to"] = "2099-01-01T00:00:00+08:00" });

        Assert.Equal(403, clerk);
        Assert.Equal((422, "clock-not-demo"), (administrator, problem["code"]!.ToString()));
    }

    [Theory]
    [InlineData("{ nope", "application/json", 400, "invalid-json", null)]
    [InlineData("", "application/json", 400, "invalid-json", null)]
    [InlineData("null", "application/json", 400, "invalid-json", null)]
    [InlineData("[]", "application/json", 400, "invalid-json", null)]
    [InlineData("{\"verb\":\"Claim\",\"taskRevision\":\"abc\"}", "application/json", 400, "invalid-json", "taskRevision")]
    [InlineData("{\"verb\":7}", "application/json", 400, "invalid-json", "verb")]
    [InlineData("verb=Claim", "application/x-www-form-urlencoded", 415, "unsupported-media-type", null)]
    public async Task What_cannot_be_read_is_told_with_a_code_a_sentence_and_the_field(string body, string type, int status, string code, string? field)
    {
        var task = await PoolTaskAsync(await SubmitAsync());
        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
        using var answer = await server.Clerk.PostAsync($"/api/v1/tasks/{task}/actions", content, TestContext.Current.CancellationToken);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((status, code), ((int)answer.StatusCode, problem["code"]?.ToString()));
        Assert.False(string.IsNullOrEmpty(problem["detail"]?.ToString()));
        Assert.Equal(field, (problem["errors"] as JsonObject)?.Select(e => e.Key).SingleOrDefault());
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", 404, "not-found")]
    [InlineData("DELETE", "/api/v1/clock", 405, "method-not-allowed")]
    public async Task Every_problem_has_a_code_and_a_sentence(string method, string address, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var answer = await server.Clerk.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((status, code), ((int)answer.StatusCode, problem["code"]?.ToString()));
        Assert.False(string.IsNullOrEmpty(problem["detail"]?.ToString()));
    }

    [Fact]
    public async Task Without_a_token_there_is_nothing()
    {
        foreach (var address in new[] { "/api/v1/cases", "/api/v1/tasks", "/api/v1/incidents", "/api/v1/clock" })
        {
            using var response = await server.Nobody.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(401, (int)response.StatusCode);
        }

        using var incidents = await server.Clerk.GetAsync("/api/v1/incidents", TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)incidents.StatusCode);
    }

    private string? lastType;

    private async Task<string> SubmitAsync()
    {
        var (status, receipt) = await SendAsync(
            server.Clerk, HttpMethod.Post, "/api/v1/applications", new JsonObject { ["caseType"] = "dibao", ["form"] = Applications.CoupleWithChild() });
        Assert.True(status == 201, receipt.ToJsonString());
        return receipt["caseId"]!.ToString();
    }

    private async Task<string> PoolTaskAsync(string caseId) =>
        (await server.Clerk.GetFromJsonAsync<JsonObject>("/api/v1/tasks?filter=Pool&step=acceptance&limit=100", TestContext.Current.CancellationToken))!
            ["items"]!.AsArray().Single(t => t!["caseId"]!.ToString() == caseId)!["id"]!.ToString();

    private Task<(int Status, JsonObject Body)> ActAsync(string taskId, JsonObject seen, string verb, string? outcome = null) =>
        SendAsync(server.Clerk, HttpMethod.Post, $"/api/v1/tasks/{taskId}/actions", new JsonObject
        {
            ["verb"] = verb,
            ["taskRevision"] = seen["taskRevision"]!.GetValue<int>(),
            ["factsRevision"] = seen["factsRevision"]!.GetValue<int>(),
            ["outcome"] = outcome,
            ["form"] = new JsonObject(),
        });

    private async Task<(int Status, JsonObject Body)> SendAsync(HttpClient client, HttpMethod method, string address, JsonObject body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        lastType = response.Content.Headers.ContentType?.MediaType;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }
}
