using CaseFlow.Cases.CaseTypes;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Whether a definition can run, told in sentences that name the step.</summary>
internal sealed class DefinitionCheck(WorkflowCompiler compiler)
{
    /// <summary>What is wrong with a version; empty if it can run.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(WorkflowDefinitionVersion row, CancellationToken cancellationToken)
    {
        var compiled = await compiler.CompileAsync(WorkflowDefinition.Parse(row.Json), cancellationToken);
        return [.. compiled.Problems.Select(p => p.Message)];
    }

    /// <summary>Refuses a version that cannot run.</summary>
    public async Task ThrowIfBrokenAsync(WorkflowDefinitionVersion row, CancellationToken cancellationToken)
    {
        var problems = await ProblemsAsync(row, cancellationToken);
        if (problems.Count > 0)
        {
            throw new WorkflowAuthoringException("cannot-run", [$"“{row.Name}”第 {row.Version} 版已存为草稿，但不能发布：", .. problems]);
        }
    }
}
