using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>Why a proxy gives no vote.</summary>
public enum ProxyFault
{
    /// <summary>The rules allow none.</summary>
    NotAllowed,

    /// <summary>The giver may not vote in this ballot.</summary>
    GiverNoElector,

    /// <summary>The giver is there: suspended.</summary>
    GiverPresent,
    NotWritten,
    TooLate,
    BlankRefused,

    /// <summary>A blank proxy that nobody has put into a hand yet.</summary>
    NotGivenOut,

    /// <summary>A blank proxy goes to the chair, and the opening names none.</summary>
    NoChair,
    ToOneself,
    HolderNoElector,

    /// <summary>The holder was an elector and is none any more.</summary>
    HolderLeft,
    OtherCollege,

    /// <summary>The holder declared an interest, and the rule keeps the votes in hand out too.</summary>
    HolderBarred,

    /// <summary>The holder has given the vote of an own mandate away.</summary>
    HolderGaveAway,
    TooMany,
    TooManyVotes,
}

/// <summary>What a holder has in hand, against the caps of the rule.</summary>
/// <param name="Proxies">How many, those that break a cap included.</param>
/// <param name="Votes">Their weight with that of the holder's own mandates.</param>
/// <param name="MostVotes">The share of the rule × all votes of the roll; null for no cap.</param>
public sealed record InHand(int Proxies, Fraction Votes, int? MostProxies, Fraction? MostVotes);

/// <summary>A running proxy, judged by the rule.</summary>
/// <param name="Holder">Who may cast the vote: the chair, where a blank proxy goes there; null for nobody yet.</param>
/// <param name="Fault">Null when it stands.</param>
public sealed record JudgedProxy(Proxy Proxy, PersonId? Holder, ProxyFault? Fault, InHand? InHand)
{
    public bool Stands => Fault is null;

    /// <summary>Whether the holder is in the meeting, in the room or remote.</summary>
    public bool HolderIsPresent(IEnumerable<Elector> roll) => roll.Any(e => e.Person == Holder && e.Present is Presence.InPerson or Presence.Remote);

    /// <summary>Judges all running proxies of a ballot together, first come first served. Pure.</summary>
    /// <param name="roll">The frozen roll; before the opening whoever holds a mandate in the body.</param>
    /// <param name="opens">When the window opens; null before the opening, when neither a deadline nor the chair is known.</param>
    /// <param name="chair">Who presides.</param>
    /// <param name="gone">Who is on the roll and is no elector any more: see <see cref="ProxyBasis"/>.</param>
    /// <param name="beside">Electors whom an interest of their own keeps off the roll: they hold proxies as electors do. Null for none.</param>
    public static IReadOnlyList<JudgedProxy> Judge(
        Applied<ProxiesRule> rule, IEnumerable<Elector> roll, IEnumerable<Proxy> proxies, EffectiveTime? opens, PersonId? chair, IReadOnlySet<PersonId> gone,
        IReadOnlyList<Elector>? beside = null)
    {
        var electors = roll.ToDictionary(e => e.Mandate);
        var byPerson = electors.Values.Concat(beside ?? []).ToLookup(e => e.Person);
        List<Proxy> running = [.. proxies.Where(p => p.End is null)];
        var gave = running.Where(p => electors.ContainsKey(p.Giver)).Select(p => electors[p.Giver].Person).ToHashSet();
        var content = rule.Content;
        var judged = running.ConvertAll(proxy =>
        {
            var named = proxy.Holder ?? (content.Blank == BlankProxies.ToTheChair ? chair : null);
            var left = named is { } person && AsksForElectors(content) && (gone.Contains(person) || !byPerson.Contains(person));
            var holder = left && content.HolderLeaves == HolderLeaves.NamedSubstitute && proxy.Substitute is { } substitute ? substitute : named;
            return new JudgedProxy(proxy, holder, FaultOf(content, proxy, holder, electors, byPerson, gave, opens, gone), null);
        });
        return Capped(content, judged, electors, byPerson);
    }

