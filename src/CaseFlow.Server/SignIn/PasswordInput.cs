namespace CaseFlow.Server.SignIn;

/// <summary>A form that sets a password.</summary>
public sealed class PasswordInput
{
    /// <summary>The password until now, where it is asked for.</summary>
    public string? Current { get; set; }

    /// <summary>The new one.</summary>
    public string? Password { get; set; }

    /// <summary>The new one again.</summary>
    public string? Repeated { get; set; }
}
