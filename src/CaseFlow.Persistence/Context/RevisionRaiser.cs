using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CaseFlow.Persistence.Context;

/// <summary>
/// Raises the <c>Revision</c> of changed rows by one per step, unless the service did so itself. When a task was first seen
/// is no change that a person would mind.
/// </summary>
internal sealed class RevisionRaiser
{
    private const string Revision = "Revision";
    private readonly HashSet<object> raised = new(ReferenceEqualityComparer.Instance);

    /// <summary>Begins a new step.</summary>
    public void Forget() => raised.Clear();

    /// <summary>Raises what is about to be saved.</summary>
    public void Raise(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State != EntityState.Modified
                || entry.Metadata.FindProperty(Revision) is null
                || !entry.Properties.Any(p => p.IsModified && p.Metadata.Name != nameof(WorkTask.SeenAt))
                || !raised.Add(entry.Entity))
            {
                continue;
            }

            var revision = entry.Property(Revision);
            if (Equals(revision.CurrentValue, revision.OriginalValue))
            {
                revision.CurrentValue = (int)revision.CurrentValue! + 1;
            }
        }
    }
}
