using CaseFlow.Benchmarks;

// dotnet run -c Release --project benchmarks/CaseFlow.Benchmarks [-- instances | burst | inbox]
var which = args.Length == 0 ? "all" : args[0];
if (which is "all" or "burst")
{
    await BurstBenchmark.RunAsync();
}

if (which is "all" or "instances")
{
    await InstancesBenchmark.RunAsync();
}

if (which is "all" or "inbox")
{
    await InboxBenchmark.RunAsync();
}

return 0;
