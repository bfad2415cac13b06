using System.Collections.Concurrent;
using System.Text.Json;
using CaseFlow.Cases.Messages;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>
/// The mail server of a simulation: takes every mail and keeps it in a file beside the database, so that what a killed
/// process handed over has arrived.
/// </summary>
/// <param name="file">The file, a mail a line.</param>
internal sealed class ScenarioMailbox(string file) : IMailTransport
{
    private readonly Lock _writing = new();
    private ConcurrentQueue<OutgoingMail> _mails = new();

    /// <summary>All mails so far, in the order of their arrival.</summary>
    public IReadOnlyList<OutgoingMail> Mails => [.. _mails];

    /// <inheritdoc/>
    public Task<IMailSession> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<IMailSession>(new Session(this));

    /// <summary>Reads what another process has handed over.</summary>
    public void Reload()
    {
        if (File.Exists(file))
        {
            _mails = new ConcurrentQueue<OutgoingMail>(File.ReadAllLines(file).Select(line => JsonSerializer.Deserialize<OutgoingMail>(line)!));
        }
    }

    private void Keep(OutgoingMail mail)
    {
        lock (_writing)
        {
            File.AppendAllLines(file, [JsonSerializer.Serialize(mail)]);
            _mails.Enqueue(mail);
        }
    }

    private sealed class Session(ScenarioMailbox mailbox) : IMailSession
    {
        public Task<MailResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            mailbox.Keep(mail);
            return Task.FromResult(new MailResult(MailOutcome.Accepted, "250 kept"));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
