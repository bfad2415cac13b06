using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CaseFlow.Server.Tests.Admin;

/// <summary>The small bureau with sessions that stay open over the tests of a class.</summary>
public sealed class AdminWorld : IAsyncLifetime
{
    private readonly Dictionary<string, PageClient> sessions = new(StringComparer.Ordinal);

    /// <summary>The bureau.</summary>
    public StaffWorld World { get; } = new();

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => World.InitializeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>The window of somebody who has signed in.</summary>
    public async Task<PageClient> AsAsync(string who)
    {
        if (!sessions.TryGetValue(who, out var session))
        {
            session = sessions[who] = await Nobody().SignInAsync(who, StaffWorld.Password);
        }

        return session;
    }

    /// <summary>A page as somebody sees it.</summary>
    public async Task<PageClient> OpenAsync(string who, string address) => await (await AsAsync(who)).OpenAsync(address);

    /// <summary>A window in which nobody has signed in.</summary>
    public PageClient Nobody() => new(World.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = true, HandleCookies = true }));

    /// <summary>A client that follows nothing, signed in or not.</summary>
    public HttpClient Program() => World.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
}
