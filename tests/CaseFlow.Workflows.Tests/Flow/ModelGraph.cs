namespace CaseFlow.Workflows.Tests.Flow;

internal enum NodeKind
{
    Step,
    Waiting,
    JoinAll,
    JoinAny,
    JoinActive,
}

internal sealed record ModelNode(string Id, NodeKind Kind, string Plan);

internal sealed record ModelConnection(int Source, string Port, int Target);

internal sealed record ModelGraph(IReadOnlyList<ModelNode> Nodes, IReadOnlyList<ModelConnection> Connections);
