using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>What the proxies of a ballot are judged on beside its roll: all of it is a condition of the append.</summary>
/// <param name="Proxies">Of this ballot.</param>
/// <param name="Body">The body that the draft names.</param>
/// <param name="Colleges">The bodies that this body names as its colleges.</param>
/// <param name="Members">Those of <see cref="MembersOf"/>.</param>
public sealed record ProxyBasis(
    Timeline<ProxyBook> Proxies, Timeline<Body> Body, IReadOnlyList<Timeline<Body>> Colleges, IReadOnlyDictionary<MemberId, Timeline<Member>> Members)
{
    /// <summary>Of a ballot that was opened and in which no proxy is given: nothing else is asked.</summary>
    public static ProxyBasis WithoutProxies(Timeline<ProxyBook> proxies) =>
        new(proxies, new(Mandates.Body.Stream(default), 0, []), [], new Dictionary<MemberId, Timeline<Member>>());

    /// <summary>Who holds, or would hold, a proxy of a ballot.</summary>
    /// <param name="others">Into whose hand one is about to come.</param>
    public static IReadOnlySet<PersonId> HoldersOf(IEnumerable<Proxy> proxies, PersonId? chair, params IReadOnlyList<PersonId?> others) =>
        proxies.Where(p => p.End is null).SelectMany(p => new[] { p.Holder, p.Substitute }).Append(chair).Concat(others).OfType<PersonId>().ToHashSet();

    /// <summary>The members whom these people represent by their mandates on the roll: whoever is excluded, suspended or has left makes no elector.</summary>
    public static IReadOnlyList<MemberId> MembersOf(
        Ballot.Held ballot, IReadOnlySet<PersonId> people, Timeline<Body> body, IReadOnlyList<Timeline<Body>> colleges)
    {
        IReadOnlyList<Body> bodies = [body.Latest, .. colleges.Select(c => c.Latest)];
        return
        [
            .. ballot.Roll.Values.Where(e => people.Contains(e.Person))
                .SelectMany(e => bodies.Select(b => b.AsConstituted?.Find(e.Mandate)?.Member)).OfType<MemberId>().Distinct(),
        ];
    }

    /// <summary>
    /// Who of these people is on the roll and no elector any more at an instant: every mandate of theirs there is over, or stands for somebody who is no
    /// member in good standing.
    /// </summary>
    public IReadOnlySet<PersonId> GoneAt(Ballot.Held ballot, IReadOnlySet<PersonId> people, EffectiveTime on)
    {
        if (people.Count == 0)
            return people;
        IReadOnlyList<Body> bodies = [Body.At(on), .. Colleges.Select(c => c.At(on))];
        bool Stays(Elector elector) => bodies.Select(b => b.Held(elector.Mandate, on.Instant)).OfType<Mandate>().FirstOrDefault() is { } mandate
            && (mandate.Member is not { } member || Members[member].At(on) is Member.Active);
        return ballot.Roll.Values.Where(e => people.Contains(e.Person)).GroupBy(e => e.Person).Where(own => !own.Any(Stays)).Select(own => own.Key).ToHashSet();
    }

    /// <summary>The running proxies of a ballot as they are at an instant.</summary>
    public IReadOnlyList<JudgedProxy> JudgeAt(Ballot.Held ballot, EffectiveTime on) => Proxies.Latest.All.IsEmpty ? [] : JudgedProxy.Judge(
        ballot.ProxiesRule, ballot.Roll.Values, Proxies.Latest.All, ballot.Opening.Opens, ballot.Chair,
        GoneAt(ballot, HoldersOf(Proxies.Latest.All, ballot.Chair), on), ballot.Opening.Beside);

    /// <summary>On what a proxy is put into a hand: before the opening the mandates held now, from then on the frozen roll.</summary>
    /// <param name="voted">The vote of the giver is cast.</param>
    /// <param name="others">Into whose hand it is to come.</param>
    internal (ProxyGround? Ground, Refusal? Refused) GroundAt(
        Timeline<Ballot> ballot, bool voted, Timeline<StatutesVersions> statutes, DateTimeOffset now, params IReadOnlyList<PersonId?> others)
    {
        var on = EffectiveTime.At(now);
        switch (ballot.Latest)
        {
            case Ballot.Drafted drafted:
                if (Body.At(on) is not Body.Constituted constituted)
                    return (null, new BallotBodyNotFound());
                var rule = statutes.At(on).RulesAt(now).Proxies(constituted.Kind, drafted.Draft.Decision);
                return (new(rule, Electorate.At(constituted, [.. Colleges.Select(c => c.At(on))], now).Electors, null, null, new HashSet<PersonId>()), null);
            case Ballot.Open open when on >= open.Opening.Closes:
                return (null, new ClosingTimePassed(open.Opening.Closes));
            case Ballot.Open when voted:
                return (null, new ProxyAfterVoting());
            case Ballot.Open open:
                var gone = GoneAt(open, HoldersOf(Proxies.Latest.All, open.Chair, others), on);
                return (new(open.ProxiesRule, [.. open.Roll.Values], open.Opening.Opens, open.Chair, gone, open.Opening.Beside), null);
            case Ballot.Closed closed:
                return (null, new BallotClosedAlready(closed.On));
            case var otherwise:
                return (null, otherwise.Otherwise());
        }
    }
}

