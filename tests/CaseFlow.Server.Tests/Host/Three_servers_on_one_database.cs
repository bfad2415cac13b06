using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Scope;
using CaseFlow.Server.Tests.Mail;
using CaseFlow.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Host;

/// <summary>
/// Three real servers on one real PostgreSQL that holds the demo. One walks the clock over two months, all three fire what
/// comes due, close months and send; afterwards nothing is lost, nothing twice, nothing stuck.
/// </summary>
[Trait("needs", "postgres")]
[Trait("needs", "drill")]
public sealed class Three_servers_on_one_database(ServersOnPostgres servers) : IClassFixture<ServersOnPostgres>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Share_what_comes_due_in_two_months()
    {
        var running = new List<Process>();
        try
        {
            var first = await StartAsync(running);
            await StartAsync(running);
            await StartAsync(running);
            var before = await CountAsync<Procedure>();
            await using var sent = await RowsThatBecomeSent.ListenAsync(servers.ConnectionString, Stop);

            await MoveClockAsync(first, "2026-08-20T09:00:00+08:00");
            while (await AnyUnsentAsync())
            {
                await sent.NextAsync(Stop);
            }

            Assert.True(await CountAsync<Procedure>() > before, "No review began in two months.");
            Assert.Equal(0, await CountAsync<Incident>());
        }
        finally
        {
            running.ForEach(server => server.Kill());
            await Task.WhenAll(running.Select(server => server.WaitForExitAsync(CancellationToken.None)));
            running.ForEach(server => server.Dispose());
        }

        Assert.Equal(0, await servers.VerifyAsync(Stop));
    }

    /// <summary>Starts a server and reads what it says until it is up.</summary>
    private async Task<Uri> StartAsync(List<Process> running)
    {
        const string Listening = "Now listening on: ";
        var server = servers.Start(null, "--demo=true", "--urls=http://127.0.0.1:0");
        running.Add(server);
        Uri? address = null;
        while (await server.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            address = at < 0 ? address : new Uri(line[(at + Listening.Length)..].Trim());
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                // Read on to the end, or the server would stand still once its pipe is full.
                _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return address!;
            }
        }

        throw new InvalidOperationException("A server ended before it was up.");
    }

    private static async Task MoveClockAsync(Uri server, string to)
    {
        using var client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        var token = await PostAsync(client, "/api/v1/token", new JsonObject { ["userName"] = "admin", ["password"] = "demo-2026" });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["accessToken"]!);

        // Each call waits some seconds for the walk and then tells where it stands.
        while ((string?)(await PostAsync(client, "/api/v1/clock", new JsonObject { ["to"] = to }))["today"] != to[..10])
        {
            Assert.False(Stop.IsCancellationRequested);
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, JsonObject body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
    }

    private Task<int> CountAsync<T>()
        where T : class => ReadAsync(work => work.Set<T>().CountAsync(Stop));

    private Task<bool> AnyUnsentAsync() => ReadAsync(work => work.Set<OutboxMessage>().AnyAsync(m => m.State != MessageState.Sent, Stop));

    private async Task<T> ReadAsync<T>(Func<IUnitOfWork, Task<T>> read)
    {
        await using var scope = servers.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ICurrentScope>().Enter(DataScope.System("test"));
        return await read(scope.ServiceProvider.GetRequiredService<IUnitOfWork>());
    }
}
