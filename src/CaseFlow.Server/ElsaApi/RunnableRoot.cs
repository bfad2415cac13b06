using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// Studio offers three kinds of new workflow; a state machine is not run here, so it is refused before anybody draws one. Other
/// content is kept whatever it holds, and checked when it is published.
/// </summary>
internal static class RunnableRoot
{
    /// <summary>Refuses a new definition whose root cannot run.</summary>
    public static void Check(JsonObject model)
    {
        if (model.Text("definitionId") is null && (model["root"] as JsonObject)?.Text("type") == "Elsa.StateMachine")
        {
            throw new WorkflowAuthoringException("root-not-runnable", "不支持状态机流程，请新建“Flowchart”流程图。");
        }
    }
}
