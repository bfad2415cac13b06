namespace CaseFlow.Server.Components.Flow;

/// <summary>How far a case has come with a step of its flow.</summary>
public enum FlowStepState
{
    /// <summary>Has not happened.</summary>
    Todo,

    /// <summary>Has happened.</summary>
    Done,

    /// <summary>Waits here now.</summary>
    Now,
}

/// <summary>A box of the picture.</summary>
/// <param name="Id">The activity.</param>
/// <param name="Label">Its name.</param>
/// <param name="Rank">How many steps stand before it on the longest way.</param>
/// <param name="Column">Column of the grid, from 0.</param>
/// <param name="Row">Row of the grid, from 0.</param>
/// <param name="State">How far the case has come.</param>
/// <param name="Note">Small text below the name: time spent, who waits.</param>
public sealed record FlowBox(string Id, string Label, int Rank, int Column, int Row, FlowStepState State, string? Note);

/// <summary>A way between two boxes.</summary>
/// <param name="From">Source box.</param>
/// <param name="To">Target box.</param>
/// <param name="Label">The outcome that leads here; null for the only way.</param>
/// <param name="Walked">Whether both ends have been reached.</param>
public sealed record FlowWay(string From, string To, string? Label, bool Walked);

/// <summary>The flow of a definition as a picture on a compact grid, with the steps of one case marked.</summary>
public sealed record FlowPicture(IReadOnlyList<FlowBox> Boxes, IReadOnlyList<FlowWay> Ways)
{
    /// <summary>Number of columns.</summary>
    public int Columns => Boxes.Count == 0 ? 0 : Boxes.Max(b => b.Column) + 1;

    /// <summary>Number of rows.</summary>
    public int Rows => Boxes.Count == 0 ? 0 : Boxes.Max(b => b.Row) + 1;
}
