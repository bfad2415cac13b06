namespace CaseFlow.Server.Commands.Simulate.Acts;

/// <summary>One kind of act that a step can hold, named by its key.</summary>
internal interface IAct
{
    /// <summary>The key in a step: <c>apply</c>, <c>task</c> ...</summary>
    string Key { get; }

    /// <summary>Does it through the production services. What the domain refuses comes out as its own exception.</summary>
    /// <param name="world">The world.</param>
    /// <param name="step">The step.</param>
    /// <param name="operation">Operation id, so that a repeated request is the same request.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What the person was told.</returns>
    Task<ActResult> DoAsync(ScenarioWorld world, YamlMap step, Guid operation, CancellationToken cancellationToken);
}
