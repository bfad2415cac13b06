using CaseFlow.Cases.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Persistence.Mapping;

internal static class ReviewsMapping
{
    public static void Apply(ModelBuilder model) =>
        model.Entity<ReviewSchedule>(e =>
        {
            e.ToTable("ReviewSchedules");
            e.OfCase(r => r.CaseId);
            e.HasIndex(r => r.StartsOn);
        });
}
