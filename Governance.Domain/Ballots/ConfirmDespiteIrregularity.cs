using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>Lets a ballot stand in spite of a fact that was recorded late.</summary>
/// <param name="Late">The event recorded late, which names the irregularity.</param>
public sealed record ConfirmDespiteIrregularity(BallotId Ballot, EventId Late, string Reason, DateTimeOffset Now)
{
    public Decision Decide(Timeline<Ballot> ballot)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        if (ballot.Latest is not Ballots.Ballot.Held held)
            return ballot.Latest.Otherwise();
        return held.Irregularities.FindLast(i => i.What.Late == Late) switch
        {
            null => new IrregularityNotFound(),
            { Confirmed: not null } => Decision.NoChange,
            var found => ballot.Accept(BallotStanding.ActNow(Now, found.Since), new IrregularityConfirmed(Ballot, Late, Reason)),
        };
    }
}
