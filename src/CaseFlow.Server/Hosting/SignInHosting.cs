using CaseFlow.Cases.Organisation;
using CaseFlow.Server.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace CaseFlow.Server.Hosting;

/// <summary>Who may come in, and how long: a cookie for pages, a token for programs.</summary>
internal static class SignInHosting
{
    private const string CookieOrToken = "cookie-or-token";

    /// <summary>A page that nobody uses for so long asks for the password again.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>Registers sign-in, the current actor and the policies.</summary>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<CurrentActor>();
        services.AddScoped<SignInDesk>();
        services.AddScoped<PasswordChange>();
        services.AddScoped<PasswordLinks>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<CitizenDesk>();
        services.AddSingleton<UnknownNames>();
        var tokenKey = KeyFolder.TokenKey(builder);
        services.AddSingleton(s => new AccessTokens(tokenKey, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAuthorizationHandler, ActorRequirementHandler>();
        if (!DatabaseStartHosting.IsDocumentTool)
        {
            services.AddHostedService<FirstAdministrator>();
        }

        AddIdentity(services);
        AddSchemes(services);
        Policies.AddAll(services.AddAuthorizationBuilder());
    }

    /// <summary>Knows who makes the request, after authentication and before authorisation.</summary>
    public static void UseCurrentActor(this WebApplication app) => app.UseMiddleware<ActorMiddleware>();

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddScoped<AccountStore>();
        services.AddIdentityCore<Account>(options => options.User.AllowedUserNameCharacters = "")
            .AddUserStore<AccountStore>()
            .AddClaimsPrincipalFactory<AccountPrincipal>()
            .AddSignInManager();
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddAuthentication(options =>
            {
                options.DefaultScheme = CookieOrToken;
                options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
            })
            .AddPolicyScheme(CookieOrToken, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 || context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                    ? JwtBearerDefaults.AuthenticationScheme
                    : IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure)
            .AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<AccessTokens>((options, tokens) =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = tokens.Validation;
        });
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "caseflow.session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = Idle;
        options.SlidingExpiration = true;
        options.ReturnUrlParameter = "back";
        options.Events.OnRedirectToLogin = context =>
        {
            var page = ForStaff(context.Request.Path) ? "/sign-in" : "/my/sign-in";
            var lost = HttpMethods.IsPost(context.Request.Method) ? "&lost=1" : "";
            context.Response.Redirect($"{page}?back={Uri.EscapeDataString(PageOf(context.Request))}{lost}");
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            // The error page tells it, under the address that was asked for.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>The page to return to: of a form that was sent, the page on which it stood, for its own address may show nothing.</summary>
    private static string PageOf(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer)
        && string.Equals(referer.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            ? referer.PathAndQuery
            : request.Path + request.QueryString;

    private static bool ForStaff(PathString path) =>
        path.StartsWithSegments("/staff") || path.StartsWithSegments("/admin") || path.StartsWithSegments("/studio") || path.StartsWithSegments("/account") || path.StartsWithSegments("/demo");
}
