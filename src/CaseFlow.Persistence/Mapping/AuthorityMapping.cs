using CaseFlow.Cases.Authority;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class AuthorityMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<AuthorityRule>(e =>
        {
            e.ToTable("AuthorityRules");
            e.Property(r => r.Code).HasMaxLength(40);
            e.HasIndex(r => new { r.Code, r.Version }).IsUnique();
        });
        model.Entity<AuthorityEvaluation>(e =>
        {
            e.ToTable("AuthorityEvaluations");
            e.OfCase(v => v.CaseId);
            e.HasIndex(v => v.TaskId);
        });
        model.Entity<Recusal>(e =>
        {
            e.ToTable("Recusals");
            e.OfCase(r => r.CaseId);
            e.HasIndex(r => new { r.AccountId, r.CaseId });
        });
    }
}
