using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Members;

namespace Governance.Api.Conventions;

/// <param name="When">The day, month... on which it is to take place.</param>
/// <param name="Days">How many days it takes.</param>
/// <param name="Pair">The two centres that carry it: of a webinar always.</param>
/// <param name="Organisers">Centres that help organise and run it.</param>
/// <param name="Themes">Centres that give themes.</param>
/// <param name="Speakers">Centres that give speakers.</param>
/// <param name="Sequences">Centres that run sequences.</param>
public sealed record PlanDeliveryRequest(
    ConventionId Convention, IndicatorId Indicator, string Title, EffectiveTime When, int Days = 1, string? Place = null, IReadOnlyList<MemberId>? Pair = null,
    IReadOnlyList<MemberId>? Organisers = null, IReadOnlyList<MemberId>? Themes = null, IReadOnlyList<MemberId>? Speakers = null,
    IReadOnlyList<MemberId>? Sequences = null, DeliveryId? Delivery = null);

/// <summary>Centres as of <see cref="PlanDeliveryRequest"/>, in the place of those before.</summary>
public sealed record AssignDeliveryCentresRequest(
    ConventionId Convention, DeliveryId Delivery, IReadOnlyList<MemberId>? Pair = null, IReadOnlyList<MemberId>? Organisers = null,
    IReadOnlyList<MemberId>? Themes = null, IReadOnlyList<MemberId>? Speakers = null, IReadOnlyList<MemberId>? Sequences = null);

public sealed record MoveDeliveryRequest(ConventionId Convention, DeliveryId Delivery, EffectiveTime When, string Reason);

/// <param name="Evidence">The document that shows it.</param>
public sealed record CarryOutDeliveryRequest(ConventionId Convention, DeliveryId Delivery, int? Participants = null, DocumentId? Evidence = null);

public sealed record CancelDeliveryRequest(ConventionId Convention, DeliveryId Delivery, string Reason);

/// <summary>What can be asked of what is delivered under a convention.</summary>
public static class DeliveryUseCases
{
    public static UseCase<PlanDeliveryRequest> Plan { get; } = new(
        nameof(PlanDelivery),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var id = r.Delivery ?? deciding.NewId<DeliveryId>("delivery");
            var (book, convention) = await deciding.ReadAsync<DeliveryBook, Convention>(DeliveryBook.Stream(r.Convention), Convention.Stream(r.Convention), ct);
            var centres = Centres(r.Pair, r.Organisers, r.Themes, r.Speakers, r.Sequences);
            return new PlanDelivery(r.Convention, id, r.Indicator, r.Title, r.When, r.Days, r.Place, centres, deciding.On)
                .Decide(convention, book, await MembersAsync(centres, deciding, ct), deciding.Zone);
        });

    public static UseCase<AssignDeliveryCentresRequest> AssignCentres { get; } = new(
        nameof(AssignDeliveryCentres),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var book = await deciding.ReadAsync<DeliveryBook>(DeliveryBook.Stream(r.Convention), ct);
            var centres = Centres(r.Pair, r.Organisers, r.Themes, r.Speakers, r.Sequences);
            return new AssignDeliveryCentres(r.Delivery, centres, deciding.On).Decide(book, await MembersAsync(centres, deciding, ct));
        });

    public static UseCase<MoveDeliveryRequest> Move { get; } = new(
        nameof(MoveDelivery),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var (book, convention) = await deciding.ReadAsync<DeliveryBook, Convention>(DeliveryBook.Stream(r.Convention), Convention.Stream(r.Convention), ct);
            return new MoveDelivery(r.Delivery, r.When, r.Reason, deciding.On).Decide(convention, book, deciding.Zone);
        });

    public static UseCase<CarryOutDeliveryRequest> CarryOut { get; } = new(
        nameof(CarryOutDelivery),
        Permission.KeepConventions,
        async (r, deciding, ct) =>
        {
            var (book, convention) = await deciding.ReadAsync<DeliveryBook, Convention>(DeliveryBook.Stream(r.Convention), Convention.Stream(r.Convention), ct);
            var evidence = r.Evidence is { } document ? await deciding.ReadAsync<Document>(Document.Stream(document), ct) : null;
            return new CarryOutDelivery(r.Delivery, r.Participants, r.Evidence, deciding.On).Decide(convention, book, evidence, deciding.Zone);
        })
    { Dating = Dating.Happened };

    public static UseCase<CancelDeliveryRequest> Cancel { get; } = UseCase.On<CancelDeliveryRequest, DeliveryBook>(
        nameof(CancelDelivery), Permission.KeepConventions, r => DeliveryBook.Stream(r.Convention), (r, book, on) => new CancelDelivery(r.Delivery, r.Reason, on).Decide(book));

    public static IReadOnlyList<Importable> Importable { get; } =
        [Import.Importable.Of(Plan), Import.Importable.Of(AssignCentres), Import.Importable.Of(Move), Import.Importable.Of(CarryOut), Import.Importable.Of(Cancel)];

    private static IReadOnlyList<DeliveryCentre> Centres(
        IReadOnlyList<MemberId>? pair, IReadOnlyList<MemberId>? organisers, IReadOnlyList<MemberId>? themes, IReadOnlyList<MemberId>? speakers,
        IReadOnlyList<MemberId>? sequences) =>
    [
        .. Of(pair, DeliveryRole.Pair), .. Of(organisers, DeliveryRole.Organiser), .. Of(themes, DeliveryRole.Theme), .. Of(speakers, DeliveryRole.Speaker),
        .. Of(sequences, DeliveryRole.Sequence),
    ];

    private static IEnumerable<DeliveryCentre> Of(IReadOnlyList<MemberId>? centres, DeliveryRole role) => (centres ?? []).Select(centre => new DeliveryCentre(centre, role));

    private static async ValueTask<IReadOnlyList<Timeline<Member>>> MembersAsync(IReadOnlyList<DeliveryCentre> centres, Deciding deciding, CancellationToken ct) =>
        centres.Count == 0 ? [] : await deciding.ReadAllAsync<Member>([.. centres.Select(c => c.Centre).Distinct().Select(Member.Stream)], ct);
}
