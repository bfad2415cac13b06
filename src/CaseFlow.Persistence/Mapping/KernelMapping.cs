using CaseFlow.Cases.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class KernelMapping
{
    public static void Apply(ModelBuilder model) =>
        model.Entity<OperationRecord>(e =>
        {
            e.ToTable("Operations");
            e.HasKey(o => o.OperationId);
            e.Property(o => o.OperationId).ValueGeneratedNever();
            e.Property(o => o.StepName).HasMaxLength(100);
            e.Property(o => o.ActorKey).HasMaxLength(200);
            e.HasIndex(o => o.At);
        });
}
