using System.Globalization;
using CaseFlow.Cases.People;

namespace CaseFlow.Server.Demo;

/// <summary>
/// Invented people, the same for the same seed: names from common characters, identity numbers of the district with a valid
/// check character. None of them exists.
/// </summary>
/// <param name="seed">The seed.</param>
internal sealed class DemoPeople(int seed)
{
    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
    private static readonly string[] Women = ["秀兰", "桂英", "淑珍", "丽华", "玉梅", "晓燕", "雪", "敏", "静", "芳", "春霞", "红梅", "佳怡", "思琪", "凤琴", "艳"];
    private static readonly string[] Men = ["建国", "志强", "德福", "伟", "军", "海涛", "永贵", "明", "立新", "长山", "浩然", "子轩", "宝林", "文斌", "东", "振华"];

    private readonly Random random = new(seed);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>The source of chance that the rest of the demo shares.</summary>
    public Random Random => random;

    /// <summary>A person born in a year.</summary>
    /// <param name="birthYear">Year of birth.</param>
    /// <param name="gender">Gender.</param>
    /// <param name="surname">Surname of the family; null for any.</param>
    public DemoPerson Make(int birthYear, Gender gender, string? surname = null)
    {
        var given = gender == Gender.Female ? Women : Men;
        var name = (surname ?? Surname()) + given[random.Next(given.Length)];
        while (true)
        {
            var birth = new DateOnly(birthYear, 1, 1).AddDays(random.Next(365));
            var order = (random.Next(50) * 2) + (gender == Gender.Male ? 1 : 0);
            var first17 = string.Create(CultureInfo.InvariantCulture, $"220502{birth:yyyyMMdd}{random.Next(10)}{order:D2}");
            var number = first17 + ResidentIdNumber.CheckCharacter(first17);
            if (used.Add(number))
            {
                return new DemoPerson(name, number, birth, gender);
            }
        }
    }

    /// <summary>A surname.</summary>
    public string Surname() => Surnames[random.Next(Surnames.Length)].ToString();

    /// <summary>A landline that no exchange gives out: behind the area code no subscriber's number begins with 0.</summary>
    public string Phone() => string.Create(CultureInfo.InvariantCulture, $"04350{random.Next(10_000_000):D7}");

    /// <summary>An account number of no bank (beginning with 000).</summary>
    public string BankAccount() => string.Create(CultureInfo.InvariantCulture, $"000{random.NextInt64(10_000_000_000_000_000):D16}");
}

/// <summary>An invented person.</summary>
/// <param name="Name">Name.</param>
/// <param name="IdNumber">Identity number.</param>
/// <param name="BirthDate">Day of birth.</param>
/// <param name="Gender">Gender.</param>
internal sealed record DemoPerson(string Name, string IdNumber, DateOnly BirthDate, Gender Gender);
