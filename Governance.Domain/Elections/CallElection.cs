using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Elections;

/// <summary>Says what is to be filled by a vote: how many seats, which ones, from when.</summary>
/// <param name="Electing">The body that elects.</param>
/// <param name="Body">The body to be filled.</param>
/// <param name="Seats">How many.</param>
/// <param name="Leaving">The mandates that leave them; fewer than <paramref name="Seats"/> where some have never been held.</param>
/// <param name="TermBegins">When those elected take their seats.</param>
public sealed record CallElection(
    ElectionId Election, string Title, BodyId Electing, BodyId Body, Office Office, int Seats, IReadOnlyList<MandateId> Leaving, EffectiveTime TermBegins,
    EffectiveTime On)
{
    /// <remarks>A seat left before its term was over is filled for the rest of that term, so that parts stay parts; any other for a full one.</remarks>
    /// <param name="terms">What the statutes in force then say of the mandates of the body to be filled.</param>
    /// <param name="others">At least every other election called for the same body, read after the register, each with its ballots in order.</param>
    public Decision Decide(
        Timeline<Election> election, Timeline<Body> electing, Timeline<Body> body, MandateTerms terms, Timeline<RegisterOfElections> register,
        IReadOnlyList<(Election.Called Called, IReadOnlyList<Timeline<Ballot>> Ballots)> others, TimeZoneInfo zone)
    {
        if ((Texts.Name("title", Title) ?? Texts.Number("seats", Seats, 1, Office.IsUnique() ? 1 : Voting.Question.MostOptions)) is { } wrong)
            return wrong;
        if (electing.At(On) is not Mandates.Body.Constituted)
            return electing.Missing(On);
        if (body.At(TermBegins) is not Mandates.Body.Constituted then)
            return body.Missing(TermBegins);
        if (Leaving.Count > Seats)
            return new MoreSeatsNamedThanFilled(Seats);
        if (Leaving.Distinct().Count() != Leaving.Count)
            return new SeatOfAnotherOffice(Office);

        var seats = new List<ElectedSeat>();
        foreach (var leaving in Leaving)
        {
            switch (then.Find(leaving))
            {
                case null:
                    return body.MandateMissing(leaving, TermBegins);
                case { Office: var office } when office != Office:
                    return new SeatOfAnotherOffice(Office);
                case var mandate when Stays(mandate):
                    return new SeatStillHeld(TermBegins);
                case var mandate:
                    seats.Add(new(mandate.TermEnds > TermBegins ? mandate.TermEnds : terms.FullTerm(TermBegins, zone), leaving));
                    break;
            }
        }

        var held = then.Mandates.Where(Stays).ToList();
        if (terms.SeatsIn(then.Seats) is { } limit && held.Count + Seats > limit)
            return new SeatsFull(limit, terms.Article);
        if (Office.IsUnique() && held.Exists(m => m.Office == Office))
            return new SeatStillHeld(TermBegins);
        seats.AddRange(Enumerable.Repeat(new ElectedSeat(terms.FullTerm(TermBegins, zone)), Seats - seats.Count));
        var call = new ElectionCalled(
            Election, Title, Electing, Body, Office, TermBegins, [.. seats.OrderByDescending(s => s.TermEnds?.Instant ?? DateTimeOffset.MaxValue)]);
        return election.Latest switch
        {
            Elections.Election.Uncalled when FilledBy(others, seats, held.Count, terms, then) is { } other => new SeatInAnotherElection(other.Call.Title),
            Elections.Election.Uncalled => Accept(election, call, register),
            Elections.Election.Called { Call: var known } when known.Title == Title && known.Electing == Electing && known.Body == Body && known.Office == Office
                && known.TermBegins == TermBegins && known.Seats.SequenceEqual(call.Seats) => Decision.NoChange,
            Elections.Election.Called { Call.Title: var title } => new ElectionAlreadyCalled(title),
            _ => new ElectionNotFound(),
        };
    }

    private Decision Accept(Timeline<Election> election, ElectionCalled call, Timeline<RegisterOfElections> register)
    {
        List<Fact> facts = [new(election.Stream, call, On), new(register.Stream, new ElectionListed(Election), On)];
        return (election.Refuses(facts) ?? register.Refuses(facts)) is { } impossible ? impossible : Kernel.Decision.Accept(facts);
    }

    // The election that is to fill one of these seats already: by the mandate that leaves it, as the only one of its office, or because no more are left.
    private Election.Called? FilledBy(
        IReadOnlyList<(Election.Called Called, IReadOnlyList<Timeline<Ballot>> Ballots)> others, IReadOnlyList<ElectedSeat> seats, int held, MandateTerms terms, Body.Constituted then)
    {
        var room = terms.SeatsIn(then.Seats) is { } limit ? limit - held - Seats : int.MaxValue;
        foreach (var (called, ballots) in others.Where(o => o.Called.Call.Body == Body))
        {
            var waiting = called.Waiting(ballots, terms.NextElected).Where(seat => seats.Any(mine => Overlap(mine, seat, called.Call.TermBegins))).ToList();
            room -= waiting.Count;
            if (room < 0 || waiting.Any(seat => seat.Of is { } of && Leaving.Contains(of)) || (Office.IsUnique() && called.Call.Office == Office && waiting.Count > 0))
                return called;
        }

        return null;
    }

    private bool Overlap(ElectedSeat mine, ElectedSeat theirs, EffectiveTime begins) => !(theirs.TermEnds <= TermBegins) && !(mine.TermEnds <= begins);

    private bool Stays(Mandate mandate) => mandate.HeldAt(TermBegins.Instant) && !mandate.InHoldover(TermBegins.Instant);
}
