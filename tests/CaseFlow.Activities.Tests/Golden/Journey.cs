using CaseFlow.Activities.Tests.Support;

namespace CaseFlow.Activities.Tests.Golden;

/// <summary>What somebody does, or what the calendar brings, with a name.</summary>
internal sealed record Act(string Name, Func<DibaoHost, DibaoFlow, Task> DoAsync);

/// <summary>A way of one case through the definitions of a kept version.</summary>
/// <param name="Name">Its name in the files of the states.</param>
/// <param name="Version">The kept version.</param>
/// <param name="BeginAsync">Applies.</param>
/// <param name="Acts">What happens then, in order.</param>
internal sealed record Journey(string Name, string Version, Func<DibaoHost, Task<DibaoFlow>> BeginAsync, IReadOnlyList<Act> Acts)
{
    /// <summary>Every way; together they lead over every point at which dibao waits.</summary>
    public static IReadOnlyList<Journey> All { get; } =
    [
        new("whole", "", DibaoWay.BeginAsync, DibaoWay.Acts),
        .. SecondVersionWays.All,
        .. ThirdVersionWays.All,
    ];

    public static Journey Of(string name) => All.Single(j => j.Name == name);
}
