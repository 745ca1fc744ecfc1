using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>
/// Compares what a ballot was opened on with what is known of that instant today, after a fact was recorded late. To be asked
/// of every ballot of a body after each event on the body, its colleges, the members represented there or the statutes. The roll is judged under the rule
/// that the ballot opened under: other statutes are named by themselves. To be asked of a second round too once its first is annulled.
/// </summary>
/// <param name="Late">The event recorded late.</param>
public sealed record RaiseIrregularity(BallotId Ballot, EventId Late, DateTimeOffset Now)
{
    /// <returns>No change when the opening would have been the same, or when the difference was raised before.</returns>
    /// <param name="first">The ballot whose second round it is; null for none.</param>
    public Decision Decide(Timeline<Ballot> ballot, OpeningBasis basis, Timeline<Ballot>? first)
    {
        if (ballot.Latest is not Ballots.Ballot.Held held)
            return ballot.Latest.Otherwise();
        if (first?.Recorded.LastOrDefault(e => e.Id == Late) is { Event: BallotAnnulled })
            return OfFirstRound(ballot, held);
        if (!basis.Body.Recorded.Concat(basis.Colleges.SelectMany(c => c.Recorded)).Concat(basis.Statutes.Recorded)
            .Concat(basis.Members.Values.SelectMany(m => m.Recorded)).Any(e => e.Id == Late))
            return new LateEventNotFound();

        var instant = held.Since.Instant;
        var today = basis.ElectorateAt(instant, held.Opening.Rules.Eligibility.Content, held.Opening.Convened);
        var outOfBase = held.Opening.OutOfBase ?? [];
        var electorate = Electorate.Compare(held.Roll.Values, today.Electors.Where(e => !outOfBase.Contains(e.Mandate)));
        var version = basis.Statutes.At(instant).InForceAt(instant)?.Id;
        var found = new IrregularityRaised(
            Ballot,
            Late,
            OpeningOf(ballot),
            electorate,
            version == held.Opening.Statutes ? null : version,
            NoStatutes: version is null && held.Opening.Statutes is not null,
            today.Colleges.SequenceEqual(held.Opening.Colleges) ? null : today.Colleges);
        if (found is { Electorate: null, Statutes: null, NoStatutes: false, Colleges: null }
            || held.Irregularities.Exists(i => i.What.Late == Late)
            || (held.Irregularities.FindLast(i => !i.What.FirstRoundAnnulled) is { } last && Same(last.What, found)))
            return Decision.NoChange;
        return ballot.Accept(BallotStanding.ActNow(Now, held.Last), found);
    }

    // Open when nobody could open it any more: whether its votes are kept all the same is for somebody to say.
    private Decision OfFirstRound(Timeline<Ballot> ballot, Ballot.Held held) => held.Irregularities.Exists(i => i.What.Late == Late)
        ? Decision.NoChange
        : ballot.Accept(BallotStanding.ActNow(Now, held.Last), new IrregularityRaised(Ballot, Late, OpeningOf(ballot), FirstRoundAnnulled: true));

    private static EventId OpeningOf(Timeline<Ballot> ballot) => ballot.Recorded.Last(e => e.Event is BallotOpened).Id;

    private static bool Same(IrregularityRaised left, IrregularityRaised right) =>
        left.Statutes == right.Statutes && left.NoStatutes == right.NoStatutes && Same(left.Electorate, right.Electorate)
        && (left.Colleges ?? []).SequenceEqual(right.Colleges ?? []);

    private static bool Same(ElectorateDifference? left, ElectorateDifference? right) => (left, right) switch
    {
        (null, null) => true,
        ({ } a, { } b) => a.Added.SequenceEqual(b.Added) && a.Removed.SequenceEqual(b.Removed) && a.Reweighed.SequenceEqual(b.Reweighed),
        _ => false,
    };
}
