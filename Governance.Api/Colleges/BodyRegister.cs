using Governance.Api.Ballots;
using Governance.Api.Mandates;
using Governance.Api.Members;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Projections.Runtime;

namespace Governance.Api.Colleges;

/// <summary>A body with who sits in it at one moment.</summary>
/// <param name="Seats">How many mandates it can have at once, by the statutes and by itself; null when nothing limits them.</param>
/// <param name="Taken">How many mandates are held in it; in a body composed of colleges, theirs too.</param>
/// <param name="Vacant">Seats that nobody holds; null when nothing limits them.</param>
/// <param name="Weight">What a college's votes weigh beside the other colleges'.</param>
/// <param name="Colleges">The colleges that compose a general assembly.</param>
/// <param name="Officers">Holders of an office other than a seat.</param>
/// <param name="Unrepresented">Of a college, the members that have no representative in it.</param>
/// <param name="RefinementWanted">The last review asked for a refinement that has not come yet.</param>
public sealed record BodySummary(
    BodyId Id, string Name, BodyKind Kind, EffectiveTime Since, int? Seats, int Taken, int? Vacant, Fraction Weight, IReadOnlyList<NamedBody> Colleges,
    IReadOnlyList<MandateLine> Officers, IReadOnlyList<NamedMember> Unrepresented, int Reviews, bool RefinementWanted);

/// <summary>Every body of the association at one moment.</summary>
/// <param name="EndingSoon">Mandates held whose term or known end is near, as the statutes say how near, soonest first; those in holdover too.</param>
public sealed record BodyRegister(IReadOnlyList<BodySummary> Bodies, int Members, IReadOnlyList<MandateLine> EndingSoon)
{
    public static async ValueTask<BodyRegister> AtAsync(ReadView view, MandateLines lines, MemberNames names, CancellationToken ct)
    {
        var bodies = await Projections.Bodies.ListAsync(view, ct);
        var held = await Projections.Mandates.ListAsync(view, ct);
        var members = (await Projections.Members.ListAsync(view, ct)).Where(m => m.Standing == MembershipStanding.Active).Select(m => m.Id).ToList();
        var named = await names.OfAsync(view, members, ct);
        var officers = (await lines.HeldAsync(view, [.. held.Where(m => m.Office != Office.Seat)], ct)).ToLookup(l => l.Body.Id);
        var byBody = held.ToLookup(m => m.Body);
        var rules = await BallotReads.RulesAsync(view, ct);
        var ending = await Mandates.EndingSoon.AtAsync(view, rules, bodies, ct);
        return new(
            [
                .. bodies.Select(b => Summary(
                    b, rules.MandateTerms(b.Kind), bodies, [.. byBody[b.Id]], b.Colleges.Sum(college => byBody[college].Count()), [.. officers[b.Id]], members, named)),
            ],
            members.Count,
            await lines.HeldAsync(view, ending, ct));
    }

    internal static BodySummary Summary(
        Projections.Bodies.Body body,
        MandateTerms terms,
        IReadOnlyList<Projections.Bodies.Body> all,
        IReadOnlyList<Projections.Mandates.Mandate> held,
        int heldInColleges,
        IReadOnlyList<MandateLine> officers,
        IReadOnlyList<MemberId> members,
        IReadOnlyDictionary<MemberId, NamedMember> named)
    {
        var represented = held.Where(m => m.Member is not null).Select(m => m.Member!.Value).ToHashSet();
        return new(
            body.Id, body.Name, body.Kind, body.Since, terms.SeatsIn(body.Seats), held.Count + heldInColleges, terms.SeatsIn(body.Seats) is { } seats ? Math.Max(0, seats - held.Count) : null, body.Weight,
            [.. body.Colleges.Select(id => all.FirstOrDefault(b => b.Id == id)).OfType<Projections.Bodies.Body>().Select(MandateLines.Of)],
            officers,
            body.Kind == BodyKind.College
                ? [.. members.Where(m => !represented.Contains(m)).Select(m => named[m]).OrderBy(m => m.Name, StringComparer.CurrentCulture)]
                : [],
            body.Reviews, body.RefinementWanted);
    }
}

/// <summary>A review of a college, or the refinement of its rules that came of one.</summary>
/// <param name="Findings">What the review found; of a refinement, its remark.</param>
public sealed record CollegeLesson(EventId Event, EffectiveTime On, bool IsRefinement, string Findings, bool RefinementWanted);

/// <summary>A seat that nobody holds.</summary>
/// <param name="LeftBy">The mandate whose end left it vacant; null of a seat that nobody has held.</param>
public sealed record VacantSeat(MandateLine? LeftBy);

