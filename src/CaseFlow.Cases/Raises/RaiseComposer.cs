using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;

namespace CaseFlow.Cases.Raises;

/// <summary>A term of a household with the calculation on which it rests.</summary>
/// <param name="Term">The term.</param>
/// <param name="Record">Its calculation; null where there is none.</param>
/// <param name="Root">The calculation whose facts <paramref name="Record"/> uses: itself, or that before earlier raises.</param>
/// <param name="Facts">The household as it was known when <paramref name="Root"/> was made.</param>
public sealed record RaiseTerm(BenefitTerm Term, AssessmentRecord? Record, AssessmentRecord? Root, HouseholdFacts? Facts);

/// <summary>All that is known of one household when a raise is worked out.</summary>
/// <param name="Case">The case.</param>
/// <param name="Name">The beneficiary's name.</param>
/// <param name="Terms">Terms that reach into the raised months, in the order of months.</param>
/// <param name="Written">What the ledger holds by month.</param>
public sealed record RaiseSource(Case Case, string Name, IReadOnlyList<RaiseTerm> Terms, IReadOnlyDictionary<Month, Money> Written);

/// <summary>
/// Works out what a raise makes of each household (domain K): only the standard changes; income, members and supplements are
/// those of the calculation on which the benefit rests. Pure: the same sources give the same lines.
/// </summary>
/// <param name="policy">The policy with the new standard.</param>
/// <param name="raise">The raise.</param>
public sealed class RaiseComposer(PolicyBook policy, StandardRaise raise)
{
    /// <summary>The households that change, and those that must be looked at; the rest has the new standard already.</summary>
    public IReadOnlyList<RaisedHousehold> Compose(IEnumerable<RaiseSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var households = sources.Select(Of).OfType<RaisedHousehold>().ToList();
        for (var i = 0; i < households.Count; i++)
        {
            households[i].Line.Sequence = i + 1;
        }

        return households;
    }

    /// <summary>One household; null where nothing is to be done.</summary>
    public RaisedHousehold? Of(RaiseSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var stretches = new List<RaisedStretch>();
        foreach (var term in source.Terms)
        {
            if (WhyNot(term) is { } reason)
            {
                return Left(source, reason);
            }

            var raised = Stretches(term);
            if (raised.Exists(s => s.Amount < s.Term.MonthlyAmount))
            {
                return Left(source, "按新标准重算低于现在的金额，减发须经动态管理作出决定");
            }

            stretches.AddRange(raised.SkipWhile(s => s.Amount == s.Term.MonthlyAmount));
        }

        if (stretches.Count == 0)
        {
            return null;
        }

        var last = stretches[^1];
        return new RaisedHousehold(Line(source, l =>
        {
            (l.Members, l.From, l.To, l.Before, l.After) = (last.Result.Members, stretches[0].From, last.To, last.Term.MonthlyAmount, last.Amount);
            l.Arrears = Arrears(source, stretches);
        }), stretches);
    }

    private static string? WhyNot(RaiseTerm term) => term switch
    {
        { Record: null } or { Root: null } or { Facts: null } => "没有可以沿用的核算记录，请街道（乡镇）个别核定",
        { Record.Eligible: false } => "渐退期内按原金额发放，不随提标调整",
        _ when term.Record.Amount != term.Term.MonthlyAmount => "发放金额与核算记录不一致，请街道（乡镇）核查",
        _ => null,
    };

    private List<RaisedStretch> Stretches(RaiseTerm term)
    {
        var from = term.Term.From < raise.From ? raise.From : term.Term.From;
        var starts = policy.Boundaries().Select(Month.Of).Where(m => m > from && !(term.Term.To < m)).Order().Prepend(from).Distinct().ToList();
        var stretches = new List<RaisedStretch>();
        foreach (var start in starts)
        {
            var root = term.Root!;
            var result = DibaoAssessment.Assess(policy, term.Facts!, root.AsOf, start, Month.Of(root.AsOf).Plus(1));
            if (stretches.Count > 0 && stretches[^1].Amount == result.Amount)
            {
                continue;
            }

            if (stretches.Count > 0)
            {
                stretches[^1] = stretches[^1] with { To = start.Plus(-1) };
            }

            stretches.Add(new RaisedStretch(term.Term, start, term.Term.To, result.Amount, result, root.Id));
        }

        return stretches;
    }

    private static Money Arrears(RaiseSource source, List<RaisedStretch> stretches)
    {
        var sum = Money.Zero;
        foreach (var (month, written) in source.Written)
        {
            if (stretches.Find(s => s.From <= month && !(s.To < month)) is { } stretch && stretch.Amount > written)
            {
                sum += stretch.Amount - written;
            }
        }

        return sum;
    }

    private RaisedHousehold Left(RaiseSource source, string why)
    {
        var last = source.Terms[^1];
        return new RaisedHousehold(Line(source, l =>
        {
            (l.Members, l.From, l.Why, l.State) = (last.Record?.Members ?? 0, raise.From, why, RaiseLineState.Left);
            (l.Before, l.After) = (last.Term.MonthlyAmount, last.Term.MonthlyAmount);
        }), []);
    }

    private StandardRaiseLine Line(RaiseSource source, Action<StandardRaiseLine> fill)
    {
        var line = new StandardRaiseLine
        {
            RaiseId = raise.Id,
            CaseId = source.Case.Id,
            BeneficiaryId = source.Case.ApplicantId,
            Name = source.Name,
            OrganisationId = source.Case.OrganisationId,
        };
        fill(line);
        return line;
    }
}
