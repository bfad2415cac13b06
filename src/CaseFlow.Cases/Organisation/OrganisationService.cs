using System.Text.Json.Nodes;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Cases.Organisation;

/// <summary>
/// Accounts, posts and substitutions: acts of the administrator, each a step of its own with an entry in the chain of its
/// object. A post that ends takes its rights away at once, because every request reads the posts anew.
/// </summary>
public sealed class OrganisationService(IStepRunner steps, IUnitOfWork work, IAuditTrail audit, IBusinessClock clock)
{
    /// <summary>Opens an account. The first password is set by a one-time link or by the caller's hash.</summary>
    /// <exception cref="InvalidInputException">The sign-in name is taken.</exception>
    public Task<Account> CreateAccountAsync(Actor actor, Account account, CancellationToken cancellationToken) =>
        RunAsync("account.create", actor, (service, token) => service.CreateAccountInStepAsync(actor, account, token), cancellationToken);

    /// <summary>Closes or reopens an account; closing ends its sessions.</summary>
    /// <exception cref="RefusedException">It is the administrator's own (<c>own-account</c>) or the last administrator's (<c>last-administrator</c>).</exception>
    public Task<Account> SetDisabledAsync(Actor actor, Id<Account> account, bool disabled, string reason, CancellationToken cancellationToken) =>
        SetDisabledAsync(actor, account, disabled, reason, null, cancellationToken);

    /// <inheritdoc cref="SetDisabledAsync(Actor, Id{Account}, bool, string, CancellationToken)"/>
    /// <param name="actor">Who.</param>
    /// <param name="account">The account.</param>
    /// <param name="disabled">Whether it is closed.</param>
    /// <param name="reason">Why.</param>
    /// <param name="seenRevision">The revision that the person saw; another is a conflict. Null for programs that saw none.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task<Account> SetDisabledAsync(Actor actor, Id<Account> account, bool disabled, string reason, int? seenRevision, CancellationToken cancellationToken) =>
        RunAsync("account.disable", actor, (service, token) => service.SetDisabledInStepAsync(actor, account, disabled, reason, seenRevision, token), cancellationToken);

    /// <summary>Sets a password hash; the person must choose a new one at the next sign-in.</summary>
    public Task<Account> ResetPasswordAsync(Actor actor, Id<Account> account, string passwordHash, CancellationToken cancellationToken) =>
        RunAsync("account.password-reset", actor, (service, token) => service.ResetPasswordInStepAsync(actor, account, passwordHash, token), cancellationToken);

    /// <summary>Gives somebody a post from a day on.</summary>
    /// <exception cref="RefusedException">Nobody gives a post to themselves (<c>own-post</c>); the administration goes with no post that handles or decides cases (<c>incompatible-posts</c>).</exception>
    public Task<PostAssignment> AssignPostAsync(Actor actor, PostAssignment post, CancellationToken cancellationToken) =>
        RunAsync("post.assign", actor, (service, token) => service.AssignPostInStepAsync(actor, post, token), cancellationToken);

    /// <summary>Ends a post with a day.</summary>
    /// <exception cref="RefusedException">It is the last administrator's (<c>last-administrator</c>).</exception>
    public Task<PostAssignment> EndPostAsync(Actor actor, Id<PostAssignment> post, DateOnly lastDay, CancellationToken cancellationToken) =>
        EndPostAsync(actor, post, lastDay, null, cancellationToken);

    /// <inheritdoc cref="EndPostAsync(Actor, Id{PostAssignment}, DateOnly, CancellationToken)"/>
    /// <param name="actor">Who.</param>
    /// <param name="post">The post.</param>
    /// <param name="lastDay">Its last day.</param>
    /// <param name="seenRevision">The revision that the person saw; another is a conflict. Null for programs that saw none.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task<PostAssignment> EndPostAsync(Actor actor, Id<PostAssignment> post, DateOnly lastDay, int? seenRevision, CancellationToken cancellationToken) =>
        RunAsync("post.end", actor, (service, token) => service.EndPostInStepAsync(actor, post, lastDay, seenRevision, token), cancellationToken);

    /// <summary>Ends a substitution at once.</summary>
    public Task<Substitution> EndSubstitutionAsync(Actor actor, Id<Substitution> substitution, CancellationToken cancellationToken) =>
        RunAsync("post.substitute-end", actor, (service, token) => service.EndSubstitutionInStepAsync(actor, substitution, token), cancellationToken);

