using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CaseFlow.Server.Hosting;

/// <summary>Who may come in, and how long.</summary>
internal static class SignInHosting
{
    /// <summary>Registers sign-in by cookie and the policies of pages.</summary>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<CurrentActor>();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "caseflow.session";
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/error/403";
            options.ReturnUrlParameter = "back";
        });
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, p => p.RequireAuthenticatedUser())
            .AddPolicy(Policies.Staff, p => p.RequireAuthenticatedUser())
            .AddPolicy(Policies.Citizen, p => p.RequireAuthenticatedUser())
            .AddPolicy(Policies.Admin, p => p.RequireAuthenticatedUser());
    }
}
