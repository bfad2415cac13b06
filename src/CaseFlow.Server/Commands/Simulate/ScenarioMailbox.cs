using System.Collections.Concurrent;
using CaseFlow.Cases.Messages;

namespace CaseFlow.Server.Commands.Simulate;

/// <summary>The mail server of a simulation: takes every mail and keeps it.</summary>
internal sealed class ScenarioMailbox : IMailTransport
{
    private readonly ConcurrentQueue<OutgoingMail> _mails = new();

    /// <summary>All mails so far, in the order of their arrival.</summary>
    public IReadOnlyList<OutgoingMail> Mails => [.. _mails];

    /// <inheritdoc/>
    public Task<IMailSession> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<IMailSession>(new Session(_mails));

    private sealed class Session(ConcurrentQueue<OutgoingMail> mails) : IMailSession
    {
        public Task<MailResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            mails.Enqueue(mail);
            return Task.FromResult(new MailResult(MailOutcome.Accepted, "250 kept"));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
