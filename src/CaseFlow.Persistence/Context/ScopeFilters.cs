using System.Linq.Expressions;
using CaseFlow.Cases.Audit;
using CaseFlow.Cases.Authority;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Incidents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Payments;
using CaseFlow.Cases.People;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Raises;
using CaseFlow.Cases.Reviews;
using CaseFlow.Cases.Tasks;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Context;

/// <summary>
/// The scope as a named query filter on the case and on everything that hangs on one. Where no scope was entered, it finds
/// nothing. The filter reads the scope of the context at hand with each query.
/// </summary>
internal static class ScopeFilters
{
    /// <summary>The filter's name.</summary>
    public const string Name = "scope";

    /// <summary>Adds the filters to the model.</summary>
    public static void Apply(ModelBuilder model, CaseFlowDbContext db)
    {
        model.Entity<Case>().HasQueryFilter(Name, c => db.ScopeEverything
            || (db.ScopeCaseTypes.Contains(c.CaseType)
                && (db.ScopeSensitive || !c.Sensitive)
                && (db.ScopeOrganisations.Contains(c.OrganisationId) || db.ScopeCommunities.Contains(c.CommunityId)))
            || c.ApplicantId == db.ScopePerson
            || (c.FiledBy == db.ScopeAccount && c.Channel == "online"));

        Expression<Func<Id<Case>, bool>> seen = id => db.ScopeEverything || db.Set<Case>().Any(c => c.Id == id);
        Expression<Func<Id<Case>, bool>> seenByOffice = id => db.ScopeEverything
            || db.Set<Case>().Any(c => c.Id == id && db.ScopeOrganisations.Contains(c.OrganisationId));
        Expression<Func<Id<Case>, bool>> seenByPayee = id => db.ScopeEverything
            || db.Set<Case>().Any(c => c.Id == id && (db.ScopeOrganisations.Contains(c.OrganisationId)
                || c.ApplicantId == db.ScopePerson
                || (c.FiledBy == db.ScopeAccount && c.Channel == "online")));
        Expression<Func<Id<Case>?, bool>> technical = id => db.ScopeOperations || db.Set<Case>().Any(c => c.Id == id);
        Expression<Func<Id<Case>?, bool>> administration = id => id == null
            ? db.ScopeOperations
            : db.ScopeEverything || db.Set<Case>().Any(c => c.Id == id);

        OfCase<FormSnapshot>(model, seen, e => e.CaseId);
        OfCase<Material>(model, seen, e => e.CaseId);
        OfCase<Procedure>(model, seen, e => e.CaseId);
        Tasks(model, db);
        OfCase<TaskAction>(model, seen, e => e.CaseId);
        OfCase<Deadline>(model, seen, e => e.CaseId);
        OfCase<AssessmentRecord>(model, seen, e => e.CaseId);
        OfCase<AuthorityEvaluation>(model, seen, e => e.CaseId);
        OfCase<Recusal>(model, seenByOffice, e => e.CaseId);
        OfCase<BenefitEntry>(model, seen, e => e.CaseId);
        OfCase<BenefitTerm>(model, seen, e => e.CaseId);
        OfCase<PaymentLine>(model, seenByPayee, e => e.CaseId);
        OfCase<PaymentLineItem>(model, seenByPayee, e => e.CaseId);
        model.Entity<PaymentBatch>().HasQueryFilter(Name, b => db.ScopeEverything
            || (db.ScopeOrganisations.Contains(b.OrganisationId) && db.ScopeCaseTypes.Contains(b.Programme)));
        model.Entity<StandardRaise>().HasQueryFilter(Name, r => db.ScopeEverything || db.ScopeCaseTypes.Contains(r.Programme));
        OfCase<StandardRaiseLine>(model, seenByOffice, e => e.CaseId);
        OfCase<PaymentSuspension>(model, seen, e => e.CaseId);
        OfCase<PublicNotice>(model, seen, e => e.CaseId);
        OfCase<StandingPublication>(model, seen, e => e.CaseId);
        OfCase<Objection>(model, seenByOffice, e => e.CaseId);
        OfCase<ReviewSchedule>(model, seen, e => e.CaseId);
        OfCase<VerificationRequest>(model, seen, e => e.CaseId);
        OfCase<VerificationResult>(model, seenByOffice, e => e.CaseId);
        Documents(model, db);
        model.Entity<Incident>().HasQueryFilter(Name, On<Incident, Id<Case>?>(technical, e => e.CaseId));
        model.Entity<AuditEntry>().HasQueryFilter(Name, On<AuditEntry, Id<Case>?>(administration, e => e.CaseId));
        model.Entity<ReserveMovement>().HasQueryFilter(Name, On<ReserveMovement, Id<Case>?>(administration, e => e.CaseId));
        model.Entity<OutboxMessage>().HasQueryFilter(Name, m => db.ScopeOperations
            || m.AccountId == db.ScopeAccount
            || m.PersonId == db.ScopePerson
            || db.Set<Case>().Any(c => c.Id == m.CaseId));
    }

    /// <summary>The case's own rule, asked of the copy that a task carries: see <see cref="TaskScopes"/>.</summary>
    private static void Tasks(ModelBuilder model, CaseFlowDbContext db) =>
        model.Entity<WorkTask>().HasQueryFilter(Name, t => db.ScopeEverything
            || (db.ScopeCaseTypes.Contains(EF.Property<string>(t, TaskScopes.CaseType))
                && (db.ScopeSensitive || !EF.Property<bool>(t, TaskScopes.Sensitive))
                && (db.ScopeOrganisations.Contains(EF.Property<Id<OrganisationUnit>>(t, TaskScopes.Organisation))
                    || db.ScopeCommunities.Contains(EF.Property<Id<OrganisationUnit>?>(t, TaskScopes.Community))))
            || EF.Property<Id<Person>>(t, TaskScopes.Applicant) == db.ScopePerson
            || EF.Property<Id<Account>?>(t, TaskScopes.Filer) == db.ScopeAccount);

    /// <summary>
    /// Posts without income data (village, window, payment) read only papers that hold none and name no objector: domain A and
    /// trap 7. A new kind of paper is hidden from them until it is named here.
    /// </summary>
    private static void Documents(ModelBuilder model, CaseFlowDbContext db) =>
        model.Entity<IssuedDocument>().HasQueryFilter(Name, d => db.ScopeEverything
            || (db.Set<Case>().Any(c => c.Id == d.CaseId)
                && (!db.ScopeHidesEconomy
                    || d.TemplateKey.EndsWith("/acceptance-notice")
                    || d.TemplateKey.EndsWith("/correction-notice")
                    || d.TemplateKey.EndsWith("/extension-notice")
                    || d.TemplateKey.EndsWith("/non-acceptance-decision")
                    || d.TemplateKey.EndsWith("/public-notice")
                    || d.TemplateKey.EndsWith("/review-notice")
                    || d.TemplateKey.EndsWith("/termination-notice"))));

    private static void OfCase<T>(ModelBuilder model, Expression<Func<Id<Case>, bool>> seen, Expression<Func<T, Id<Case>>> caseId)
        where T : class =>
        model.Entity<T>().HasQueryFilter(Name, On(seen, caseId));

    private static Expression<Func<T, bool>> On<T, TKey>(Expression<Func<TKey, bool>> predicate, Expression<Func<T, TKey>> key) =>
        Expression.Lambda<Func<T, bool>>(
            new Replace(predicate.Parameters[0], key.Body).Visit(predicate.Body),
            key.Parameters);

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