    private static ProxyFault? FaultOf(
        ProxiesRule rule, Proxy proxy, PersonId? holder, Dictionary<MandateId, Elector> electors, ILookup<PersonId, Elector> byPerson, HashSet<PersonId> gave,
        EffectiveTime? opens, IReadOnlySet<PersonId> gone)
    {
        if (!rule.Allowed)
            return ProxyFault.NotAllowed;
        if (!electors.TryGetValue(proxy.Giver, out var giver))
            return ProxyFault.GiverNoElector;
        if (giver.Present is Presence.InPerson or Presence.Remote or Presence.Postal)
            return ProxyFault.GiverPresent;
        if (rule.Written && proxy.Form == ProxyForm.Oral)
            return ProxyFault.NotWritten;
        if (Deadline(rule, opens) is { } deadline && proxy.On.Instant > deadline)
            return ProxyFault.TooLate;
        if (holder is not { } person)
        {
            return rule.Blank switch
            {
                BlankProxies.Refused => ProxyFault.BlankRefused,
                BlankProxies.GivenOut => ProxyFault.NotGivenOut,
                // Who will preside is not known before the opening.
                _ => opens is null ? null : ProxyFault.NoChair,
            };
        }

        if (person == giver.Person)
            return ProxyFault.ToOneself;
        if (AsksForElectors(rule) && gone.Contains(person))
            return ProxyFault.HolderLeft;
        if (rule.MembersOnly && !byPerson.Contains(person))
            return ProxyFault.HolderNoElector;
        if (rule.SameCollege && !byPerson[person].Any(own => own.College == giver.College))
            return ProxyFault.OtherCollege;
        return gave.Contains(person) ? ProxyFault.HolderGaveAway : null;
    }

    // Where anybody may hold a proxy, to be no elector any more changes nothing.
    private static bool AsksForElectors(ProxiesRule rule) => rule.MembersOnly || rule.SameCollege;

    /// <summary>The last instant at which a proxy is in time; null where there is none or it is not known yet.</summary>
    internal static DateTimeOffset? Deadline(ProxiesRule rule, EffectiveTime? opens) =>
        rule.DeadlineHours is { } hours && opens is { } open ? open.Instant.AddTicks(-hours * TimeSpan.TicksPerHour) : null;

    private static List<JudgedProxy> Capped(
        ProxiesRule rule, List<JudgedProxy> judged, Dictionary<MandateId, Elector> electors, ILookup<PersonId, Elector> byPerson)
    {
        if (rule.MostPerHolder is null && rule.MostShareOfVotes is null)
            return judged;
        var mostVotes = rule.MostShareOfVotes is { } share ? share * electors.Values.Aggregate(Fraction.Zero, (sum, e) => sum + e.Weight) : (Fraction?)null;
        var capped = judged.ToArray();
        foreach (var hand in judged.Index().Where(j => j.Item is { Stands: true, Holder: not null }).GroupBy(j => j.Item.Holder!.Value))
        {
            var (count, votes) = (0, byPerson[hand.Key].Where(e => electors.ContainsKey(e.Mandate)).Aggregate(Fraction.Zero, (sum, e) => sum + e.Weight));
            var over = new List<(int At, ProxyFault Fault)>();
            // What does not fit takes no place from what comes after it.
            var (kept, keptVotes) = (0, votes);
            // What a substitute takes over came into that hand after what was given to it.
            foreach (var (at, proxy) in hand.OrderBy(j => j.Item.Holder == j.Item.Proxy.Substitute))
            {
                var weight = electors[proxy.Proxy.Giver].Weight;
                (count, votes) = (count + 1, votes + weight);
                if (kept + 1 > rule.MostPerHolder)
                    over.Add((at, ProxyFault.TooMany));
                else if (keptVotes + weight > mostVotes)
                    over.Add((at, ProxyFault.TooManyVotes));
                else
                    (kept, keptVotes) = (kept + 1, keptVotes + weight);
            }

            var inHand = new InHand(count, votes, rule.MostPerHolder, mostVotes);
            foreach (var (at, proxy) in hand)
            {
                var fault = over.FindIndex(o => o.At == at) is >= 0 and var own ? over[own].Fault
                    : over.Count > 0 && rule.OverCap == OverCap.AllVoid ? over[0].Fault
                    : (ProxyFault?)null;
                capped[at] = proxy with { Fault = fault, InHand = inHand };
            }
        }

        return [.. capped];
    }
}
