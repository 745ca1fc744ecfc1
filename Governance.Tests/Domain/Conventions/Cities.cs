using System.Globalization;
using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Domain.Conventions;

/// <summary>The convention that the tests are about, step by step.</summary>
internal static class Cities
{
    public static readonly ConventionId Id = Named<ConventionId>("2023-2025");
    public static readonly StreamId Agreement = Convention.Stream(Id);
    public static readonly StreamId Book = DeliveryBook.Stream(Id);
    public static readonly ObjectiveId Webinars = Named<ObjectiveId>("webinars");
    public static readonly ObjectiveId Trainings = Named<ObjectiveId>("trainings");
    public static readonly IndicatorId WebinarsHeld = Named<IndicatorId>("webinars");
    public static readonly IndicatorId MeetingsHeld = Named<IndicatorId>("national meeting");
    public static readonly TrancheId FirstTranche = Named<TrancheId>("2023");
    public static readonly TrancheId SecondTranche = Named<TrancheId>("2024");
    public static readonly AmendmentId Amendment = Named<AmendmentId>("1");
    public static readonly DecisionReference Ballot = new(Named<BallotId>("board"));
    public static readonly DocumentId Report = Named<DocumentId>("report");
    public static readonly MemberId LaboCites = Named<MemberId>("Labo Cités");
    public static readonly MemberId Oriv = Named<MemberId>("ORIV");

    public static readonly Past Drafted = Given(
        On("2017", Member.Stream(LaboCites), new MemberAdmitted(LaboCites, new MemberName("Labo Cités"), false)),
        On("2017", Member.Stream(Oriv), new MemberAdmitted(Oriv, new MemberName("ORIV"), false)),
        On("2023", Agreement, new ConventionDrafted(Id, "Cités éducatives", "ANCT", Day("2023-01-01"), Day("2025-12-31"), 30_000_000, "DGESCO")));

    public static readonly Past Agreed = Drafted.And(
        On("2023", Agreement, new ObjectiveAdded(Webinars, "Webinaires", "Une série de trois par mois.")),
        On("2023", Agreement, new IndicatorAdded(WebinarsHeld, Webinars, "Webinaires tenus", DeliveryKind.Webinar)),
        On("2023", Agreement, new IndicatorAdded(MeetingsHeld, Webinars, "Rencontre nationale", DeliveryKind.NationalMeeting)),
        On("2023", Agreement, new TargetSet(WebinarsHeld, 2023, 36)),
        On("2023", Agreement, new TargetSet(WebinarsHeld, 2024, 36)),
        On("2023", Agreement, new TargetSet(MeetingsHeld, 2023, 1)),
        On("2023", Agreement, new TrancheAgreed(FirstTranche, "2023", 10_000_000, Time("2023-Q2"))));

    public static readonly Past Signed = Agreed.And(On("2023-03-15", Agreement, new ConventionSigned()));

    public static readonly Past Filed = Signed.And(On("2024-01-20", Document.Stream(Report), new DocumentFiled(
        Report, "Compte rendu 2023", DocumentKind.Other, new("application/pdf", 10, new string('a', 64)), new(AudienceKind.Association), Retention.Forever)));

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Timeline<Convention> Read(Past past) => past.Read<Convention>(Agreement);

    /// <summary>Two centres that carry a webinar.</summary>
    public static IReadOnlyList<DeliveryCentre> Pair(MemberId one, MemberId other) => [new(one, DeliveryRole.Pair), new(other, DeliveryRole.Pair)];
}
