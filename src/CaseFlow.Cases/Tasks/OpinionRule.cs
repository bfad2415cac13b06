using System.Text.Json.Nodes;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// 意见: whoever proposes, checks, reviews or decides says so in words, by whatever way the completion comes. A step that only
/// finds facts says them in the required fields of its form. Reasons against the applicant stand beside the outcome, where the
/// documents take them from.
/// </summary>
internal static class OpinionRule
{
    /// <summary>The most that an opinion or a reason may have, in characters.</summary>
    public const int Longest = 500;

    /// <summary>Outcomes that go against the applicant: never without reasons in words.</summary>
    private static readonly HashSet<string> Negative = new(StringComparer.Ordinal) { "Refuse", "NotAccept", "Stop", "Reduce", "ProposeStop", "Terminate" };

    /// <summary>Outcomes that are a proposal or a signature.</summary>
    private static readonly HashSet<string> Signed = new(StringComparer.Ordinal) { "Grant", "Approve" };

    /// <exception cref="InvalidInputException">The opinion lacks; the field is <c>comment</c>.</exception>
    public static void Require(WorkTask task, string outcome, string? comment, JsonObject form)
    {
        if (!string.IsNullOrWhiteSpace(comment))
        {
            return;
        }

        if (Negative.Contains(outcome))
        {
            throw new InvalidInputException("comment", "作出对申请人不利的处理，必须写明理由。");
        }

        if (task.SignsTaskId is not null && outcome == SecondSignatureRule.Objects)
        {
            throw new InvalidInputException("comment", "有异议的，请写明哪里与您所见不符。");
        }

        var decides = Signed.Contains(outcome) || task.AuthorityRole is "check" or "review" or "approve";
        if (decides && !task.ForCitizen && string.IsNullOrWhiteSpace(form.Text("opinion")))
        {
            throw new InvalidInputException("comment", "请填写意见。");
        }
    }

    /// <exception cref="InvalidInputException">The opinion is too long.</exception>
    public static void RequireLength(string? comment)
    {
        if (comment is { Length: > Longest })
        {
            throw new InvalidInputException("comment", $"意见、理由最多 {Longest} 字。");
        }
    }
}