    /// <summary>授权代理: somebody acts in a post for a period. The holder or an administrator may say so.</summary>
    public Task<Substitution> SubstituteAsync(Actor actor, Substitution substitution, CancellationToken cancellationToken) =>
        RunAsync("post.substitute", actor, (service, token) => service.SubstituteInStepAsync(actor, substitution, token), cancellationToken);

    /// <summary>Adds or changes a body.</summary>
    public Task<OrganisationUnit> SaveUnitAsync(Actor actor, OrganisationUnit unit, CancellationToken cancellationToken) =>
        SaveUnitAsync(actor, unit, null, cancellationToken);

    /// <inheritdoc cref="SaveUnitAsync(Actor, OrganisationUnit, CancellationToken)"/>
    /// <param name="actor">Who.</param>
    /// <param name="unit">The body; its level and parent are set once.</param>
    /// <param name="seenRevision">The revision that the person saw; another is a conflict. Null for a new body.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task<OrganisationUnit> SaveUnitAsync(Actor actor, OrganisationUnit unit, int? seenRevision, CancellationToken cancellationToken) =>
        RunAsync("organisation.save", actor, (service, token) => service.SaveUnitInStepAsync(actor, unit, seenRevision, token), cancellationToken);

    private Task<T> RunAsync<T>(string name, Actor actor, Func<OrganisationService, CancellationToken, Task<T>> act, CancellationToken cancellationToken) =>
        steps.RunOnAsync(new Step(name, actor), act, cancellationToken);

    internal async Task<Account> CreateAccountInStepAsync(Actor actor, Account account, CancellationToken cancellationToken)
    {
        RequireAdministrator(actor);
        account.NormalizedUserName = account.UserName.Trim().ToUpperInvariant();
        if (account.NormalizedUserName.Length == 0)
        {
            throw new InvalidInputException("userName", "请填写登录名。");
        }

        if (await work.Set<Account>().AnyAsync(a => a.NormalizedUserName == account.NormalizedUserName, cancellationToken))
        {
            throw new InvalidInputException("userName", "这个登录名已被使用。");
        }

        work.Set<Account>().Add(account);
        await AuditAccountAsync(account, actor, "account.create", new JsonObject { ["kind"] = account.Kind.ToString() }, cancellationToken);
        return account;
    }

    private async Task<Account> SetDisabledInStepAsync(Actor actor, Id<Account> id, bool disabled, string reason, int? seen, CancellationToken cancellationToken)
    {
        RequireAdministrator(actor);
        var account = await AccountAsync(id, cancellationToken);
        RequireSeen(seen, account.Revision);
        if (disabled && actor.AccountId == id)
        {
            throw new RefusedException("own-account", "不能停用自己的账号，请由另一名系统管理员办理。");
        }

        if (disabled)
        {
            await KeepAnAdministratorAsync(id, cancellationToken);
        }

        account.Disabled = disabled;
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        await AuditAccountAsync(account, actor, disabled ? "account.disable" : "account.enable", new JsonObject { ["reason"] = reason }, cancellationToken);
        return account;
    }

    private async Task<Account> ResetPasswordInStepAsync(Actor actor, Id<Account> id, string passwordHash, CancellationToken cancellationToken)
    {
        RequireAdministrator(actor);
        var account = await AccountAsync(id, cancellationToken);
        account.PasswordHash = passwordHash;
        account.MustChangePassword = true;
        account.AccessFailedCount = 0;
        account.LockoutEnd = null;
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        await AuditAccountAsync(account, actor, "account.password-reset", [], cancellationToken);
        return account;
    }

    internal async Task<PostAssignment> AssignPostInStepAsync(Actor actor, PostAssignment post, CancellationToken cancellationToken)
    {
        RequireAdministrator(actor);
        var account = await AccountAsync(post.AccountId, cancellationToken);
        if (account.Kind != AccountKind.Staff)
        {
            throw new InvalidInputException("accountId", "岗位只能授予工作人员。");
        }

        if (post.ValidTo is { } last && last < post.ValidFrom)
        {
            throw new InvalidInputException("validTo", "结束日期早于开始日期。");
        }

        if (await work.Set<OrganisationUnit>().FirstOrDefaultAsync(o => o.Id == post.OrganisationId, cancellationToken) is not { } unit)
        {
            throw new InvalidInputException("organisationId", "请选择机构。");
        }

        if (actor.Kind != ActorKind.System)
        {
            if (actor.AccountId == account.Id)
            {
                throw new RefusedException("own-post", "不能给自己授予岗位，请由另一名系统管理员办理。");
            }

            PostRules.RequireLevel(post.Post, unit);
            PostRules.RequireCompatible(post, await work.Set<PostAssignment>().Where(p => p.AccountId == account.Id).ToListAsync(cancellationToken));
        }

        work.Set<PostAssignment>().Add(post);
        await AuditPostAsync(post, actor, "post.assign", cancellationToken);
        return post;
    }

