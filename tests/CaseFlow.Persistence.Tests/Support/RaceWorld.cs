namespace CaseFlow.Persistence.Tests.Support;

/// <summary>A database with as many cases as there are rounds, and two processes on it that stay for all tests of a class.</summary>
public abstract class RaceWorld(DatabaseKind kind, int rounds) : IAsyncLifetime
{
    private ServerProcess one = null!;
    private ServerProcess two = null!;

    public int Rounds => rounds;

    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(kind);
        await Given.ManyCasesAsync(Host, rounds);
        var starting = await Task.WhenAll(ServerProcess.StartAsync(Host.Options, "node1"), ServerProcess.StartAsync(Host.Options, "node2"));
        (one, two) = (starting[0], starting[1]);
    }

    /// <summary>Lets both go at the same moment, once a round.</summary>
    public async Task<List<string[]>> RunAsync(string job)
    {
        var answers = new List<string[]>();
        for (var round = 0; round < rounds; round++)
        {
            answers.Add((await Task.WhenAll(one.RoundAsync(job, round), two.RoundAsync(job, round)))!);
        }

        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await two.DisposeAsync();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class ShortRacesOnSqlite() : RaceWorld(DatabaseKind.Sqlite, 20);

public sealed class ShortRacesOnPostgres() : RaceWorld(DatabaseKind.Postgres, 20);

public sealed class LongRacesOnSqlite() : RaceWorld(DatabaseKind.Sqlite, 300);

public sealed class LongRacesOnPostgres() : RaceWorld(DatabaseKind.Postgres, 300);
