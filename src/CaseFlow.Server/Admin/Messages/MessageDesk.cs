using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Admin.Messages;

/// <summary>What the administrator does about a message that could not be delivered.</summary>
internal sealed class MessageDesk(IStepRunner steps)
{
    /// <summary>Sends a dead message again, under the same key, at once.</summary>
    /// <exception cref="RefusedException">The actor is no administrator, or the message is not dead.</exception>
    public Task ResendAsync(Actor actor, Id<OutboxMessage> id, CancellationToken cancellationToken) => steps.RunAsync(
        new Step("message.resend", actor),
        async (services, token) =>
        {
            if (!actor.Holds(PostKind.SystemAdmin))
            {
                throw new RefusedException("post", "只有系统管理员可以重发消息。");
            }

            var message = await services.GetRequiredService<IUnitOfWork>().Set<OutboxMessage>().FirstOrDefaultAsync(m => m.Id == id, token);
            if (message is not { State: MessageState.Dead })
            {
                throw new RefusedException("not-dead", "这条消息不是死信，不用重发。");
            }

            (message.State, message.Attempts, message.NotBefore) = (MessageState.Pending, 0, services.GetRequiredService<TimeProvider>().GetUtcNow());
            await services.GetRequiredService<IAuditTrail>().AppendAsync($"message:{id}", actor, "message.resend", new JsonObject { ["key"] = message.MessageKey }, token);
            return true;
        },
        cancellationToken);
}
