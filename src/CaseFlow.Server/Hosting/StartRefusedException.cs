namespace CaseFlow.Server.Hosting;

/// <summary>The server does not start, for a reason that whoever starts it can mend; the message says how.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