    private async Task<PostAssignment> EndPostInStepAsync(Actor actor, Id<PostAssignment> id, DateOnly lastDay, int? seen, CancellationToken cancellationToken)
    {
        RequireAdministrator(actor);
        var post = await PostAsync(id, cancellationToken);
        RequireSeen(seen, post.Revision);
        if (post.Post == PostKind.SystemAdmin)
        {
            await KeepAnAdministratorAsync(post.AccountId, cancellationToken);
        }

        if (lastDay < post.ValidFrom.AddDays(-1))
        {
            throw new InvalidInputException("validTo", "结束日期早于开始日期。");
        }

        post.ValidTo = lastDay;
        await AuditPostAsync(post, actor, "post.end", cancellationToken);
        return post;
    }

    private async Task<Substitution> SubstituteInStepAsync(Actor actor, Substitution substitution, CancellationToken cancellationToken)
    {
        var post = await PostAsync(substitution.PostAssignmentId, cancellationToken);
        if (post.AccountId != actor.AccountId)
        {
            RequireAdministrator(actor);
        }

        var substitute = await AccountAsync(substitution.SubstituteId, cancellationToken);
        if (substitute.Id == post.AccountId || substitute.Kind != AccountKind.Staff || substitute.Disabled)
        {
            throw new InvalidInputException("substituteId", "请选择另一名在岗工作人员作为代理人。");
        }

        if (substitution.ValidTo < substitution.ValidFrom)
        {
            throw new InvalidInputException("validTo", "结束日期早于开始日期。");
        }

        if (actor.Kind != ActorKind.System)
        {
            await CheckSubstitutionAsync(actor, substitution, post, cancellationToken);
        }

        work.Set<Substitution>().Add(substitution);
        await AuditSubstitutionAsync(substitution, actor, "post.substitute", cancellationToken);
        return substitution;
    }

    private async Task CheckSubstitutionAsync(Actor actor, Substitution substitution, PostAssignment post, CancellationToken cancellationToken)
    {
        if (actor.AccountId == substitution.SubstituteId)
        {
            throw new RefusedException("own-post", "不能指定自己代理别人的岗位，请由本人或另一名系统管理员办理。");
        }

        if (substitution.ValidFrom < clock.Today)
        {
            throw new InvalidInputException("validFrom", "代理从今天或以后开始：已经过去的不能补记。");
        }

        if (post.ValidTo < substitution.ValidTo || post.ValidFrom > substitution.ValidFrom)
        {
            throw new InvalidInputException("validTo", "代理期间须在本人任职期间之内。");
        }

        if (string.IsNullOrWhiteSpace(substitution.Reason))
        {
            throw new InvalidInputException("reason", "请写明为什么代理。");
        }

        var held = await work.Set<PostAssignment>().Where(p => p.AccountId == substitution.SubstituteId).ToListAsync(cancellationToken);
        PostRules.RequireCompatible(
            new PostAssignment { Post = post.Post, OrganisationId = post.OrganisationId, ValidFrom = substitution.ValidFrom, ValidTo = substitution.ValidTo },
            [.. held.Where(p => p.Post != post.Post)]);
    }

    private async Task<Substitution> EndSubstitutionInStepAsync(Actor actor, Id<Substitution> id, CancellationToken cancellationToken)
    {
        var substitution = await work.Set<Substitution>().FirstOrDefaultAsync(s => s.Id == id, cancellationToken)
            ?? throw new RefusedException("not-found", "找不到这项代理。");
        var post = await PostAsync(substitution.PostAssignmentId, cancellationToken);
        if (post.AccountId != actor.AccountId)
        {
            RequireAdministrator(actor);
        }

        if (substitution.ValidTo < clock.Today)
        {
            throw new RefusedException("ended", "这项代理已经结束。");
        }

        substitution.ValidTo = clock.Today.AddDays(-1);
        await AuditSubstitutionAsync(substitution, actor, "post.substitute-end", cancellationToken);
        return substitution;
    }

    private Task AuditSubstitutionAsync(Substitution substitution, Actor actor, string action, CancellationToken cancellationToken) => audit.AppendAsync(
        $"post:{substitution.PostAssignmentId}",
        actor,
        action,
        new JsonObject
        {
            ["substitute"] = substitution.SubstituteId.ToString(),
            ["from"] = substitution.ValidFrom.ToString("O"),
            ["to"] = substitution.ValidTo.ToString("O"),
            ["caseType"] = substitution.CaseType,
            ["reason"] = substitution.Reason,
        },
        cancellationToken);

