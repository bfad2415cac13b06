using System.Security.Claims;
using System.Security.Cryptography;
using CaseFlow.Server.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CaseFlow.Server.Studio;

/// <summary>
/// The short-lived tokens with which the designer calls its API. A token carries the person only; posts are read with each
/// request. Its key lies in the data folder beside the keys of the cookies.
/// </summary>
internal sealed class StudioTokens
{
    /// <summary>Scheme and policy of the designer's API.</summary>
    public const string Policy = "studio";

    private const string Audience = "caseflow-studio";
    private const int KeyBytes = 32;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly SymmetricSecurityKey key;
    private readonly TimeProvider time;

    /// <summary>Opens the key, or makes it.</summary>
    public StudioTokens(IConfiguration configuration, IHostEnvironment environment, TimeProvider time)
    {
        key = new SymmetricSecurityKey(OpenKey(Path.Combine(DataFolder.Of(configuration, environment), "keys", "studio.key")));
        this.time = time;
    }

    /// <summary>How a token is checked.</summary>
    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = Audience,
        ValidAudience = Audience,
        IssuerSigningKey = key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ClockSkew = TimeSpan.FromSeconds(30),
        LifetimeValidator = (from, to, _, parameters) => from <= Now + parameters.ClockSkew && to >= Now - parameters.ClockSkew,
    };

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Makes a token for the person who has signed in.</summary>
    public StudioToken Issue(ClaimsPrincipal person)
    {
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Audience,
            Audience = Audience,
            Subject = new ClaimsIdentity(person.Claims.Where(c => c.Type is ClaimTypes.NameIdentifier)),
            NotBefore = Now,
            IssuedAt = Now,
            Expires = Now + Life,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
        return new StudioToken(token, (int)Life.TotalSeconds);
    }

    private static byte[] OpenKey(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            using var made = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            made.Write(RandomNumberGenerator.GetBytes(KeyBytes));
        }
        catch (IOException) when (File.Exists(file))
        {
            // Made by an earlier start, or by another process just now.
        }

        var bytes = File.ReadAllBytes(file);
        return bytes.Length == KeyBytes ? bytes : throw new InvalidDataException($"{file} is damaged; delete it, and a new key is made.");
    }
}

/// <summary>A token for the designer.</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="ExpiresIn">Seconds from now.</param>
internal sealed record StudioToken(string AccessToken, int ExpiresIn);
