using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CaseFlow.Persistence.Context;

/// <summary>One cached model per kind of context and set of keys.</summary>
internal sealed class ModelKey : IModelCacheKeyFactory
{
    /// <inheritdoc/>
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), ((CaseFlowDbContext)context).Storage.Cipher.Fingerprint, designTime);
}
