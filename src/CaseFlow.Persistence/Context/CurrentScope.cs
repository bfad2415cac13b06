using CaseFlow.Cases.Scope;

namespace CaseFlow.Persistence.Context;

/// <summary>Holds the scope of one DI scope; the context reads it with each query.</summary>
internal sealed class CurrentScope : ICurrentScope
{
    /// <inheritdoc/>
    public DataScope Current { get; private set; } = DataScope.Nothing;

    /// <inheritdoc/>
    public void Enter(DataScope scope) => Current = scope;
}
