using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Mandates;

/// <summary>The bodies, people and members that these tests tell of, and which streams each command reads.</summary>
internal static class MandateStory
{
    public static readonly BodyId BoardId = Named<BodyId>("board");
    public static readonly BodyId CollegeId = Named<BodyId>("college of directors");
    public static readonly BodyId AssemblyId = Named<BodyId>("general assembly");
    public static readonly StreamId Board = Body.Stream(BoardId);
    public static readonly StreamId College = Body.Stream(CollegeId);
    public static readonly StreamId Assembly = Body.Stream(AssemblyId);

    public static readonly PersonId Ada = Named<PersonId>("Ada");
    public static readonly PersonId Grace = Named<PersonId>("Grace");
    public static readonly PersonId Mary = Named<PersonId>("Mary");
    public static readonly MemberId LaboCites = Named<MemberId>("Labo Cités");
    public static readonly MemberId Oriv = Named<MemberId>("ORIV");

    public static readonly MandateId First = Named<MandateId>("first");
    public static readonly MandateId Second = Named<MandateId>("second");
    public static readonly MandateId Third = Named<MandateId>("third");

    /// <summary>Three people, two members, a board and a college of directors, since 2020.</summary>
    public static readonly Past Network = Given(
        On("2020-01-01", Person.Stream(Ada), new PersonRegistered(Ada, SealedFor(Ada, "Ada"), false)),
        On("2020-01-01", Person.Stream(Grace), new PersonRegistered(Grace, SealedFor(Grace, "Grace"), false)),
        On("2020-01-01", Person.Stream(Mary), new PersonRegistered(Mary, SealedFor(Mary, "Mary"), false)),
        On("2020-01-01", Member.Stream(LaboCites), new MemberAdmitted(LaboCites, new MemberName("Labo Cités"), false)),
        On("2020-01-01", Member.Stream(Oriv), new MemberAdmitted(Oriv, new MemberName("ORIV"), false)),
        On("2020-01-01", Board, new BodyConstituted(BoardId, "Conseil", BodyKind.Board, [])),
        On("2020-01-01", College, new CollegeConstituted(CollegeId, "Cercle des directeurs", Fraction.One)));

    public static AppointToMandate Appoint(
        MandateId mandate,
        PersonId person,
        string when,
        Office office = Office.Seat,
        MemberId? member = null,
        string? until = null,
        bool coOpted = false,
        bool interim = false,
        BodyId? college = null) =>
        new(mandate, person, member, college, office, until is null ? null : Time(until), coOpted, interim, null, Time(when));

    public static Told When(this Past past, StreamId body, AppointToMandate command, MandateTerms? terms = null) =>
        past.When(p => command.Decide(
            p.Read<Body>(body),
            p.Read<Person>(Person.Stream(command.Person)),
            command.Member is { } member ? p.Read<Member>(Member.Stream(member)) : null,
            p.Others(body),
            terms ?? MandateTerms.Default,
            Paris));

    public static Told When(this Past past, StreamId body, RenewMandate command, MandateTerms? terms = null) =>
        past.When(p => command.Decide(p.Read<Body>(body), p.Others(body), terms ?? MandateTerms.Default, Paris));

    public static Told When(this Past past, StreamId body, EndMandate command) => past.When(p => command.Decide(p.Read<Body>(body)));

    public static Told When(this Past past, StreamId body, RatifyMandate command) => past.When(p => command.Decide(p.Read<Body>(body)));

    public static Told When(this Past past, StreamId body, ReplaceRepresentative command, MandateTerms? terms = null) =>
        past.When(p => command.Decide(
            p.Read<Body>(body),
            p.Read<Person>(Person.Stream(command.Person)),
            command.MemberRepresented(p.Read<Body>(body)) is { } member ? p.Read<Member>(Member.Stream(member)) : null,
            p.Others(body),
            terms ?? MandateTerms.Default));

    private static IReadOnlyList<Timeline<Body>> Others(this Past past, StreamId body) => [.. past.ReadAll<Body>("body").Where(b => b.Stream != body)];

    public static IEnumerable<MandateId> HeldOn(this Past past, StreamId body, string when) =>
        past.State<Body>(body).Holders(Time(when).Instant).Select(h => h.Mandate);
}
