using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CaseFlow.Server.Tests.Simulators;

public sealed class Sms_gateway
{
    private static Task<HttpResponseMessage> SendAsync(SimulatorHost host, string key, string phone) => host.Http.PostAsJsonAsync(
        "/simulators/sms/messages", new { key, phone, text = "您的申请已受理" }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_repeated_key_is_counted_but_kept_once_and_the_number_is_masked()
    {
        await using var host = await SimulatorHost.StartAsync();

        using var first = await SendAsync(host, "k1", "13800006102");
        using var again = await SendAsync(host, "k1", "13800006102");

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        var kept = await host.Http.GetFromJsonAsync<JsonArray>("/simulators/sms/messages", TestContext.Current.CancellationToken);
        var sms = Assert.Single(kept!)!;
        Assert.Equal(2, (int)sms["timesReceived"]!);
        Assert.Equal("138****6102", (string?)sms["phone"]);
    }

    [Fact]
    public async Task Refusal_and_outage_come_on_request()
    {
        await using var host = await SimulatorHost.StartAsync();

        await host.SetAsync("/simulators/sms/faults", new JsonObject { ["refusePhonesEndingWith"] = "0000" });
        using var refused = await SendAsync(host, "k1", "13800000000");
        await host.SetAsync("/simulators/sms/faults", new JsonObject { ["down"] = true });
        using var down = await SendAsync(host, "k2", "13800006102");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
    }
}
