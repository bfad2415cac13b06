using System.Linq.Expressions;
using CaseFlow.Cases.CaseFiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CaseFlow.Persistence.Mapping;

/// <summary>What all rows that hang on a case have in common.</summary>
internal static class CaseRows
{
    /// <summary>Refers to the case, with an index; a case with rows cannot be deleted.</summary>
    public static void OfCase<T>(this EntityTypeBuilder<T> entity, Expression<Func<T, object?>> caseId)
        where T : class
    {
        entity.HasOne<Case>().WithMany().HasForeignKey(caseId).OnDelete(DeleteBehavior.Restrict);
        entity.HasIndex(caseId);
    }
}
