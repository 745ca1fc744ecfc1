using Governance.Domain.Kernel;

namespace Governance.Domain.Ballots;

/// <summary>Takes a ballot out of force, whatever its state; what it had decided stands no more.</summary>
/// <param name="Retroactive">From its opening (or date) on, as if it had never been; otherwise from now.</param>
/// <param name="Decision">The later decision that annuls it.</param>
public sealed record AnnulBallot(BallotId Ballot, string Reason, bool Retroactive, DecisionReference? Decision, DateTimeOffset Now)
{
    /// <param name="decision">The ballot that <see cref="Decision"/> names.</param>
    /// <param name="zone">The association's clocks: a document may tell of a decision by its day alone.</param>
    public Decision Decide(Timeline<Ballot> ballot, Timeline<Ballot>? decision, TimeZoneInfo zone)
    {
        if (Texts.Text("reason", Reason) is { } wrong)
            return wrong;
        if (Decision is not null)
        {
            ArgumentNullException.ThrowIfNull(decision);
            if (Decision.Ballot == Ballot)
                return new BallotAnnulsItself();
            if (decision.Stands() is { } refused)
                return refused;
        }

        return ballot.Latest switch
        {
            Ballots.Ballot.Unknown => new BallotNotFound(),
            Ballots.Ballot.Annulled known when known.Annulment.Reason == Reason => Kernel.Decision.NoChange,
            Ballots.Ballot.Annulled known => new BallotAlreadyAnnulled(known.On),
            // Only who decides after the tie was declared can know that it was, and only the body whose vote it was undoes it.
            Ballots.Ballot.Proclaimed { IsLeftToLot: true } tied
                when decision is null || decision.Latest.Body != tied.Draft.Body || decision.DecidedOn().PeriodEnd(zone) <= ballot.DeclaredOn().Instant =>
                new LotStandsUnlessDecided(tied.Opening.Rules.Tie.Article),
            var standing => ballot.Accept(From(standing), new BallotAnnulled(Ballot, Reason, Retroactive, Decision)),
        };
    }

    private EffectiveTime From(Ballots.Ballot standing) => standing switch
    {
        Ballots.Ballot.Held held => Retroactive ? held.Since : BallotStanding.ActNow(Now, held.Last),
        Ballots.Ballot.Transcribed transcribed => Retroactive ? transcribed.On : BallotStanding.ActNow(Now, transcribed.On),
        _ => EffectiveTime.At(Now),
    };
}
