using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Verification;

namespace CaseFlow.Server.Tests.Simulators;

/// <summary>Domain L.</summary>
public sealed class Verification_platform
{
    private static readonly Guid s_id = Guid.Parse("0197a0b0-0000-7000-8000-000000000001");

    [Fact]
    public async Task A_request_is_accepted_then_partial_then_complete()
    {
        await using var host = await SimulatorHost.StartAsync(("AnswerAfter", "00:10:00"));

        using var accepted = await host.AskAsync(s_id);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("accepted", (string?)(await host.AnswerAsync(s_id))["status"]);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        var partial = await host.AnswerAsync(s_id);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        var complete = await host.AnswerAsync(s_id);

        Assert.Equal("partial", (string?)partial["status"]);
        Assert.Equal(2, partial["results"]!.AsArray().Count);
        Assert.Equal("complete", (string?)complete["status"]);
        Assert.Equal(4, complete["results"]!.AsArray().Count);
        Assert.Equal("meets", (string?)complete["conclusion"]);
        Assert.Equal("2026-06-02", (string?)complete["validTo"]);
    }

    [Fact]
    public async Task The_same_request_twice_is_one_request()
    {
        await using var host = await SimulatorHost.StartAsync();

        using var first = await host.AskAsync(s_id);
        using var second = await host.AskAsync(s_id);

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var number = (await first.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["platformNumber"]!.ToString();
        Assert.Equal(number, (string?)(await host.AnswerAsync(s_id))["platformNumber"]);
    }

    [Fact]
    public async Task It_finds_what_it_was_told_about_a_person()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.SetAsync("/simulators/verification/persons/220502196001011237", new JsonArray(
            new JsonObject { ["source"] = "bank", ["kind"] = "deposit", ["amountFen"] = 4_600_000 },
            new JsonObject { ["source"] = "tax", ["kind"] = "wage", ["amountFen"] = 1_560_000 }));

        using var accepted = await host.AskAsync(s_id);
        var answer = await host.AnswerAsync(s_id);

        Assert.Equal("exceedsProperty", (string?)answer["conclusion"]);
        var bank = answer["results"]!.AsArray().Single(r => (string?)r!["source"] == "bank")!;
        Assert.Equal("found", (string?)bank["status"]);
        Assert.Equal(4_600_000, (long)bank["items"]![0]!["amountFen"]!);
        Assert.Equal("none", (string?)answer["results"]!.AsArray().Single(r => (string?)r!["source"] == "vehicle")!["status"]);
    }

    [Fact]
    public async Task The_seed_decides_about_strangers_and_always_alike()
    {
        async Task<string> AskAsync(string seed)
        {
            await using var host = await SimulatorHost.StartAsync(("Seed", seed), ("SurprisesPercent", "50"));
            using var accepted = await host.AskAsync(s_id);
            return (await host.AnswerAsync(s_id)).ToJsonString();
        }

        var answers = new List<string>();
        foreach (var seed in new[] { "1", "1", "2", "3", "4", "5", "6", "7", "8" })
        {
            answers.Add(await AskAsync(seed));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(2, answers.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_source_that_is_unavailable_is_not_no_assets()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new JsonObject { ["unavailable"] = new JsonArray("bank") });

        using var accepted = await host.AskAsync(s_id);
        var answer = await host.AnswerAsync(s_id);

        Assert.Equal("unavailable", (string?)answer["results"]!.AsArray().Single(r => (string?)r!["source"] == "bank")!["status"]);
        Assert.Equal("undetermined", (string?)answer["conclusion"]);
    }

    [Fact]
    public async Task Without_authorisation_no_source_answers()
    {
        await using var host = await SimulatorHost.StartAsync();

        using var accepted = await host.AskAsync(s_id, authorised: false);

        Assert.All((await host.AnswerAsync(s_id))["results"]!.AsArray(), r => Assert.Equal("noAuthority", (string?)r!["status"]));
    }

    [Fact]
    public async Task Late_partial_only_rejected_and_down_come_on_request()
    {
        await using var host = await SimulatorHost.StartAsync();

        await host.FaultAsync(new JsonObject { ["lateSeconds"] = 60 });
        using var late = await host.AskAsync(s_id);
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("partial", (string?)(await host.AnswerAsync(s_id))["status"]);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("complete", (string?)(await host.AnswerAsync(s_id))["status"]);

        await host.FaultAsync(new JsonObject { ["partialOnly"] = true });
        var partial = Guid.CreateVersion7();
        using var second = await host.AskAsync(partial);
        host.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("partial", (string?)(await host.AnswerAsync(partial))["status"]);

        await host.FaultAsync(new JsonObject { ["reject"] = true });
        var rejected = Guid.CreateVersion7();
        using var third = await host.AskAsync(rejected);
        Assert.Equal("rejected", (string?)(await host.AnswerAsync(rejected))["status"]);

        await host.FaultAsync(new JsonObject { ["down"] = true });
        using var down = await host.AskAsync(Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
    }

    [Fact]
    public async Task It_calls_back_with_a_signature_that_the_bureau_can_check()
    {
        await using var host = await SimulatorHost.StartAsync();

        using var accepted = await host.AskAsync(s_id, callback: true);
        var callback = await host.NextCallbackAsync();

        Assert.Equal("complete", (string?)callback.Json["status"]);
        var now = host.Clock.GetUtcNow();
        Assert.True(CallbackSignature.IsGenuine(SimulatorHost.Secret, callback.Timestamp, callback.Signature, callback.Body, now));
        Assert.False(CallbackSignature.IsGenuine("another", callback.Timestamp, callback.Signature, callback.Body, now));
        Assert.False(CallbackSignature.IsGenuine(SimulatorHost.Secret, callback.Timestamp, callback.Signature, [.. callback.Body, 32], now));
        Assert.False(CallbackSignature.IsGenuine(SimulatorHost.Secret, callback.Timestamp, callback.Signature, callback.Body, now.AddMinutes(6)));
    }

    [Fact]
    public async Task Twice_and_with_a_wrong_signature_come_on_request()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.FaultAsync(new JsonObject { ["twice"] = true, ["wrongSignature"] = true });

        using var accepted = await host.AskAsync(s_id, callback: true);
        var first = await host.NextCallbackAsync();
        var second = await host.NextCallbackAsync();

        Assert.Equal(first.Body, second.Body);
        Assert.False(CallbackSignature.IsGenuine(SimulatorHost.Secret, first.Timestamp, first.Signature, first.Body, host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_request_without_persons_is_refused_with_the_field()
    {
        await using var host = await SimulatorHost.StartAsync();

        using var response = await host.Http.PostAsJsonAsync(
            "/simulators/verification/requests",
            new { requestId = s_id, caseNumber = "DB-1", purpose = "dibao", asOf = "2026-03-02", persons = Array.Empty<object>(), sources = new[] { "bank" } },
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("persons", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
