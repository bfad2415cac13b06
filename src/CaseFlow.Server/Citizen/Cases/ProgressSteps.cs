using CaseFlow.Cases.Calendar;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Kernel;
using Microsoft.Extensions.Localization;
using CaseFlow.Server.Components;

namespace CaseFlow.Server.Citizen.Cases;

/// <summary>The way of a case as a citizen reads it: a few steps in plain words, with the day or the expected day.</summary>
internal static class ProgressSteps
{
    private static readonly string[][] StagesOfStep =
    [
        ["Draft", "Submitted", "AwaitingCorrection"],
        ["Accepted", "Investigating", "VerificationFailed", "Recheck"],
        ["PreliminaryOpinion"],
        ["PublicNotice", "Objected"],
        ["Reported", "DistrictReview"],
        ["Confirmed", "Refused", "InForce", "Published", "ProposedStop", "Suspended", "Stopped"],
    ];

    private static readonly string[] Names = ["Accept", "Check", "Opinion", "Notice", "Result", "Pay"];

    /// <summary>The steps of a case. One that ended without a grant ends with what became of it; nothing after that is shown.</summary>
    public static IReadOnlyList<ProgressStep> Of(CitizenCase its, DateOnly today, IStringLocalizer texts)
    {
        var row = its.Row;
        if (row.Status == CaseStatus.ClosedWithoutGrant)
        {
            var accepted = row.AcceptedOn is not null;
            var ended = row.EndedAt is { } at ? Show.Date(DateOnly.FromDateTime(at.ToOffset(BusinessTime.Offset).DateTime), today) : "";
            return
            [
                new ProgressStep(texts[accepted ? "Citizen.Step.Accept" : "Citizen.Step.Submit"], StepState.Done, Remark("Accept", its, today, texts)),
                new ProgressStep(its.Stage, StepState.Current, ended),
            ];
        }

        var current = Array.FindIndex(StagesOfStep, s => s.Contains(row.Stage, StringComparer.Ordinal));
        var over = row.Status is CaseStatus.Ended or CaseStatus.InForce;
        var reached = current < 0 && over ? StagesOfStep.Length - 1 : Math.Max(current, 0);
        return [.. Names.Select((name, index) => new ProgressStep(
            texts[$"Citizen.Step.{name}"],
            over || index < reached ? StepState.Done : index == reached ? StepState.Current : StepState.ToCome,
            Remark(name, its, today, texts)))];
    }

    /// <summary>Until which month a benefit that ends is paid, and from which it is not.</summary>
    public static string PaidUntil(Month last, IStringLocalizer texts)
    {
        var next = last.Plus(1);
        return next.Year == last.Year
            ? texts["Citizen.PaidUntil", last.Year, last.MonthOfYear, next.MonthOfYear]
            : texts["Citizen.PaidUntilYear", last.Year, last.MonthOfYear, next.Year];
    }

    private static string Remark(string step, CitizenCase its, DateOnly today, IStringLocalizer texts) => step switch
    {
        "Accept" when its.Row.AcceptedOn is { } day => Show.Date(day, today),
        "Accept" => texts["Citizen.SubmittedOn", Show.Date(DateOnly.FromDateTime(its.Row.SubmittedAt.ToOffset(BusinessTime.Offset).DateTime), today)],
        "Notice" when its.NoticeEndsOn is { } ends => texts["Citizen.Until", Show.Date(ends, today)],
        "Result" when its.Row.DueOn is { } due && its.Row.Status == CaseStatus.Open => texts["Citizen.Before", Show.Date(due, today)],
        "Pay" when its.Row.BenefitTo is { } last => PaidUntil(last, texts),
        "Pay" when its.Row.BenefitFrom is { } from => texts["Citizen.PaidFrom", from.Year, from.MonthOfYear],
        "Pay" => texts["Citizen.PaidNextMonth"],
        _ => "",
    };
}

/// <summary>One step.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Remark">Day, expected day or who; may be empty.</param>
internal sealed record ProgressStep(string Name, StepState State, string Remark);
