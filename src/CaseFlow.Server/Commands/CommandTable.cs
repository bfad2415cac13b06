namespace CaseFlow.Server.Commands;

/// <summary>The commands that the server's executable knows besides serving pages; one line each.</summary>
internal static class CommandTable
{
    private static readonly ICommand[] Commands =
    [
        new BackupCommand(),
        new RestoreCommand(),
        new RunDefinitionCommand(),
        new VerifyCommand(),
        new Simulate.SimulateCommand(),
        new HelpCommand("--help"),
        new HelpCommand("-h"),
        new HelpCommand("help"),
    ];

    /// <summary>The command that the first argument names, or null where the arguments are meant for the server itself.</summary>
    /// <param name="args">The arguments of the process.</param>
    public static ICommand? Find(string[] args) =>
        args.Length == 0 ? null : Array.Find(Commands, c => string.Equals(c.Name, args[0], StringComparison.Ordinal));
}
