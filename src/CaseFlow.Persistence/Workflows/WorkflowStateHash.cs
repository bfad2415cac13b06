using System.Security.Cryptography;

namespace CaseFlow.Persistence.Workflows;

/// <summary>By what the check recognises a state whose bytes were damaged in the store.</summary>
internal static class WorkflowStateHash
{
    /// <summary>SHA-256 of a stored state.</summary>
    public static byte[] Of(byte[] state) => SHA256.HashData(state);
}
