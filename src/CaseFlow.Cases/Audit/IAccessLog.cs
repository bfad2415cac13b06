using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.Audit;

/// <summary>Keeps who read or revealed what: a chain per server and day that touches no case row. Written before the data is shown.</summary>
public interface IAccessLog
{
    /// <summary>Records one access in a transaction of its own.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action"><c>case.read</c>, <c>person.reveal</c>, <c>search</c> ...</param>
    /// <param name="subject">What, as a reference: <c>case:{id}</c>, <c>person:{id}</c>. Never a number or a name.</param>
    /// <param name="reason">Why, where a reason is asked for.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task RecordAsync(Actor actor, string action, string subject, string? reason, CancellationToken cancellationToken);
}
