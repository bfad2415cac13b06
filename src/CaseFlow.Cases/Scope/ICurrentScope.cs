namespace CaseFlow.Cases.Scope;

/// <summary>
/// What may be read in this DI scope (a request or a step). Until somebody enters a scope nothing of any case is found. A
/// step enters its actor's scope by itself; a page enters that of the signed-in person before it reads.
/// </summary>
public interface ICurrentScope
{
    /// <summary>The scope in force; <see cref="DataScope.Nothing"/> until one is entered.</summary>
    DataScope Current { get; }

    /// <summary>Puts a scope in force for the rest of this DI scope.</summary>
    void Enter(DataScope scope);
}
