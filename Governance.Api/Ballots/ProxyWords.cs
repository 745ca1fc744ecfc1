using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Governance.Domain.Ballots;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Ballots;

/// <summary>Proxies and who is left out, in words.</summary>
public static class ProxyWords
{
    /// <summary>For whom a vote is: « Conseil (présidence) », « Pour Ada, par procuration ».</summary>
    public static string For(OwnVote vote, IStringLocalizer<ProxyText> t) => vote.Giver is { } giver ? t["ForGiver", giver] : vote.In;

    /// <summary>The shape and the word of where a proxy stands.</summary>
    public static (StateKind Kind, string Word) State(ProxyLine proxy, IStringLocalizer<ProxyText> t) => proxy switch
    {
        { End: ProxyEnd.TakenBack } => (StateKind.Ended, t["TakenBack"]),
        { End: ProxyEnd.GiverCame } => (StateKind.Suspended, t["GiverCame"]),
        { GiverVoted: true } => (StateKind.Suspended, t["GiverVoted"]),
        { Stands: null } => (StateKind.Planned, t["JudgedAtOpening"]),
        { Stands: true } => (StateKind.Valid, t["Stands"]),
        { Fault: ProxyFault.GiverPresent } => (StateKind.Suspended, t["GiverCame"]),
        { Fault: ProxyFault.NotGivenOut } => (StateKind.Planned, t["NotGivenOut"]),
        _ => (StateKind.Invalid, t["Void"]),
    };

    /// <summary>What a holder has in hand against the caps.</summary>
    public static IReadOnlyList<WorkingLine> Working(InHand hand, IStringLocalizer<ProxyText> t) =>
    [
        .. hand.MostProxies is { } most ? [new WorkingLine(t["Hand.Proxies"], CountWording.Number(hand.Proxies)), new(t["Hand.MostProxies"], CountWording.Number(most))] : Array.Empty<WorkingLine>(),
        .. hand.MostVotes is { } votes ? [new WorkingLine(t["Hand.Votes"], BallotWords.Number(hand.Votes)), new(t["Hand.MostVotes"], BallotWords.Number(votes))] : Array.Empty<WorkingLine>(),
    ];

    /// <summary>Why a mandate is not on the roll, with the figures.</summary>
    public static string Reason(LeftOut why, TimeZoneInfo zone, IStringLocalizer<ProxyText> t) => why switch
    {
        DuesLate { GraceDays: > 0 } d => t["LeftOut.DuesGrace", d.Period, MoneyWording.Euros(d.OwedCents), Day(d.DueOn, zone), Day(d.AsOf, zone), CountWording.Number(d.GraceDays)],
        DuesLate d => t["LeftOut.Dues", d.Period, MoneyWording.Euros(d.OwedCents), Day(d.DueOn, zone), Day(d.AsOf, zone)],
        MembershipTooRecent r => t["LeftOut.TooRecent", Day(r.Since, zone), CountWording.Number(r.Days), CountWording.Number(r.NeededDays)],
        MembershipSuspended s => t["LeftOut.Suspended", Day(s.Since, zone)],
        NotAMember n => t["LeftOut.NotAMember", BallotWords.Name(n.Standing)],
        _ => throw new InvalidOperationException($"No words for {why}."),
    };

    private static string Day(Domain.Kernel.EffectiveTime on, TimeZoneInfo zone) => DateWording.Known(Domain.Kernel.LocalTime.DayOf(on.Instant, zone), on.Precision);
}
