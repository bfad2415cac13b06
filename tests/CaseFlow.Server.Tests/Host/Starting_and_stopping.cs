using CaseFlow.Server.Hosting;
using CaseFlow.Server.Tests.Support;
using Microsoft.Data.Sqlite;

namespace CaseFlow.Server.Tests.Host;

/// <summary>The built server in a process of its own, on SQLite.</summary>
public sealed class Starting_and_stopping : IDisposable
{
    private readonly string _data = SharedKeys.NewDataFolder("caseflow-start-");

    public void Dispose() => SharedKeys.Delete(_data);

    [Fact]
    [Trait("needs", "process")]
    public async Task A_server_that_is_told_to_stop_while_it_starts_ends_without_a_word_of_failure()
    {
        using var server = Start(null, "Applying migration");
        await server.HeardAsync();
        await server.TerminateAsync();

        var code = await server.EndAsync();

        Assert.True(code is 0 or 143, $"{code}: {server.Said}");
        Assert.DoesNotContain("Exception", server.Said, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "process")]
    public async Task District_account_and_post_of_the_first_administrator_are_there_together_or_not_at_all()
    {
        const string Link = "There is no administrator yet";
        using (var killed = Start("step.before-commit@installation.first-administrator", Link))
        {
            await killed.HeardAsync();
            Assert.DoesNotContain(Link, killed.Said, StringComparison.Ordinal);
            Assert.Equal(128 + 9, await killed.EndAsync());
        }

        Assert.Equal((0, 0, 0), (Count("Organisations"), Count("Accounts"), Count("PostAssignments")));

        using var second = Start(null, Link);
        await second.HeardAsync();
        Assert.Equal((1, 1, 1), (Count("Organisations"), Count("Accounts"), Count("PostAssignments")));
        await second.TerminateAsync();
        Assert.Equal(0, await second.EndAsync());
    }

    [Fact]
    public void A_published_server_that_is_started_elsewhere_finds_the_files_of_its_pages_beside_itself()
    {
        var beside = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        try
        {
            Assert.Equal(AppContext.BaseDirectory, CaseFlowServer.ContentRootOf([], _data));
            Assert.Null(CaseFlowServer.ContentRootOf([], Repository.Path("src", "CaseFlow.Server")));
            Assert.Null(CaseFlowServer.ContentRootOf(["--contentRoot", "/srv"], _data));
        }
        finally
        {
            beside.Delete();
        }
    }

    private BuiltServer Start(string? failpoint, string? awaited) =>
        BuiltServer.Start(failpoint, awaited, "--demo", "false", "--urls", "http://127.0.0.1:0", "--data", _data, "--Logging:LogLevel:Microsoft.EntityFrameworkCore", "Information");

    private int Count(string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data, "caseflow.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names of tables stand in this file.
        command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
#pragma warning restore CA2100
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
