using System.Text.Json.Nodes;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Workflows.Compilation;
using CaseFlow.Workflows.Definitions;
using CaseFlow.Workflows.Descriptors;

namespace CaseFlow.Server.ElsaApi;

/// <summary>Something that the engine found in a definition.</summary>
/// <param name="IsError">True if the definition cannot run with it.</param>
/// <param name="Message">The sentence, naming the step.</param>
internal sealed record DefinitionFinding(bool IsError, string Message);

/// <summary>Whether a definition can run, told in sentences that name the step as its drawing does.</summary>
internal sealed class DefinitionCheck(ActivityRegistry registry, IWorkflowDefinitionSource source)
{
    /// <summary>What the engine finds in a version: errors first.</summary>
    public async Task<IReadOnlyList<DefinitionFinding>> FindAsync(WorkflowDefinitionVersion row, CancellationToken cancellationToken)
    {
        var compiled = await new WorkflowCompiler(registry, source).CompileAsync(WorkflowDefinition.Parse(row.Json), cancellationToken);
        var names = Names(DefinitionDocument.Read(row)["root"] as JsonObject);
        return
        [
            .. compiled.Problems
                .OrderBy(p => p.Severity != ProblemSeverity.Error)
                .Select(p => new DefinitionFinding(p.Severity == ProblemSeverity.Error, Sentence(p, names.GetValueOrDefault(p.ActivityId, p.ActivityId)))),
        ];
    }

    /// <summary>Refuses a version that cannot run.</summary>
    /// <exception cref="WorkflowAuthoringException">It cannot run.</exception>
    public async Task ThrowIfBrokenAsync(WorkflowDefinitionVersion row, CancellationToken cancellationToken)
    {
        var errors = (await FindAsync(row, cancellationToken)).Where(f => f.IsError).Select(f => f.Message).ToList();
        if (errors.Count > 0)
        {
            throw new WorkflowAuthoringException("cannot-run", [$"“{row.Name}”第 {row.Version} 版已存为草稿，但还不能发布：", .. errors]);
        }
    }

    private static Dictionary<string, string> Names(JsonObject? root) => root is null
        ? []
        : ActivityNodes.All(root)
            .GroupBy(a => a.Text("id")!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => ActivityNodes.NameOf(g.First()), StringComparer.Ordinal);

    private static string Sentence(DefinitionProblem problem, string step) => problem.Code switch
    {
        ProblemCodes.UnknownType => $"步骤“{step}”的类型不存在，请删去或换成列表里的步骤。（{problem.Message}）",
        ProblemCodes.BadExpression => $"步骤“{step}”有一个值读不懂，请检查表达式。（{problem.Message}）",
        ProblemCodes.UnknownLanguage => $"步骤“{step}”用了不支持的表达式语言。（{problem.Message}）",
        ProblemCodes.BrokenConnection => $"步骤“{step}”有一条连线没有连到步骤，请删去重连。（{problem.Message}）",
        ProblemCodes.DuplicateId => $"步骤“{step}”的标识与另一步骤重复，请删去其中一个重画。（{problem.Message}）",
        ProblemCodes.Recursion => $"步骤“{step}”使用了本流程自己，会没完没了。（{problem.Message}）",
        ProblemCodes.NoRoot => "流程是空的，请先画出步骤。",
        ProblemCodes.UnknownVariableType => $"变量类型不存在。（{problem.Message}）",
        ProblemCodes.JoinMayStarve => $"汇合步骤“{step}”可能永远等不齐，请检查它前面的每条分支。（{problem.Message}）",
        ProblemCodes.Unreachable => $"步骤“{step}”从开始走不到，请连上或删去。（{problem.Message}）",
        ProblemCodes.UnknownVariable => $"步骤“{step}”用到的变量没有定义。（{problem.Message}）",
        _ => $"步骤“{step}”：{problem.Message}",
    };
}
