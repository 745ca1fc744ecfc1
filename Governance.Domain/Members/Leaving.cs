using Governance.Domain.Kernel;
using Governance.Domain.Mandates;

namespace Governance.Domain.Members;

/// <summary>A member that leaves is represented nowhere any more.</summary>
internal static class Leaving
{
    /// <summary>
    /// The end of every mandate that still represents the member: at the instant of leaving, or at its own beginning when that
    /// comes later. A mandate that ended since then by itself keeps its end.
    /// </summary>
    public static IEnumerable<Fact> EndOfMandates(MemberId member, IReadOnlyList<Timeline<Body>> bodies, EffectiveTime on) =>
        bodies.SelectMany(body => body.Latest is Body.Constituted { Mandates: var mandates }
            ? mandates
                .Where(m => m.Member == member && m.Ended is null && !(m.End <= on.Instant))
                .Select(m => new Fact(body.Stream, new MandateEnded(m.Id, EndReason.MembershipEnded), m.Start > on ? m.Start : on))
            : []);

    public static Decision Decide(Timeline<Member> member, MemberId id, IEvent left, IReadOnlyList<Timeline<Body>> bodies, EffectiveTime on)
    {
        List<Fact> facts = [new(member.Stream, left, on), .. EndOfMandates(id, bodies, on)];
        var refused = bodies.Aggregate((Refusal?)member.Refuses(facts), (found, body) => found ?? body.Refuses(facts));
        return refused is null ? Decision.Accept(facts) : refused;
    }
}
