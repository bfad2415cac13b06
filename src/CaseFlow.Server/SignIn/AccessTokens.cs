using System.Security.Claims;
using System.Security.Cryptography;
using CaseFlow.Cases.Organisation;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CaseFlow.Server.SignIn;

/// <summary>Tokens of the API: signed, short, and naming only the account and its stamp; rights are read at each request.</summary>
internal sealed class AccessTokens
{
    /// <summary>Who issues them, and for whom.</summary>
    public const string Issuer = "caseflow";

    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private readonly SymmetricSecurityKey key;
    private readonly TimeProvider time;

    /// <summary>Opens the key that signs; it is made at the first start.</summary>
    /// <param name="keyFile">The file with the key.</param>
    /// <param name="time">The machine's clock.</param>
    public AccessTokens(string keyFile, TimeProvider time)
    {
        key = new SymmetricSecurityKey(Open(keyFile));
        this.time = time;
    }

    /// <summary>How a token is checked.</summary>
    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Issuer,
        IssuerSigningKey = key,
        NameClaimType = AccountPrincipal.AccountClaim,
        ClockSkew = TimeSpan.FromSeconds(30),
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        LifetimeValidator = (notBefore, expires, _, parameters) => IsCurrent(notBefore, expires, parameters.ClockSkew),
    };

    /// <summary>Issues a token for an account.</summary>
    public string Issue(Account account) => Issue(AccountPrincipal.Claims(account), Lifetime);

    /// <summary>Issues a token for a person who has signed in already.</summary>
    /// <param name="claims">The claims of an account.</param>
    /// <param name="lifetime">How long it is good.</param>
    public string Issue(IEnumerable<Claim> claims, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Subject = new ClaimsIdentity(claims),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return notBefore <= now + skew && expires > now - skew;
    }

    private static byte[] Open(string file)
    {
        if (!File.Exists(file))
        {
            var fresh = Path.Combine(Path.GetDirectoryName(file)!, Path.GetRandomFileName());
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(fresh, options))
            {
                stream.Write(RandomNumberGenerator.GetBytes(32));
            }

            try
            {
                File.Move(fresh, file, overwrite: false);
            }
            catch (IOException)
            {
                // Another process of this installation was first; its key holds.
                File.Delete(fresh);
            }
        }

        return File.ReadAllBytes(file);
    }
}
