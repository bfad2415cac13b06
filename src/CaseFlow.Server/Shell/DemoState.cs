namespace CaseFlow.Server.Shell;

/// <summary>Whether this installation runs demo data, whose clock may be moved forward. Told once, while the server starts.</summary>
internal sealed class DemoState
{
    /// <summary>True for a demo.</summary>
    public bool IsDemo { get; set; }
}
