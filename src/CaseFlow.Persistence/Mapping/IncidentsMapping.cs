using CaseFlow.Cases.Incidents;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class IncidentsMapping
{
    public static void Apply(ModelBuilder model) =>
        model.Entity<Incident>(e =>
        {
            e.ToTable("Incidents");
            e.HasIndex(i => i.CaseId);
            e.HasIndex(i => i.InstanceId);
            e.Property(i => i.Trigger).HasMaxLength(200);
            e.HasIndex(i => i.Trigger, "IX_Incidents_OneOpen").IsUnique().HasFilter("\"ResolvedAt\" IS NULL");
        });
}
