using CaseFlow.Cases.Calendar;
using CaseFlow.Simulators;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CaseFlow.Server.Background.Verification;

/// <summary>
/// In a demo without a configured platform, the simulators run inside the server on a loopback port of their own and are
/// reached over HTTP like the real ones. Never outside a demo.
/// </summary>
internal sealed class DemoSimulators(IClockControl clock) : IAsyncDisposable
{
    private const int SurprisesPercent = 6;
    private readonly SemaphoreSlim starting = new(1);
    private WebApplication? host;
    private Uri? root;

    /// <summary>Address of the verification simulator, started when it is first needed; null outside a demo.</summary>
    public Task<Uri?> VerificationAsync(CancellationToken cancellationToken) => AddressAsync("/simulators/verification", cancellationToken);

    /// <summary>Address of the SMS simulator, started when it is first needed; null outside a demo.</summary>
    public Task<Uri?> SmsAsync(CancellationToken cancellationToken) => AddressAsync("/simulators/sms", cancellationToken);

    private async Task<Uri?> AddressAsync(string path, CancellationToken cancellationToken)
    {
        if (!clock.IsDemo)
        {
            return null;
        }

        await starting.WaitAsync(cancellationToken);
        try
        {
            root ??= await StartAsync(cancellationToken);
            return new Uri(root, path);
        }
        finally
        {
            starting.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        starting.Dispose();
    }

    private async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Configuration[$"{SimulatorOptions.Section}:{nameof(SimulatorOptions.SurprisesPercent)}"] = SurprisesPercent.ToString(System.Globalization.CultureInfo.InvariantCulture);
        builder.Services.AddSimulators(builder.Configuration);
        host = builder.Build();
        host.UseRouting();
        host.MapVerificationSimulator();
        host.MapSmsSimulator();
        await host.StartAsync(cancellationToken);
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return new Uri(addresses!.Addresses.First());
    }
}
