using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Context;

/// <summary>Carries the keys to the context: its converters are part of the model, so each set of keys has a model of its own.</summary>
internal sealed class StorageExtension(FieldCipher cipher, BlindIndex index) : IDbContextOptionsExtension
{
    private DbContextOptionsExtensionInfo? info;

    /// <summary>Encrypts columns.</summary>
    public FieldCipher Cipher { get; } = cipher;

    /// <summary>Fills index columns.</summary>
    public BlindIndex Index { get; } = index;

    /// <inheritdoc/>
    public DbContextOptionsExtensionInfo Info => info ??= new ExtensionInfo(this);

    /// <inheritdoc/>
    public void ApplyServices(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
