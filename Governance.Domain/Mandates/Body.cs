using System.Collections.Immutable;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;

namespace Governance.Domain.Mandates;

/// <summary>
/// A body that decides, with every mandate in it, past ones too: one stream, so that an office cannot be given twice.
/// </summary>
public abstract record Body : IState<Body>
{
    private Body() { }

    public sealed record Unconstituted : Body;

    /// <param name="Weight">What a college's votes weigh beside the other colleges'; one for any other body.</param>
    /// <param name="Colleges">The colleges that compose a general assembly.</param>
    /// <param name="Reviews">How many times it has been reviewed (colleges).</param>
    /// <param name="RefinementWanted">The last review asked for a refinement that has not come yet.</param>
    public sealed record Constituted(
        BodyId Id,
        string Name,
        BodyKind Kind,
        int? Seats,
        Fraction Weight,
        IReadOnlyList<BodyId> Colleges,
        EffectiveTime Since,
        int Reviews = 0,
        bool RefinementWanted = false) : Body
    {
        // Looked up by person, member and office: a general assembly of many thousands folds in one pass.
        internal ImmutableDictionary<MandateId, Mandate> ById { get; init; } = ImmutableDictionary<MandateId, Mandate>.Empty;

        internal ImmutableDictionary<PersonId, ImmutableList<MandateId>> ByPerson { get; init; } = ImmutableDictionary<PersonId, ImmutableList<MandateId>>.Empty;

        internal ImmutableDictionary<MemberId, MandateId> LastOfMember { get; init; } = ImmutableDictionary<MemberId, MandateId>.Empty;

        internal ImmutableDictionary<Office, MandateId> LastInOffice { get; init; } = ImmutableDictionary<Office, MandateId>.Empty;

        /// <summary>Every mandate ever given in this body.</summary>
        public IEnumerable<Mandate> Mandates => ById.Values.OrderBy(m => m.Start.Instant).ThenBy(m => m.Id.Value);

        public Mandate? Find(MandateId mandate) => ById.GetValueOrDefault(mandate);

        /// <summary>The mandate that represents a member at an instant; null when none does.</summary>
        public Mandate? Representing(MemberId member, DateTimeOffset instant) =>
            LastOfMember.TryGetValue(member, out var last) && ById[last].HeldAt(instant)
                ? ById[last]
                : ById.Values.Where(m => m.Member == member && m.HeldAt(instant)).MinBy(m => m.Id.Value);

        /// <summary>Who holds an office at an instant, the last appointed where several do; null when it is vacant.</summary>
        public Mandate? InOffice(Office office, DateTimeOffset instant) =>
            LastInOffice.TryGetValue(office, out var last) && ById[last].HeldAt(instant)
                ? ById[last]
                : Mandates.LastOrDefault(m => m.Office == office && m.HeldAt(instant));

        /// <summary>The mandates of a person at an instant.</summary>
        public IEnumerable<Mandate> Of(PersonId person, DateTimeOffset instant) =>
            ByPerson.GetValueOrDefault(person, []).Select(id => ById[id]).Where(m => m.HeldAt(instant));

        /// <summary>
        /// How many terms in a row a person has held an office here up to an instant, the one under way included. A gap of
        /// any length breaks the row; an interim counts for none.
        /// </summary>
        public int ConsecutiveTerms(PersonId person, Office office, DateTimeOffset instant)
        {
            var terms = 0;
            DateTimeOffset? next = instant;
            foreach (var mandate in ByPerson.GetValueOrDefault(person, [])
                .Select(id => ById[id])
                .Where(m => m.Office == office && m.Start.Instant <= instant)
                .OrderByDescending(m => m.Start.Instant))
            {
                if (mandate.End is { } end && end < next)
                    break;
                terms += mandate.Terms;
                next = mandate.Start.Instant;
            }

            return terms;
        }
    }

    public sealed record Dissolved(Constituted Was, EffectiveTime On) : Body;

    public static Body Initial { get; } = new Unconstituted();

    public static StreamId Stream(BodyId id) => new($"body:{id}");

    /// <summary>Every college that a body has ever been made of, those that it no longer has too.</summary>
    public static IReadOnlyList<BodyId> CollegesNamedBy(Timeline<Body> body) =>
        [.. body.Recorded.Select(e => e.Event).SelectMany(e => e switch { BodyConstituted c => c.Colleges, BodyRecomposed r => r.Colleges, _ => [] }).Distinct()];

    /// <summary>The body while it is there, and as it was at the end once it is dissolved; null before.</summary>
    public Constituted? AsConstituted => this switch
    {
        Constituted body => body,
        Dissolved gone => gone.Was,
        _ => null,
    };