/// <summary>One body at one moment: who holds what in it, who did, who will, what is missing and what comes up.</summary>
/// <param name="Stands">False once it was dissolved.</param>
/// <param name="Mandates">Those held, then the others, latest first.</param>
/// <param name="Terms">What the statutes in force say of its mandates.</param>
/// <param name="Vacancies">Vacant for longest first, then those never held; none where nothing limits the seats.</param>
/// <param name="Calendar">The seats due in the years to come.</param>
public sealed record BodyDossier(
    BodySummary Body, bool Stands, IReadOnlyList<MandateLine> Mandates, IReadOnlyList<CollegeLesson> Lessons, MandateTerms Terms,
    IReadOnlyList<VacantSeat> Vacancies, IReadOnlyList<SeatsDue> Calendar)
{
    /// <summary>How far ahead the seats due are told.</summary>
    private const int CalendarYears = 6;


    /// <summary>Null when it was not constituted yet at the view's moment.</summary>
    public static async ValueTask<BodyDossier?> AtAsync(
        ReadView view, BodyId id, MandateLines lines, MemberNames names, EventCatalogue catalogue, CancellationToken ct)
    {
        var standing = await Projections.Bodies.FindAsync(view, id, ct);
        if ((standing ?? (await Projections.Bodies.ManyAsync(view, [id], ct)).GetValueOrDefault(id)) is not { } body || body.Since.Instant > view.AsOf.Instant)
            return null;
        var held = await Projections.Mandates.InBodyAsync(view, id, ct);
        // Officers first, in the order of their offices, then seats by name.
        var mandates = (await lines.AllAsync(view, held, await Projections.Mandates.HistoryOfBodyAsync(view, id, ct), ct))
            .OrderBy(l => l.Stage)
            .ThenBy(l => l.Stage == MandateStage.Held && l.Office == Office.Seat)
            .ThenBy(l => l.Stage == MandateStage.Held ? l.Office : default)
            .ThenBy(l => l.Stage == MandateStage.Held ? l.Represents?.Name ?? l.Person.Name : null, StringComparer.CurrentCulture)
            .ToList();
        var heldInColleges = 0;
        foreach (var college in body.Colleges)
            heldInColleges += (await Projections.Mandates.InBodyAsync(view, college, ct)).Count;
        var members = standing?.Kind == BodyKind.College
            ? (await Projections.Members.ListAsync(view, ct)).Where(m => m.Standing == MembershipStanding.Active).Select(m => m.Id).ToList()
            : [];
        var terms = (await BallotReads.RulesAsync(view, ct)).MandateTerms(body.Kind);
        var zone = (await Projections.Associations.FindAsync(view, ct)) is { TimeZone: var name } ? TimeZoneInfo.FindSystemTimeZoneById(name) : TimeZoneInfo.Utc;
        return new(
            BodyRegister.Summary(
                body, terms, body.Colleges.Count == 0 ? [] : [.. (await Projections.Bodies.ManyAsync(view, body.Colleges, ct)).Values], held, heldInColleges,
                [.. mandates.Where(l => l.Stage == MandateStage.Held && l.Office != Office.Seat)], members, await names.OfAsync(view, members, ct)),
            standing is not null,
            mandates,
            body.Kind == BodyKind.College ? await LessonsAsync(view, id, catalogue, ct) : [],
            terms,
            standing is null ? [] : Vacant(mandates, terms.SeatsIn(body.Seats), view.AsOf.Instant),
            standing is null ? [] : RenewalCalendar.Of(
                mandates.Where(m => m.Stage == MandateStage.Held).Select(m => (m.Mandate, m.TermEnds)), terms.MaximumMonths,
                LocalTime.DayOf(view.AsOf.Instant, zone), CalendarYears, zone));
    }

    private static IReadOnlyList<VacantSeat> Vacant(IReadOnlyList<MandateLine> mandates, int? seats, DateTimeOffset instant)
    {
        if (seats is not { } limit)
            return [];
        var left = Domain.Mandates.Vacancies.LeftBy(
            mandates.Select(m => new Tenancy(m.Mandate, m.Since.Instant, m.Stage == MandateStage.Held ? null : m.Until?.Instant)), limit, instant);
        var vacant = Math.Max(0, limit - mandates.Count(m => m.Stage == MandateStage.Held));
        return
        [
            .. left.Select(id => new VacantSeat(mandates.First(m => m.Mandate == id))),
            .. Enumerable.Repeat(new VacantSeat(null), Math.Min(NeverHeldShown, vacant - left.Count)),
        ];
    }

    // An assembly may have many seats that nobody ever held: some of them say it for all.
    private const int NeverHeldShown = 20;

    private static async ValueTask<IReadOnlyList<CollegeLesson>> LessonsAsync(ReadView view, BodyId id, EventCatalogue catalogue, CancellationToken ct)
    {
        var page = await Projections.AuditHistory.PageAsync(
            view,
            new([id.Value], [EventCatalogue.NameOf(typeof(Domain.Colleges.CollegeReviewed)), EventCatalogue.NameOf(typeof(Domain.Colleges.CollegeRefined))]),
            Projections.AuditHistory.Order.Effective,
            null,
            100,
            ct);
        return
        [
            .. page.Entries.Where(e => !e.Retracted).Select(e => e.Read(catalogue) switch
            {
                Domain.Colleges.CollegeReviewed r => new CollegeLesson(e.Event, e.On, IsRefinement: false, r.Findings, r.RefinementWanted),
                Domain.Colleges.CollegeRefined r => new CollegeLesson(e.Event, e.On, IsRefinement: true, r.Remark, RefinementWanted: false),
                _ => null,
            }).OfType<CollegeLesson>(),
        ];
    }
}
