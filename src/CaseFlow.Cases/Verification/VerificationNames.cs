namespace CaseFlow.Cases.Verification;

/// <summary>What the platform's sources and items are called; the applicant is told the kind of source, not more.</summary>
public static class VerificationNames
{
    /// <summary>A source in Chinese.</summary>
    public static string Source(string source) => source switch
    {
        "household" => "户籍",
        "tax" => "税务",
        "socialInsurance" => "社会保险",
        "realEstate" => "不动产",
        "business" => "市场主体登记",
        "housingFund" => "住房公积金",
        "vehicle" => "车辆",
        "bank" => "银行存款",
        "insurance" => "商业保险",
        "securities" => "证券",
        "internet" => "互联网金融资产",
        _ => source,
    };

    /// <summary>A kind of item in Chinese.</summary>
    public static string Item(string kind) => kind switch
    {
        "deposit" => "存款",
        "wage" => "工资",
        "business" => "经营收入",
        "rent" => "租金收入",
        "pension" => "养老金",
        _ => kind,
    };
}