    /// <summary>Refuses what would leave the installation without anybody who can administer it.</summary>
    private async Task KeepAnAdministratorAsync(Id<Account> leaving, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var administers = await work.Set<PostAssignment>().Where(p => p.Post == PostKind.SystemAdmin && p.ValidFrom <= today && (p.ValidTo == null || p.ValidTo >= today))
            .Join(work.Set<Account>().Where(a => !a.Disabled), p => p.AccountId, a => a.Id, (p, a) => a.Id)
            .ToListAsync(cancellationToken);
        if (administers.Contains(leaving) && administers.TrueForAll(a => a == leaving))
        {
            throw new RefusedException("last-administrator", "这是最后一名系统管理员，请先授予另一人系统管理员岗位。");
        }
    }

    private static void RequireSeen(int? seen, int revision)
    {
        if (seen is { } known && known != revision)
        {
            throw new ConflictException("有人在您打开这一页之后改动过，什么都没有保存，请看过新的内容再办理。");
        }
    }

    internal async Task<OrganisationUnit> SaveUnitInStepAsync(Actor actor, OrganisationUnit unit, int? seen, CancellationToken cancellationToken)
    {
        RequireAdministrator(actor);
        var known = await work.Set<OrganisationUnit>().FirstOrDefaultAsync(o => o.Id == unit.Id, cancellationToken);
        if (actor.Kind != ActorKind.System)
        {
            var parent = await work.Set<OrganisationUnit>().FirstOrDefaultAsync(o => o.Id == unit.ParentId, cancellationToken);
            PostRules.RequireUnit(unit, parent, checkCode: known?.Code != unit.Code);
        }

        if (await work.Set<OrganisationUnit>().AnyAsync(o => o.Code == unit.Code && o.Id != unit.Id, cancellationToken))
        {
            throw new InvalidInputException("code", "这个行政区划代码已被使用。");
        }

        if (known is null)
        {
            work.Set<OrganisationUnit>().Add(unit);
            known = unit;
        }
        else
        {
            RequireSeen(seen, known.Revision);
            if (known.Code != unit.Code)
            {
                await UnitCodes.RequireOpenAsync(work, known, cancellationToken);
                known.Code = unit.Code;
            }

            (known.Name, known.ShortName, known.BodyCode) = (unit.Name, unit.ShortName, unit.BodyCode);
            (known.AreaType, known.Phone, known.Address) = (unit.AreaType, unit.Phone, unit.Address);
        }

        await audit.AppendAsync(
            $"organisation:{known.Id}", actor, "organisation.save", new JsonObject { ["code"] = known.Code, ["name"] = known.Name }, cancellationToken);
        return known;
    }

    private void RequireAdministrator(Actor actor)
    {
        if (actor.Kind != ActorKind.System && !actor.Holds(PostKind.SystemAdmin))
        {
            throw new RefusedException("post", $"只有系统管理员可以做这项操作（{clock.Today:yyyy-MM-dd}）。");
        }
    }

    private async Task<Account> AccountAsync(Id<Account> id, CancellationToken cancellationToken) =>
        await work.Set<Account>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken)
        ?? throw new RefusedException("not-found", "找不到这个账号。");

    private async Task<PostAssignment> PostAsync(Id<PostAssignment> id, CancellationToken cancellationToken) =>
        await work.Set<PostAssignment>().FirstOrDefaultAsync(p => p.Id == id, cancellationToken)
        ?? throw new RefusedException("not-found", "找不到这个岗位。");

    private Task AuditAccountAsync(Account account, Actor actor, string action, JsonObject details, CancellationToken cancellationToken)
    {
        details["userName"] = account.UserName;
        return audit.AppendAsync($"account:{account.Id}", actor, action, details, cancellationToken);
    }

    private Task AuditPostAsync(PostAssignment post, Actor actor, string action, CancellationToken cancellationToken) => audit.AppendAsync(
        $"post:{post.Id}",
        actor,
        action,
        new JsonObject
        {
            ["account"] = post.AccountId.ToString(),
            ["post"] = post.Post.ToString(),
            ["organisation"] = post.OrganisationId.ToString(),
            ["from"] = post.ValidFrom.ToString("O"),
            ["to"] = post.ValidTo?.ToString("O"),
        },
        cancellationToken);
}
