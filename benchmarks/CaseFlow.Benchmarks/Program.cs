using CaseFlow.Benchmarks;

// dotnet run -c Release --project benchmarks/CaseFlow.Benchmarks [-- instances | completions | burst | inbox | start]
var which = args.Length == 0 ? "all" : args[0];
if (which is "all" or "burst")
{
    await BurstBenchmark.RunAsync();
}

if (which is "all" or "instances")
{
    await InstancesBenchmark.RunAsync();
}

if (which is "all" or "completions")
{
    await CompletionBenchmark.RunAsync();
}

if (which is "all" or "inbox")
{
    await InboxBenchmark.RunAsync();
}

// Only when asked for: it starts the release build of the server, which must have been built.
if (which is "start")
{
    await StartBenchmark.RunAsync();
}

return 0;
