using CaseFlow.Server.Commands;
using CaseFlow.Server.Hosting;
using Microsoft.AspNetCore.Connections;

if (CommandTable.Find(args) is { } command)
{
    return await command.RunAsync(args[1..]);
}

var app = CaseFlowServer.Build(args);
var stopping = app.Lifetime.ApplicationStopping;
try
{
    await app.RunAsync();
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    // Told to stop while it was still starting: what was done is committed, the rest is done by the next start.
    return 0;
}
catch (IOException error) when (error.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{error.Message} 端口已被占用：关掉占用它的程序，或者用 --urls http://localhost:<端口> 换一个。Stop the other program, or start with --urls http://localhost:<port>.");
    return 1;
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
