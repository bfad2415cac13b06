using CaseFlow.Cases.People;
using CaseFlow.Cases.Verification;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class VerificationMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<VerificationRequest>(e =>
        {
            e.ToTable("VerificationRequests");
            e.OfCase(r => r.CaseId);
            e.HasIndex(r => r.ProcedureId);
            e.HasIndex(r => new { r.State, r.NextTryAt });
        });
        model.Entity<VerificationResult>(e =>
        {
            e.ToTable("VerificationResults");
            e.OfCase(r => r.CaseId);
            e.HasIndex(r => r.RequestId);
            e.HasOne<VerificationRequest>().WithMany().HasForeignKey(r => r.RequestId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
