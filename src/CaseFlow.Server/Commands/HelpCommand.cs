namespace CaseFlow.Server.Commands;

/// <summary><c>--help</c>: says what the executable can do, and does nothing else.</summary>
internal sealed class HelpCommand(string name) : ICommand
{
    private const string Text = """
        CaseFlow

        Serve pages:
          (no command)   [--urls http://localhost:5080] [--data <folder>] [--keys <file>] [--demo true|false]
                         [--ConnectionStrings:CaseFlow "Host=…;Database=…;Username=…"] [--journalDays <n>]
        Commands:
          run-definition <file or folder> --out <folder> [--script <folder>] [--store memory|sqlite] [--activities <assembly>]
          simulate <file or folder>
          verify         [--data …] [--keys …] [--ConnectionStrings:CaseFlow …]
          backup <file>  [same]
          restore <file> [same]

        README.md and docs/operations.md tell more.
        """;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        await Console.Out.WriteLineAsync(Text);
        return 0;
    }
}
