using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>
/// What people are called, sealed: the only read model that carries names of people. Individuals who are members are here too, under their
/// member's id.
/// </summary>
public sealed class People : TimelineModel<People.Entry>
{
    private const string Stored = "people_1";

    /// <param name="Key">The person's id, or the member's where the member is an individual.</param>
    /// <param name="Person">Whose key opens the name.</param>
    /// <param name="Name">Null when the person was erased.</param>
    /// <param name="LabelOnly">The name is a label (« Représentant de … »), not a person's.</param>
    /// <param name="HeldUntil">The first instant at which the person can be erased; null when nothing holds.</param>
    public sealed record Entry(Guid Key, PersonId Person, Sealed? Name, Sealed? Email, bool LabelOnly, bool Erased, EffectiveTime? HeldUntil);

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds => ["person", "member"];

    public override IReadOnlyList<Type> Events =>
    [
        typeof(PersonRegistered), typeof(PersonNameChanged), typeof(PersonEmailChanged), typeof(LegalHoldPlaced), typeof(LegalHoldLifted), typeof(PersonErased),
        typeof(MembershipRequested), typeof(MemberAdmitted), typeof(MemberRenamed),
    ];

    public override IReadOnlyList<string> Indexes => ["(tenant, person)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Uuid("person", p => p.Person.Value)
        .Text("name", p => p.Name?.Ciphertext, optional: true)
        .Text("email", p => p.Email?.Ciphertext, optional: true)
        .Bool("label_only", p => p.LabelOnly)
        .Bool("erased", p => p.Erased)
        .Time("held_until", p => p.HeldUntil, optional: true);

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history) =>
        Segments.Of(history[0].Stream.Thing(), history, default(Entry), Evolve, p => p);

    private static Entry? Evolve(Entry? p, Recorded e) => (p, e.Event) switch
    {
        (null, PersonRegistered r) => new(r.Person.Value, r.Person, r.Name, r.Email, r.LabelOnly, false, null),
        (not null, PersonNameChanged n) => p with { Name = n.Name },
        (not null, PersonEmailChanged m) => p with { Email = m.Email },
        (not null, LegalHoldPlaced h) => p with { HeldUntil = p.HeldUntil is { } until && until > h.Until ? until : h.Until },
        (not null, LegalHoldLifted) => p with { HeldUntil = null },
        (not null, PersonErased) => p with { Name = null, Email = null, Erased = true },
        (_, MembershipRequested r) => OfMember(r.Member.Value, r.Name),
        (_, MemberAdmitted a) => OfMember(a.Member.Value, a.Name),
        (_, MemberRenamed n) => OfMember(e.Stream.Thing(), n.Name),
        _ => throw ImpossibleHistoryException.After((object?)p ?? "a person not registered", e.Event, e.On),
    };

    private static Entry? OfMember(Guid member, MemberName name) =>
        name.Individual is { } individual ? new(member, individual.Person, individual, null, false, false, null) : null;

    private const string Selected = "key, person, name, email, label_only, erased, held_until, held_until_precision";

    // Who is named by something of long ago may have been registered later: then the first entry known of them is given.
    private const string NearestToTheMoment = "order by key, effective @> @instant desc, abs(extract(epoch from lower(effective) - @instant))";

    /// <summary>Everybody registered at the view's moment, in the order of their ids; members who are individuals left out.</summary>
    public static ValueTask<IReadOnlyList<Entry>> ListAsync(ReadView view, CancellationToken ct = default) =>
        view.Database.ListAsync(view, $"select {Selected} from read.{Stored} p where {AsOf.Of("p")} and key = person order by key", Read, ct);

    /// <summary>Everybody who has a name at the view's moment, members who are individuals too, in the order of their keys.</summary>
    /// <param name="most">How many at most.</param>
    public static ValueTask<IReadOnlyList<Entry>> NamedAsync(ReadView view, int most, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select {Selected} from read.{Stored} p where {AsOf.Of("p")} and name is not null order by key limit @most", Read, ct, ("most", most));

    /// <summary>Who was erased and has a key all the same, of every association.</summary>
    public static ValueTask<IReadOnlyList<(AssociationId Association, PersonId Person)>> ErasedWithAKeyAsync(ReadDatabase reads, CancellationToken ct = default) =>
        reads.ListAsync(
            $"""
            select p.tenant, p.person from read.{Stored} p join governance.person_key k on k.tenant_id = p.tenant::text and k.person_id = p.person
            where p.erased and upper_inf(p.recorded) and k.wrapped_key is not null
            """,
            r => (r.Id<AssociationId>(0), r.Id<PersonId>(1)),
            ct);

    /// <summary>What people (or members who are individuals) are called at the view's moment; who is not known is left out.</summary>
    public static async ValueTask<IReadOnlyDictionary<Guid, Entry>> ManyAsync(ReadView view, IEnumerable<Guid> keys, CancellationToken ct = default)
    {
        var entries = await view.Database.ListAsync(
            view,
            $"select distinct on (key) {Selected} from read.{Stored} p where {AsOf.KnownOf("p")} and key = any(@keys) {NearestToTheMoment}",
            Read,
            ct,
            ("keys", keys.Distinct().ToArray())).ConfigureAwait(false);
        return entries.ToDictionary(entry => entry.Key);
    }

    /// <summary>Since when each person is registered.</summary>
    public static async ValueTask<IReadOnlyDictionary<PersonId, DateTimeOffset>> RegisteredAsync(ReadView view, CancellationToken ct = default)
    {
        var registered = await view.Database.ListAsync(
            view,
            $"select key, min(lower(effective)) from read.{Stored} p where {AsOf.KnownOf("p")} and key = person group by key",
            r => (Person: r.Id<PersonId>(0), Since: r.InstantOrNull(1)!.Value),
            ct).ConfigureAwait(false);
        return registered.ToDictionary(r => r.Person, r => r.Since);
    }

    /// <summary>Members who are this individual, at the view's moment.</summary>
    public static ValueTask<IReadOnlyList<MemberId>> MembersOfAsync(ReadView view, PersonId person, CancellationToken ct = default) => view.Database.ListAsync(
        view, $"select key from read.{Stored} p where {AsOf.Of("p")} and person = @person and key <> person order by key", r => r.Id<MemberId>(0), ct, ("person", person.Value));

    /// <summary>One person, or null when nothing is known of them.</summary>
    public static async ValueTask<Entry?> FindAsync(ReadView view, PersonId person, CancellationToken ct = default) =>
        (await ManyAsync(view, [person.Value], ct).ConfigureAwait(false)).GetValueOrDefault(person.Value);

    private static Entry Read(Npgsql.NpgsqlDataReader r)
    {
        var person = r.Id<PersonId>(1);
        return new(
            r.GetGuid(0), person, r.TextOrNull(2) is { } name ? new Sealed(person, name) : null,
            r.TextOrNull(3) is { } email ? new Sealed(person, email) : null, r.GetBoolean(4), r.GetBoolean(5), r.TimeOrNull(6));
    }
}
