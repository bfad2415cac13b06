using System.Text;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Documents.Templates;

/// <summary>Amounts in the capital characters of bills (支付结算办法, annex 1): they cannot be altered by a stroke.</summary>
public static class ChineseCapitals
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] s_places = ["", "拾", "佰", "仟"];
    private static readonly string[] s_groups = ["", "万", "亿", "万亿"];

    /// <summary>壹仟肆佰肆拾元整; 伍角 is followed by 整, 分 is not.</summary>
    /// <param name="amount">From 0.00 to 9999999999999999.99; a negative one is headed by 负.</param>
    public static string Write(Money amount)
    {
        var fen = Math.Abs((decimal)amount.Fen);
        var yuan = (long)decimal.Truncate(fen / 100);
        var jiao = (int)(fen / 10 % 10);
        var rest = (int)(fen % 10);
        var o = new StringBuilder(amount.Fen < 0 ? "负" : "");
        if (yuan > 0 || fen == 0)
        {
            o.Append(yuan == 0 ? "零" : Whole(yuan)).Append('元');
        }

        if (jiao == 0 && rest == 0)
        {
            return o.Append('整').ToString();
        }

        if (jiao > 0)
        {
            // A zero on the place of the yuan is written, so that nothing can be put in.
            o.Append(yuan > 0 && yuan % 10 == 0 ? "零" : "").Append(Digits[jiao]).Append('角');
        }
        else if (yuan > 0)
        {
            o.Append('零');
        }

        return rest == 0 ? o.Append('整').ToString() : o.Append(Digits[rest]).Append('分').ToString();
    }

    private static string Whole(long yuan)
    {
        var o = new StringBuilder();
        var zero = false;
        for (var group = 3; group >= 0; group--)
        {
            var value = (int)(yuan / (long)Math.Pow(10_000, group) % 10_000);
            if (value == 0)
            {
                zero = o.Length > 0;
                continue;
            }

            if (zero || (o.Length > 0 && value < 1000))
            {
                o.Append('零');
            }

            o.Append(Group(value)).Append(s_groups[group]);
            zero = false;
        }

        return o.ToString();
    }

    private static string Group(int value)
    {
        var o = new StringBuilder();
        var zero = false;
        for (var place = 3; place >= 0; place--)
        {
            var digit = value / (int)Math.Pow(10, place) % 10;
            if (digit == 0)
            {
                zero = o.Length > 0;
                continue;
            }

            o.Append(zero ? "零" : "").Append(Digits[digit]).Append(s_places[place]);
            zero = false;
        }

        return o.ToString();
    }
}
