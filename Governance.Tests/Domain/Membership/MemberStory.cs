using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Membership;

/// <summary>The members that these tests tell of, and which streams each command reads.</summary>
internal static class MemberStory
{
    public static readonly MemberId LaboCites = Named<MemberId>("Labo Cités");
    public static readonly MemberId Oriv = Named<MemberId>("ORIV");
    public static readonly StreamId Labo = Member.Stream(LaboCites);

    public static MemberName Called(string organisation) => new(organisation);

    public static Fact Admitted(string when = "2020-01-01") => On(when, Labo, new MemberAdmitted(LaboCites, Called("Labo Cités"), false));

    public static Fact Reserved(string name, MemberId by, string when = "2020-01-01") =>
        On(when, MemberNameReservation.Stream(name), new MemberNameReserved(by));

    public static Told When(this Past past, ApplyForMembership command) =>
        past.When(p => command.Decide(p.Read<Member>(Member.Stream(command.Member)), NameOf(p, command.Name)));

    public static Told When(this Past past, AdmitMember command) =>
        past.When(p => command.Decide(
            p.Read<Member>(Member.Stream(command.Member)),
            NameOf(p, command.Name ?? p.State<Member>(Member.Stream(command.Member)).Register?.Name)));

    public static Told When(this Past past, RefuseApplication command) =>
        past.When(p => command.Decide(p.Read<Member>(Labo), NameOf(p, p.State<Member>(Labo).Register?.Name)));

    public static Told When(this Past past, SuspendMember command) => past.When(p => command.Decide(p.Read<Member>(Labo)));

    public static Told When(this Past past, ReinstateMember command) => past.When(p => command.Decide(p.Read<Member>(Labo)));

    public static Told When(this Past past, ResignMember command) =>
        past.When(p => command.Decide(p.Read<Member>(Labo), p.ReadAll<Body>("body")));

    public static Told When(this Past past, NotifyExclusion command, ExclusionRules? rules = null) =>
        past.When(p => command.Decide(p.Read<Member>(Labo), rules ?? new ExclusionRules(), Paris));

    public static Told When(this Past past, HearExclusion command) => past.When(p => command.Decide(p.Read<Member>(Labo)));

    public static Told When(this Past past, DropExclusion command) => past.When(p => command.Decide(p.Read<Member>(Labo)));

    public static Told When(this Past past, ExcludeMember command) =>
        past.When(p => command.Decide(p.Read<Member>(Labo), p.ReadAll<Body>("body")));

    public static Told When(this Past past, CallDues command) => past.When(p => command.Decide(p.Read<Member>(Labo)));

    public static Told When(this Past past, RecordDuesPayment command) => past.When(p => command.Decide(p.Read<Member>(Labo)));

    public static Told When(this Past past, ReadmitMember command) => past.When(p => command.Decide(p.Read<Member>(Labo)));

    public static Told When(this Past past, RenameMember command, string? former = "Labo Cités") =>
        past.When(p => command.Decide(
            p.Read<Member>(Labo),
            former is null ? null : p.Read<MemberNameReservation>(MemberNameReservation.Stream(former)),
            NameOf(p, command.Name)));

    private static Timeline<MemberNameReservation>? NameOf(Past past, MemberName? name) =>
        name?.Organisation is { } organisation ? past.Read<MemberNameReservation>(MemberNameReservation.Stream(organisation)) : null;
}
