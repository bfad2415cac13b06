using System.Text.Json.Nodes;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Tasks;

/// <summary>
/// 第二名调查人员: who is named with a survey serves in the same house in a post that may do the step, is not the surveyor, may act
/// in the case, and has not reviewed or approved it. Each mistake is told at the field where the person was named.
/// </summary>
internal sealed class SecondInvestigator(IUnitOfWork work, IBusinessClock clock, AuthorityDesk authority, ActorDirectory actors)
{
    /// <summary>The field of every form that names the second person.</summary>
    public const string Field = "secondInvestigator";

    /// <summary>Who is named; null if nobody is.</summary>
    /// <exception cref="InvalidInputException">What is there is no account.</exception>
    public static Id<Account>? Named(JsonObject form) => form.Text(Field) switch
    {
        null or "" => null,
        var text => Id<Account>.TryParse(text, out var id) ? id : throw new InvalidInputException(Field, "请选择另一名调查人员。"),
    };

    /// <exception cref="InvalidInputException">Nobody of that house in a fitting post, or no longer active.</exception>
    /// <exception cref="RefusedException">The surveyor, a recused person, or somebody who has reviewed or approved; with the field.</exception>
    public async Task RequireAsync(Actor surveyor, TaskPicture picture, Id<Account> second, CancellationToken cancellationToken)
    {
        if (FourEyes.CheckTwoPersons(surveyor.AccountId ?? Id<Account>.None, second) is { } same)
        {
            throw Refused(same);
        }

        await RequirePostAsync(picture.Task, second, cancellationToken);
        var actor = await actors.FindAsync(second, cancellationToken) ?? throw new InvalidInputException(Field, "第二名调查人员的账号已停用。");
        if (RecusalRule.Check(second, await authority.ConflictsAsync(actor, picture.Case, cancellationToken)) is not null)
        {
            throw Refused(new Refusal("recusal", $"{actor.Name}须回避本案，不能作为第二名调查人员。请另选他人。")
            {
                English = $"{actor.Name} may not act in this case and cannot be the second investigator. Name somebody else.",
            });
        }

        var prior = await authority.PriorActsAsync(picture.Task, cancellationToken);
        if (FourEyes.Check(second, AuthorityDesk.RoleOf(picture.Task.AuthorityRole), picture.Task.Step, prior) is not null)
        {
            throw Refused(new Refusal("four-eyes", $"{actor.Name}已审核或审批过本案，不能作为第二名调查人员。请另选他人。")
            {
                English = $"{actor.Name} has reviewed or approved this case and cannot be the second investigator. Name somebody else.",
            });
        }
    }

    private async Task RequirePostAsync(WorkTask task, Id<Account> second, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var posts = TaskPosts.Parse(task.CandidatePosts);
        var serves = await work.Set<PostAssignment>().AnyAsync(
            p => p.AccountId == second && p.OrganisationId == task.OrganisationId && posts.Contains(p.Post)
                && p.ValidFrom <= today && (p.ValidTo == null || p.ValidTo >= today),
            cancellationToken);
        if (!serves)
        {
            throw new InvalidInputException(Field, "第二名调查人员必须是本单位在岗的经办人。");
        }
    }

    private static RefusedException Refused(Refusal refusal) => new(refusal) { Field = Field };
}
