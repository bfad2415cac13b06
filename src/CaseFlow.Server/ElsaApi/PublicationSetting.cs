using CaseFlow.Cases.CaseTypes;
using CaseFlow.Server.Shell;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// Whether a workflow is published by a second person. A demo does without, so that one person can try it; the setting
/// <c>publication:secondPerson</c> decides otherwise. The audit says which it was.
/// </summary>
internal sealed class PublicationSetting(IConfiguration configuration, DemoState demo, PublicationPolicy policy) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        policy.SecondPerson = configuration.GetValue("publication:secondPerson", !demo.IsDemo);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
