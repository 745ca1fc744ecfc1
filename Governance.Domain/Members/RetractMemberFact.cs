using Governance.Domain.Kernel;

namespace Governance.Domain.Members;

/// <summary>Takes back a fact of a member, and with it what its command did to the names of organisations.</summary>
/// <param name="Event">The fact, of the member given.</param>
public sealed record RetractMemberFact(EventId Event, string Reason, EffectiveTime On)
{
    /// <summary>Every name of an organisation that the member ever bore: the reservations that the decision needs.</summary>
    public static IReadOnlyList<string> Names(Timeline<Member> member) =>
        [.. member.Recorded.Select(e => NameIn(e.Event)?.Organisation).OfType<string>().DistinctBy(MemberNameReservation.Slug)];

    /// <param name="names">Reservations of <see cref="Names"/>.</param>
    public Decision Decide(Timeline<Member> member, IReadOnlyList<Timeline<MemberNameReservation>> names)
    {
        var decision = new RetractFact(Event, Reason, On).Decide(member);
        if (decision is not Decision.Accepted { Facts: var facts })
            return decision;

        var borne = After(member, facts).Latest.Register?.Name.Organisation is { } name ? MemberNameReservation.Stream(name) : (StreamId?)null;
        List<Fact> all = [.. facts];
        all.AddRange(OfItsCommand(member, names)
            .Where(e => !(e.Event is MemberNameReserved && e.Stream == borne))
            .Select(e => new Fact(e.Stream, new FactRetracted(e.Id, Reason), On)));
        return names.Select(name => name.Refuses(all)).FirstOrDefault(refusal => refusal is not null) is { } refused ? refused : Decision.Accept(all);
    }

    /// <summary>What was recorded of names in one go with the fact: a command's events stand one after another in the log, the member's first.</summary>
    private IEnumerable<Recorded> OfItsCommand(Timeline<Member> member, IReadOnlyList<Timeline<MemberNameReservation>> names)
    {
        var at = member.Recorded.First(e => e.Id == Event).Position;
        return names.SelectMany(name => name.Recorded)
            .Where(e => e.Position > at && e.Event is (MemberNameReserved or MemberNameReleased))
            .OrderBy(e => e.Position)
            .TakeWhile((e, i) => e.Position == at + i + 1);
    }

    private static Timeline<Member> After(Timeline<Member> member, IReadOnlyList<Fact> facts)
    {
        var last = member.Recorded[^1];
        return new(member.Stream, member.Version + facts.Count, [.. member.Recorded, .. facts.Select(f => last with { Id = default, Event = f.Event, On = f.On })]);
    }

    private static MemberName? NameIn(IEvent happened) => happened switch
    {
        MembershipRequested e => e.Name,
        MemberAdmitted e => e.Name,
        MemberRenamed e => e.Name,
        _ => null,
    };
}