/// <summary>What stands around a proxy that is put into a hand.</summary>
/// <param name="Opens">When the window opens; null before the opening.</param>
/// <param name="Gone">Who is on the roll and is no elector any more.</param>
/// <param name="Beside">Electors whom an interest of their own keeps off the roll.</param>
internal sealed record ProxyGround(Applied<ProxiesRule> Rule, IReadOnlyList<Elector> Electors, EffectiveTime? Opens, PersonId? Chair, IReadOnlySet<PersonId> Gone,
    IReadOnlyList<Elector>? Beside = null)
{
    public Elector? Elector(MandateId mandate) => Electors.FirstOrDefault(e => e.Mandate == mandate);

    /// <summary>A giver's proxy with all others but those of givers who are there: theirs are suspended.</summary>
    public IReadOnlyList<Proxy> Standing(IEnumerable<Proxy> proxies, MandateId giver) =>
        [.. proxies.Where(p => p.Giver == giver || Elector(p.Giver)?.Present is not (Presence.InPerson or Presence.Remote))];

    public IReadOnlyList<JudgedProxy> Judge(IEnumerable<Proxy> proxies) => JudgedProxy.Judge(Rule, Electors, proxies, Opens, Chair, Gone, Beside);

    /// <summary>What stands against proxies among which the vote of a giver has come into a hand; null when nothing does.</summary>
    /// <param name="received">It was given already, on paper or by word of mouth: what breaks a cap is entered, and the rule says what is void.</param>
    public Refusal? Refuses(IReadOnlyList<Proxy> next, Elector giver, bool received)
    {
        var judged = Judge(next);
        if (judged.Any(p => p.Fault == ProxyFault.HolderGaveAway && p.Holder == giver.Person))
            return new ProxyChain(Rule.Article);
        var own = judged.First(p => p.Proxy.Giver == giver.Mandate);
        return own.Proxy.Holder is not null && own.Holder != own.Proxy.Holder ? new ProxyHolderNoElector(Rule.Article) : Fault(own, received);
    }

    private Refusal? Fault(JudgedProxy judged, bool received) => judged.Fault switch
    {
        null or ProxyFault.NotGivenOut => null,
        ProxyFault.TooMany or ProxyFault.TooManyVotes when received => null,
        ProxyFault.NotAllowed => new ProxiesNotAllowed(Rule.Article),
        ProxyFault.GiverPresent => new ProxyGiverPresent(),
        ProxyFault.NotWritten => new ProxyNotWritten(Rule.Article),
        ProxyFault.TooLate => new ProxyTooLate(EffectiveTime.At(JudgedProxy.Deadline(Rule.Content, Opens)!.Value), Rule.Article),
        ProxyFault.BlankRefused => new BlankProxyRefused(Rule.Article),
        ProxyFault.NoChair => new BlankProxyWithoutChair(Rule.Article),
        ProxyFault.ToOneself => new ProxyToOneself(),
        ProxyFault.HolderNoElector or ProxyFault.HolderLeft => new ProxyHolderNoElector(Rule.Article),
        ProxyFault.OtherCollege => new ProxyOfAnotherCollege(Rule.Article),
        ProxyFault.HolderGaveAway => new ProxyChain(Rule.Article),
        ProxyFault.TooMany => new ProxyCapReached(Rule.Content.MostPerHolder!.Value, Rule.Article),
        ProxyFault.TooManyVotes => new ProxyShareReached(judged.InHand!.Votes, judged.InHand.MostVotes!.Value, Rule.Article),
        var fault => throw new InvalidOperationException($"{fault} cannot be at the giving of a proxy."),
    };

    /// <summary>What stands against a substitute; null when nothing does.</summary>
    public Refusal? Refuses(IReadOnlyList<Proxy> next, Elector giver, PersonId substitute, PersonId? holder)
    {
        if (Rule.Content.HolderLeaves != HolderLeaves.NamedSubstitute)
            return new SubstituteNotForeseen(Rule.Article);
        if (substitute == holder || substitute == giver.Person)
            return new SubstituteNobodyElse();
        // Judged as if it were in that hand; what is there by then is counted when it comes there.
        var held = next.Select(p => p.Giver == giver.Mandate ? p with { Holder = substitute, Substitute = null } : p);
        return Fault(Judge(held).First(p => p.Proxy.Giver == giver.Mandate), received: true);
    }
}
