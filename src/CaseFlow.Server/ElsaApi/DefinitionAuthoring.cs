using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// What the designer may do with definitions. Each method is one step with a transaction of its own. Two saves that meet in
/// the database are done one after the other, as Studio does not wait for the answer to one before it sends the next.
/// </summary>
internal sealed class DefinitionAuthoring(IStepRunner steps)
{
    private const int Tries = 3;

    /// <summary>Saves what the designer holds; see <see cref="DefinitionDrafts.SaveAsync"/>.</summary>
    public Task<WorkflowDefinitionVersion> SaveAsync(Actor actor, JsonObject model, CancellationToken cancellationToken) =>
        RunAsync("workflow.save", actor, (services, token) => Drafts(services).SaveAsync(actor, model, seen: true, token), cancellationToken);

    /// <summary>Takes a file in as the next draft.</summary>
    public Task<WorkflowDefinitionVersion> ImportAsync(Actor actor, JsonObject model, CancellationToken cancellationToken) =>
        RunAsync("workflow.import", actor, (services, token) => Drafts(services).SaveAsync(actor, model, seen: false, token), cancellationToken);

    /// <summary>Makes a draft with the content of an older version.</summary>
    public Task<WorkflowDefinitionVersion> RevertAsync(Actor actor, string definitionId, int version, CancellationToken cancellationToken) =>
        RunAsync("workflow.revert", actor, (services, token) => Drafts(services).RevertAsync(actor, definitionId, version, token), cancellationToken);

    /// <summary>Publishes the latest version, or submits it to the second person.</summary>
    public Task<PublicationResult> PublishAsync(Actor actor, string definitionId, CancellationToken cancellationToken) =>
        RunAsync(
            "workflow.submit",
            actor,
            (services, token) => services.GetRequiredService<DefinitionPublication>().SubmitAsync(actor, definitionId, token),
            cancellationToken);

    /// <summary>Takes a published definition out of use.</summary>
    public Task<WorkflowDefinitionVersion> RetractAsync(Actor actor, string definitionId, CancellationToken cancellationToken) =>
        RunAsync(
            "workflow.retract",
            actor,
            (services, token) => services.GetRequiredService<DefinitionPublication>().RetractAsync(actor, definitionId, token),
            cancellationToken);

    /// <summary>Deletes a definition.</summary>
    public Task DeleteAsync(Actor actor, string definitionId, CancellationToken cancellationToken) =>
        RunAsync(
            "workflow.delete",
            actor,
            async (services, token) =>
            {
                await Drafts(services).DeleteAsync(actor, definitionId, token);
                return true;
            },
            cancellationToken);

    /// <summary>Deletes one draft version.</summary>
    public Task DeleteVersionAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        RunAsync(
            "workflow.delete-version",
            actor,
            async (services, token) =>
            {
                await Drafts(services).DeleteVersionAsync(actor, id, token);
                return true;
            },
            cancellationToken);

    private static DefinitionDrafts Drafts(IServiceProvider services) => services.GetRequiredService<DefinitionDrafts>();

    private async Task<T> RunAsync<T>(
        string name, Actor actor, Func<IServiceProvider, CancellationToken, Task<T>> body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await steps.RunAsync(new Step(name, actor), body, cancellationToken);
            }
            catch (ConflictException) when (attempt < Tries)
            {
                // Two saves met in the database; done again, the second one reads what the first has written.
            }
        }
    }
}
