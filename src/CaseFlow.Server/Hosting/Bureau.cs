namespace CaseFlow.Server.Hosting;

/// <summary>The bureau that runs this installation, as pages name it (section <c>Bureau</c> of the configuration).</summary>
internal sealed class Bureau
{
    /// <summary>The district's short name, for example 东昌区.</summary>
    public string District { get; set; } = "";

    /// <summary>The district in English.</summary>
    public string DistrictEn { get; set; } = "";

    /// <summary>The bureau's full name, for example 通化市东昌区民政局.</summary>
    public string Name { get; set; } = "";

    /// <summary>The bureau in English.</summary>
    public string NameEn { get; set; } = "";

    /// <summary>Telephone for questions of citizens; empty if the bureau names none.</summary>
    public string Phone { get; set; } = "";

    /// <summary>The district in the language of the page.</summary>
    public string LocalDistrict => IsEnglish ? DistrictEn : District;

    /// <summary>The bureau in the language of the page.</summary>
    public string LocalName => IsEnglish ? NameEn : Name;

    private static bool IsEnglish => System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
}

/// <summary>Registers the <see cref="Bureau"/>.</summary>
internal static class BureauHosting
{
    /// <summary>Reads the bureau's names from the configuration.</summary>
    public static void AddBureau(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(builder.Configuration.GetSection("Bureau").Get<Bureau>() ?? new Bureau());
}
