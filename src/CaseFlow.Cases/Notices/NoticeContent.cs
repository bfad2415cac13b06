using CaseFlow.Cases.People;

namespace CaseFlow.Cases.Notices;

/// <summary>Where a notice is read.</summary>
public enum NoticeMedium
{
    /// <summary>The board of the village or community, the township hall.</summary>
    Paper,

    /// <summary>The web; the entry ends with the period and is kept out of search engines.</summary>
    Web,
}

/// <summary>What a notice is about.</summary>
public enum NoticePurpose
{
    /// <summary>The preliminary opinion, with a period for objections.</summary>
    Opinion,

    /// <summary>Standing publication after a grant (Dibao-57 Art. 24).</summary>
    Publication,

    /// <summary>A stop that has been decided; never a proposal.</summary>
    Stop,
}

/// <summary>What a notice may show: nothing else about the case may be in it.</summary>
/// <param name="Name">Applicant's name, masked on the web.</param>
/// <param name="Members">Number of members, if shown.</param>
/// <param name="Amount">Amount, if shown.</param>
/// <param name="Remark">A fixed wording, for example that support has ended; no reason is given.</param>
public sealed record NoticeEntry(string Name, int? Members, Kernel.Money? Amount, string? Remark);

/// <summary>A kind of notice: whether there is one, for how long, with which fields.</summary>
/// <param name="DaysKey">Key of the period in the policy; null for a standing publication.</param>
/// <param name="ShowsMembers">Number of members is shown.</param>
/// <param name="ShowsAmount">Amount is shown.</param>
/// <param name="Remark">Fixed wording.</param>
public sealed record NoticeKind(string? DaysKey, bool ShowsMembers, bool ShowsAmount, string? Remark = null);

/// <summary>
/// What public notices show by case type and medium (domain I). Never: identity, telephone or account numbers, illness,
/// disability, income, names of other members or children, the reason of a stop. Children's cases, disability subsidies and
/// cases with a minor as applicant have no notice at all (Orph-161, Child-62).
/// </summary>
public static class NoticeContent
{
    /// <summary>The kind of notice; null if there is none for this case type and purpose.</summary>
    /// <param name="caseType">Code of the case type.</param>
    /// <param name="purpose">Purpose.</param>
    /// <param name="applicantIsMinor">A minor as applicant is never named.</param>
    /// <param name="detail">For relief: <c>Emergency</c> or <c>Expenditure</c>.</param>
    public static NoticeKind? For(string caseType, NoticePurpose purpose, bool applicantIsMinor, string? detail = null)
    {
        if (applicantIsMinor)
        {
            return null;
        }

        return (caseType, purpose, detail) switch
        {
            ("dibao", NoticePurpose.Opinion, _) => new NoticeKind("notice.dibao.days", true, true),
            ("dibao", NoticePurpose.Publication, _) => new NoticeKind(null, true, true),
            ("dibao", NoticePurpose.Stop, _) => new NoticeKind("notice.stop.days", false, false, "不再享受最低生活保障"),
            ("tekun", NoticePurpose.Opinion, _) => new NoticeKind("notice.tekun.days", false, false),
            ("tekun", NoticePurpose.Stop, _) => new NoticeKind("notice.stop.days", false, false, "不再享受特困人员供养"),
            ("borderline" or "rigid-expenditure", NoticePurpose.Opinion, _) => new NoticeKind("notice.borderline.days", true, false),
            ("relief", NoticePurpose.Opinion, "Expenditure") => new NoticeKind("notice.relief.expenditure.days", false, true),
            ("relief", NoticePurpose.Publication, "Emergency") => new NoticeKind(null, false, true),
            _ => null,
        };
    }

    /// <summary>The entry for a medium: full name on paper, masked on the web.</summary>
    public static NoticeEntry Entry(NoticeKind kind, NoticeMedium medium, string applicantName, int members, Kernel.Money amount) => new(
        medium == NoticeMedium.Web ? Masking.Name(applicantName) : applicantName,
        kind.ShowsMembers ? members : null,
        kind.ShowsAmount ? amount : null,
        kind.Remark);
}
