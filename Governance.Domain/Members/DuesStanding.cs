using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Members;

/// <summary>How far the dues of a period are.</summary>
public enum DuesState
{
    /// <summary>Owed, and their day has not passed.</summary>
    Open,

    /// <summary>Owed, and their day has passed, the days of grace have not.</summary>
    InGrace,

    /// <summary>Owed, and the days of grace have passed too.</summary>
    Late,

    Paid,

    Waived,
}

/// <summary>What follows for a member whose dues are late.</summary>
public enum DuesConsequence
{
    /// <summary>Nothing: none of its dues is late.</summary>
    None,

    /// <summary>The rule asks for no dues of who votes.</summary>
    VotesAllTheSame,

    /// <summary>It is left out of the roll, where the rule has them counted at the moment asked for.</summary>
    NoVote,
}

/// <param name="GraceEnds">The last day on which a payment still counts as one in time.</param>
/// <param name="Events">What of the record it rests on: the call, the reduction, payments.</param>
public sealed record DuesWorking(Dues Dues, DuesState State, DateOnly DueDay, DateOnly GraceEnds, IReadOnlyList<Recorded> Events);

/// <summary>Whether a member is up to date with its dues at an instant, and on what that rests.</summary>
/// <param name="Rule">That the statutes give for a vote of the general assembly, with its article.</param>
/// <param name="Periods">In the order of the calls.</param>
/// <param name="SuspensionProposed">The rule has it considered to suspend the member, which has the rights of one.</param>
public sealed record DuesStanding(
    DateTimeOffset At, Applied<EligibilityRule> Rule, IReadOnlyList<DuesWorking> Periods, DuesConsequence Consequence, bool SuspensionProposed)
{
    public bool UpToDate => Periods.All(p => p.State != DuesState.Late);

    public static DuesStanding Of(Timeline<Member> member, Applied<EligibilityRule> rule, DateTimeOffset instant, TimeZoneInfo zone)
    {
        var state = member.At(instant);
        var grace = rule.Content.GraceDays;
        var happened = member.Effective.TakeWhile(e => e.On.Instant <= instant).ToList();
        IReadOnlyList<DuesWorking> periods =
        [
            .. state.Dues.Select(dues => new DuesWorking(
                dues, StateOf(dues, instant, grace, zone), LocalTime.LastDayOf(dues.DueOn, zone), dues.GraceEnds(grace, zone),
                [.. happened.Where(e => PeriodOf(e.Event) == dues.Period)])),
        ];
        var late = periods.Any(p => p.State == DuesState.Late);
        return new(
            instant, rule, periods,
            (late, rule.Content.Dues) switch
            {
                (false, _) => DuesConsequence.None,
                (_, DuesPaidBy.NotRequired) => DuesConsequence.VotesAllTheSame,
                _ => DuesConsequence.NoVote,
            },
            late && rule.Content.SuspensionProposed && state is Member.Active);
    }

    public static DuesState StateOf(Dues dues, DateTimeOffset instant, int graceDays, TimeZoneInfo zone) => dues switch
    {
        { IsWaived: true } => DuesState.Waived,
        { OwedCents: 0 } => DuesState.Paid,
        _ when dues.LateAt(instant, graceDays, zone) => DuesState.Late,
        _ when dues.LateAt(instant, 0, zone) => DuesState.InGrace,
        _ => DuesState.Open,
    };

    private static string? PeriodOf(IEvent happened) => happened switch
    {
        DuesCalled e => e.Period,
        DuesPaid e => e.Period,
        DuesPaymentReturned e => e.Period,
        DuesReduced e => e.Period,
        _ => null,
    };
}
