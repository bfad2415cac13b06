using System.Globalization;
using CaseFlow.Persistence;
using CaseFlow.Persistence.TestProcess;
using Microsoft.Extensions.DependencyInjection;

// <provider> <connection string> <key file> <node> [mail file] [hours ahead]: a server process in small. For each line of its input,
// "<job> <round>", it does one round of a job and answers with one line, so that a test can let two processes go at the
// same moment.
var options = new CaseFlowPersistenceOptions
{
    Provider = Enum.Parse<DatabaseProvider>(args[0]),
    ConnectionString = args[1],
    KeyFile = args[2],
    NodeName = args[3],
    OutboxLease = TimeSpan.FromMinutes(10),
};
await using var services = new ServiceCollection()
    .AddSingleton<TimeProvider>(new ClockAhead(args.Length > 5 ? int.Parse(args[5], CultureInfo.InvariantCulture) : 0))
    .AddSingleton(new MailFile(args.Length > 4 ? args[4] : ""))
    .AddSingleton<CaseFlow.Cases.Documents.IDocumentPdfRenderer, PlainRenderer>()
    .AddSingleton<CaseFlow.Cases.Messages.IMailTransport, FileTransport>()
    .AddCaseFlowPersistence(options)
    .AddOutboxOnly()
    .BuildServiceProvider();
await Console.Out.WriteLineAsync("ready");
while (await Console.In.ReadLineAsync() is { } line)
{
    var words = line.Split(' ');
    var job = Jobs.Find(words[0], services, args[3]);
    await Console.Out.WriteLineAsync(await job(int.Parse(words[1], CultureInfo.InvariantCulture)));
}