    /// <summary>Who holds what at an instant: terms, holdover, early ends and dissolution considered. Oldest mandate first.</summary>
    public IReadOnlyList<Holder> Holders(DateTimeOffset instant) => this switch
    {
        Constituted body => [.. body.Mandates.Where(m => m.HeldAt(instant)).Select(m => new Holder(
            m.Id, m.Person, m.Member, body.Kind == BodyKind.College ? body.Id : m.College, m.Office, m.Start, m.TermEnds,
            m.InHoldover(instant), m.AwaitingRatification, m.Interim))],
        Dissolved gone when instant < gone.On.Instant => gone.Was.Holders(instant),
        _ => [],
    };

    /// <summary>Whether a person holds a mandate of the body at an instant.</summary>
    public bool IsHeldBy(PersonId person, DateTimeOffset instant) => this switch
    {
        Constituted body => body.Of(person, instant).Any(),
        Dissolved gone when instant < gone.On.Instant => gone.Was.IsHeldBy(person, instant),
        _ => false,
    };

    /// <summary>A mandate of this body while it is held; null before, after, and of another body.</summary>
    public Mandate? Held(MandateId mandate, DateTimeOffset instant) => this switch
    {
        Constituted body => body.Find(mandate) is { } known && known.HeldAt(instant) ? known : null,
        Dissolved gone when instant < gone.On.Instant => gone.Was.Held(mandate, instant),
        _ => null,
    };

    public Body Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unconstituted, BodyConstituted e) => new Constituted(e.Body, e.Name, e.Kind, e.Seats, Fraction.One, e.Colleges, on),
        (Unconstituted, CollegeConstituted e) => new Constituted(e.College, e.Name, BodyKind.College, e.Seats, e.Weight, [], on),
        (Constituted { Kind: BodyKind.GeneralAssembly } body, BodyRecomposed e) => body with { Colleges = e.Colleges },
        (Constituted body, BodyRenamed e) => body with { Name = e.Name },
        (Constituted { Kind: BodyKind.College } body, CollegeReviewed e) => body with { Reviews = body.Reviews + 1, RefinementWanted = e.RefinementWanted },
        (Constituted { Kind: BodyKind.College } body, CollegeRefined e) => body with { Seats = e.Seats, Weight = e.Weight, RefinementWanted = false },
        (Constituted body, BodyDissolved) => new Dissolved(body, on),
        (Constituted body, MandateAppointed e) when MayBegin(body, e, on) => Begin(body, e, on),
        (Constituted body, MandateRatified e) when body.Find(e.Mandate) is { AwaitingRatification: true } m && m.HeldAt(on.Instant)
            => Change(body, m with { AwaitingRatification = false }),
        (Constituted body, MandateRenewed e) when body.Find(e.Mandate) is { } m && m.HeldAt(on.Instant)
            => Change(body, m with { TermEnds = e.TermEnds, Terms = m.Terms + 1, Interim = false }),
        (Constituted body, FirstTermDrawn e) when body.Find(e.Mandate) is { } m && m.HeldAt(on.Instant) => Change(body, m with { TermEnds = e.TermEnds }),
        (Constituted body, MandateEnded e) when body.Find(e.Mandate) is { Ended: null } m
            => Change(body, m with { Ended = on, Reason = e.Reason }),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    // What no rule of any statutes can allow: the same mandate twice, two in an office for one, a member twice in a college.
    private static bool MayBegin(Constituted body, MandateAppointed e, EffectiveTime on) =>
        body.Find(e.Mandate) is null
        && !(e.Office.IsUnique() && body.LastInOffice.TryGetValue(e.Office, out var holder) && body.ById[holder].HeldAt(on.Instant))
        && !(body.Kind == BodyKind.College && e.Member is { } member && body.LastOfMember.TryGetValue(member, out var last) && body.ById[last].HeldAt(on.Instant))
        && !(body.Seats is { } seats && body.ById.Count >= seats && body.ById.Values.Count(m => m.HeldAt(on.Instant)) >= seats);

    private static Constituted Begin(Constituted body, MandateAppointed e, EffectiveTime on)
    {
        var mandate = new Mandate(
            e.Mandate, e.Person, e.Member, e.College, e.Office, on, e.TermEnds, e.Holdover, e.Interim, e.CoOpted, e.Interim ? 0 : 1);
        return body with
        {
            ById = body.ById.Add(e.Mandate, mandate),
            ByPerson = body.ByPerson.SetItem(e.Person, body.ByPerson.GetValueOrDefault(e.Person, []).Add(e.Mandate)),
            LastOfMember = e.Member is { } member ? body.LastOfMember.SetItem(member, e.Mandate) : body.LastOfMember,
            LastInOffice = body.LastInOffice.SetItem(e.Office, e.Mandate),
        };
    }

    private static Constituted Change(Constituted body, Mandate mandate) => body with { ById = body.ById.SetItem(mandate.Id, mandate) };
}
