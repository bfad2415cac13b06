using Npgsql;

namespace CaseFlow.Server.Tests.Mail;

/// <summary>
/// Is told by PostgreSQL each time a server commits that a message was sent, so that nobody has to ask again and again.
/// A notification given while nobody waits is kept by the connection: none is missed.
/// </summary>
internal sealed class RowsThatBecomeSent : IAsyncDisposable
{
    private const string Trigger = """
        CREATE FUNCTION told_sent() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify('sent', NEW."Id"::text); RETURN NEW; END $$;
        CREATE TRIGGER told_sent AFTER UPDATE ON "Outbox" FOR EACH ROW EXECUTE FUNCTION told_sent();
        LISTEN sent;
        """;

    private readonly NpgsqlConnection _connection;

    private RowsThatBecomeSent(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Begins to listen; what was committed before is not told.</summary>
    public static async Task<RowsThatBecomeSent> ListenAsync(string connectionString, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand(Trigger, connection);
        await command.ExecuteNonQueryAsync(stop);
        return new RowsThatBecomeSent(connection);
    }

    /// <summary>Returns when a row of the outbox was changed since the last call.</summary>
    public Task NextAsync(CancellationToken stop) => _connection.WaitAsync(stop);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
