using CaseFlow.Server.Commands;
using CaseFlow.Server.Hosting;

if (CommandTable.Find(args) is { } command)
{
    return await command.RunAsync(args[1..]);
}

var app = CaseFlowServer.Build(args);
await app.RunAsync();
return 0;
