namespace CaseFlow.Server.Commands;

/// <summary>Something that the executable does once and ends, instead of serving pages.</summary>
internal interface ICommand
{
    /// <summary>The first argument that calls it, for example <c>verify</c>.</summary>
    string Name { get; }

    /// <summary>Does it.</summary>
    /// <param name="args">The arguments after the name.</param>
    /// <returns>The exit code of the process: 0 only if all went well.</returns>
    Task<int> RunAsync(string[] args);
}
