using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Authority;

/// <summary>Everything that the five checks look at, read in the transaction that decides (or by the page).</summary>
public sealed record GuardInput
{
    /// <summary>Who wants to act.</summary>
    public required Actor Actor { get; init; }

    /// <summary>What the step does.</summary>
    public required AuthorityRole Role { get; init; }

    /// <summary>The step.</summary>
    public required string Step { get; init; }

    /// <summary>Posts that the step is open to; empty for all.</summary>
    public required IReadOnlyList<PostKind> CandidatePosts { get; init; }

    /// <summary>The organisation whose posts do the step.</summary>
    public required OrganisationUnit StepOrganisation { get; init; }

    /// <summary>The township in charge of the case.</summary>
    public required OrganisationUnit CaseOrganisation { get; init; }

    /// <summary>The facts of this moment.</summary>
    public required AuthorityFacts Facts { get; init; }

    /// <summary>The rule for these facts.</summary>
    public required AuthorityDecision Decision { get; init; }

    /// <summary>Acts in the same procedure.</summary>
    public required IReadOnlyList<PriorAct> PriorActs { get; init; }

    /// <summary>Conflicts.</summary>
    public required ConflictFacts Conflicts { get; init; }

    /// <summary>Second person of a survey, if the step has one.</summary>
    public Id<Account>? SecondPerson { get; init; }
}

/// <summary>
/// The guard: 岗位, 管辖, 权限, 四眼, 回避, always all five in this order, in words. The page shows them, the API returns them, and
/// the deciding transaction runs them again on the facts of that moment. It decides nothing by itself but yes or no.
/// </summary>
public static class AuthorityGuard
{
    /// <summary>Explains whether the actor may act, and who decides instead.</summary>
    public static AuthorityExplanation Explain(GuardInput input)
    {
        AuthorityCheck[] checks = [Post(input), Jurisdiction(input), Authority(input), Eyes(input), Conflict(input)];
        var failed = checks.FirstOrDefault(check => check.Holds == false);
        return new AuthorityExplanation(
            failed is null,
            failed is null ? $"您可以办理。依据规则{input.Decision.Code}：{input.Decision.Description}。" : failed.Refusal!.Message,
            checks,
            input.Decision.Code,
            input.Decision.Version);
    }

    /// <summary>Throws the first refusal, for the deciding transaction.</summary>
    /// <exception cref="RefusedException">One of the checks does not hold.</exception>
    public static AuthorityExplanation Demand(GuardInput input)
    {
        var explanation = Explain(input);
        return explanation.Allowed
            ? explanation
            : throw new RefusedException(explanation.Checks.First(check => check.Holds == false).Refusal!);
    }

    private static IEnumerable<PostInForce> Fitting(GuardInput input) => input.Actor.Posts.Where(post =>
        (input.CandidatePosts.Count == 0 || input.CandidatePosts.Contains(post.Post))
        && (post.CaseType is null || post.CaseType == input.Facts.CaseType));

    private static AuthorityCheck Post(GuardInput input)
    {
        var wanted = input.CandidatePosts.Count == 0 ? "工作人员" : string.Join("或", input.CandidatePosts.Select(PostNames.Of));
        var held = Fitting(input).FirstOrDefault();
        return held is null
            ? Fails("岗位", "wrong-post", $"本环节由{input.StepOrganisation.ShortName}{wanted}办理，您现任岗位：{PostsOf(input.Actor)}。")
            : Holds("岗位", $"{Describe(held)}，符合本环节要求的{wanted}。");
    }

    private static AuthorityCheck Jurisdiction(GuardInput input)
    {
        // Whether the post fits is the first check's matter; here it is only the body that counts.
        var here = Fitting(input).FirstOrDefault(post => post.OrganisationId == input.StepOrganisation.Id)
            ?? input.Actor.Posts.FirstOrDefault(post => post.OrganisationId == input.StepOrganisation.Id);
        return here is null
            ? Fails("管辖", "wrong-organisation", $"本案属{input.CaseOrganisation.ShortName}，本环节由{input.StepOrganisation.ShortName}办理，不在您的管辖范围。")
            : Holds("管辖", $"{here.OrganisationName}对{input.CaseOrganisation.ShortName}的案件有管辖权。");
    }

    private static AuthorityCheck Authority(GuardInput input)
    {
        var rule = input.Decision;
        var wanted = input.Role switch
        {
            AuthorityRole.Approve => rule.Route.Approve is { } approver ? [approver] : [],
            AuthorityRole.Review => rule.Route.Review,
            _ => rule.Route.Verify,
        };
        if (wanted.Count == 0)
        {
            return new AuthorityCheck("权限", null, "本环节没有权限要求。", null);
        }

        var names = string.Join("、", wanted.Select(post => post.ToString()));
        var held = Fitting(input).FirstOrDefault(post => wanted.Any(item => item.Post == post.Post && item.Level == post.Level));
        return held is null
            ? Fails("权限", "beyond-authority", $"{Facts(input.Facts)}适用规则{rule.Code}：{rule.Description}。应由{names}{Act(input.Role)}，请转交或退回。")
            : Holds("权限", $"{Facts(input.Facts)}适用规则{rule.Code}（第{rule.Version}版）：由{names}{Act(input.Role)}。");
    }

    private static AuthorityCheck Eyes(GuardInput input)
    {
        if (input.Actor.AccountId is not { } account)
        {
            return new AuthorityCheck("四眼", null, "系统操作，不适用。", null);
        }

        var refusal = FourEyes.Check(account, input.Role, input.Step, input.PriorActs)
            ?? FourEyes.CheckTwoPersons(account, input.SecondPerson)
            ?? (input.SecondPerson is { } second ? FourEyes.Check(second, input.Role, input.Step, input.PriorActs) : null);
        return refusal is null
            ? Holds("四眼", "您未以其他身份办理过本案，经办、审核、审批由不同的人办理。")
            : new AuthorityCheck("四眼", false, refusal.Message, refusal);
    }

    private static AuthorityCheck Conflict(GuardInput input)
    {
        if (input.Actor.AccountId is not { } account)
        {
            return new AuthorityCheck("回避", null, "系统操作，不适用。", null);
        }

        var refusal = RecusalRule.Check(account, input.Conflicts);
        return refusal is null
            ? Holds("回避", "没有登记的回避情形。")
            : new AuthorityCheck("回避", false, refusal.Message, refusal);
    }

    private static string Facts(AuthorityFacts facts) => facts.ReliefKind switch
    {
        ReliefKind.Emergency => $"急难型救助每人 {facts.AmountPerPerson} 元，",
        ReliefKind.Expenditure => $"支出型救助每人 {facts.AmountPerPerson} 元，",
        _ => facts.OfficerRelative ? "本案已登记近亲属备案，" : facts.OpenComplaint ? "本案有未办结的举报投诉，" : "",
    };

    private static string Act(AuthorityRole role) => role switch
    {
        AuthorityRole.Approve => "审批",
        AuthorityRole.Review => "审核",
        _ => "经办",
    };

    private static string PostsOf(Actor actor) =>
        actor.Posts.Count == 0 ? "无" : string.Join("、", actor.Posts.Select(Describe));

    private static string Describe(PostInForce post) =>
        $"{post.OrganisationName}{PostNames.Of(post.Post)}{(post.SubstituteFor is { } holder ? $"（代{holder}）" : "")}";

    private static AuthorityCheck Holds(string name, string explanation) => new(name, true, explanation, null);

    private static AuthorityCheck Fails(string name, string code, string message) => new(name, false, message, new Refusal(code, message));
}
