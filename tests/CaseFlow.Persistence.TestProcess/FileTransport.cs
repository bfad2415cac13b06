using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.TestProcess;

/// <summary>Where mails are taken over.</summary>
internal sealed record MailFile(string Path);

/// <summary>A mail server in small: what it accepts stands in a file that outlives this process.</summary>
internal sealed class FileTransport(MailFile file) : IMailTransport, IMailSession
{
    public Task<IMailSession> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<IMailSession>(this);

    public async Task<MailResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file.Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(mail.MessageId + "\n"), cancellationToken);
        stream.Flush(flushToDisk: true);
        return new MailResult(MailOutcome.Accepted, "250");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>No document is attached here, so none is laid out.</summary>
internal sealed class PlainRenderer : IDocumentPdfRenderer
{
    public byte[] Render(string html, DocumentPdfOptions options) => System.Text.Encoding.UTF8.GetBytes(html);
}

/// <summary>Composition.</summary>
internal static class OutboxOnly
{
    public static IServiceCollection AddOutboxOnly(this IServiceCollection services) => services
        .AddSingleton<DocumentPdfs>()
        .AddSingleton<IDueWork, OutboxDispatch>();
}
