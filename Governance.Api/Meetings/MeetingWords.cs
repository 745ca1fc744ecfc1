using Governance.Api.Ballots;
using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Api.Voting;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Microsoft.Extensions.Localization;
using Row = Governance.Projections.Meetings;

namespace Governance.Api.Meetings;

/// <summary>Meetings in words.</summary>
public static class MeetingWords
{
    /// <summary>The shape of a meeting's state and its word.</summary>
    public static (StateKind Kind, string Word) State(Row.Stage stage, IStringLocalizer<MeetingText> t) => (
        stage switch
        {
            Row.Stage.Planned => StateKind.Draft,
            Row.Stage.Convened => StateKind.Planned,
            Row.Stage.InSession => StateKind.Open,
            Row.Stage.Adjourned => StateKind.Suspended,
            Row.Stage.Closed => StateKind.Closed,
            Row.Stage.WithoutQuorum => StateKind.Invalid,
            _ => StateKind.Cancelled,
        },
        t["Stage." + stage]);

    /// <summary>Day and time where both are known, the period otherwise.</summary>
    public static string When(EffectiveTime on, TimeZoneInfo zone) =>
        on.Precision == Precision.Instant ? DateWording.Moment(on.Instant, zone) : DateWording.Known(on, zone);

    /// <summary>« à Lille et à distance ».</summary>
    public static string Where(string? place, bool remote, IStringLocalizer<MeetingText> t) => (place, remote) switch
    {
        (null, _) => t["Where.Remote"],
        (_, true) => t["Where.Both", place],
        _ => t["Where.Place", place],
    };

    /// <summary>The quorum's working, step by step.</summary>
    /// <param name="college">Name of a college by its id.</param>
    public static IReadOnlyList<StepInWords> Steps(
        QuorumFound quorum, Func<string?, string?> college, IStringLocalizer<BallotText> t, IStringLocalizer<MethodText> methods) =>
        BallotWords.Steps(quorum.Steps, college, t, new(option => option, college, methods));

    /// <summary>Who takes part by college, the threshold marked where the quorum is asked of each.</summary>
    public static IReadOnlyList<Bar> Bars(QuorumFound quorum, Func<string?, string?> college, IStringLocalizer<MeetingText> t)
    {
        var checks = quorum.Steps.OfType<QuorumChecked>().ToList();
        var bars = new List<Bar>();
        if (checks.Find(c => c.College is null) is { } whole)
            bars.Add(Bar(t["Quorum.Whole"], whole.TakingPart, whole));
        foreach (var part in quorum.Roll.Where(r => r.College is not null || quorum.Roll.Count == 1))
        {
            var present = (part.Presence ?? []).Aggregate(Tally.Zero, (sum, p) => sum + p.Tally);
            var check = part.College is null ? null : checks.Find(c => c.College == part.College);
            if (part.College is not null || bars.Count == 0)
                bars.Add(Bar(college(part.College) ?? t["Quorum.Whole"], check?.TakingPart ?? present.Heads, check, part.Members.Heads));
        }

        return bars;
    }

    private static Bar Bar(string label, Fraction taking, QuorumChecked? check, long? of = null) => new(
        label,
        Rounded(taking),
        check is null ? null : Rounded(check.Threshold),
        of is null && check is null ? BallotWords.Number(taking) : $"{BallotWords.Number(taking)} / {BallotWords.Number(check?.Total ?? of!.Value)}",
        ThresholdText: check is null ? null : BallotWords.Number(check.Threshold),
        Of: check is null ? of : Math.Max(1, Rounded(check.Total)));

    private static long Rounded(Fraction value) => (long)(value.Numerator / value.Denominator);
}
