using CaseFlow.Cases.Messages;

namespace CaseFlow.Server.Background.Sms;

/// <summary>Where the SMS gateway is; configuration section <c>Sms</c>.</summary>
internal sealed class SmsOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Sms";

    /// <summary>Address of the gateway; null where there is none (a demo starts the simulator).</summary>
    public Uri? BaseUrl { get; set; }
}

/// <summary>Registers the way out for SMS; an installation without a gateway writes none.</summary>
internal static class SmsHosting
{
    /// <summary>Reads the section <c>Sms</c>.</summary>
    public static void AddSms(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(SmsOptions.Section).Get<SmsOptions>() ?? new SmsOptions();
        var demo = builder.Configuration.GetValue("demo", builder.Environment.IsDevelopment());
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new MessageOptions { Sms = demo || options.BaseUrl is not null });
        if (demo || options.BaseUrl is not null)
        {
            builder.Services.AddHttpClient(HttpSmsGateway.ClientName, client => client.Timeout = TimeSpan.FromSeconds(20));
            builder.Services.AddSingleton<ISmsGateway, HttpSmsGateway>();
        }
    }
}
