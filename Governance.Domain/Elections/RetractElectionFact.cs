using Governance.Domain.Kernel;

namespace Governance.Domain.Elections;

/// <summary>Takes back a fact of an election. The call of one that no ballot put yet goes with all that was recorded of it, so that its seats can be put to another.</summary>
/// <param name="Event">The fact, of the election given.</param>
public sealed record RetractElectionFact(EventId Event, string Reason, EffectiveTime On)
{
    public Decision Decide(Timeline<Election> election)
    {
        var alone = new RetractFact(Event, Reason, On).Decide(election);
        if (alone is not Decision.Refused { Refusal: ImpossibleInHistory } || election.Latest is not Election.Called { Ballots.IsEmpty: true }
            || !election.Effective.Any(e => e.Id == Event && e.Event is ElectionCalled))
        {
            return alone;
        }

        List<Fact> facts = [.. election.Effective.Select(e => new Fact(election.Stream, new FactRetracted(e.Id, Reason), On))];
        return election.Refuses(facts) is { } impossible ? impossible : Decision.Accept(facts);
    }
}
