using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Statutes;

namespace Governance.Api.Mandates;

public sealed record ConstituteBodyRequest(
    string Name, BodyKind Kind, IReadOnlyList<BodyId>? Colleges = null, int? Seats = null, DecisionReference? Decision = null, BodyId? Body = null);

public sealed record RecomposeBodyRequest(BodyId Body, IReadOnlyList<BodyId> Colleges, DecisionReference? Decision = null);

public sealed record RenameBodyRequest(BodyId Body, string Name);

public sealed record DissolveBodyRequest(BodyId Body, string Reason, DecisionReference? Decision = null);

public sealed record AppointToMandateRequest(
    BodyId Body,
    PersonId Person,
    Office Office = Office.Seat,
    MemberId? Member = null,
    BodyId? College = null,
    EffectiveTime? TermEnds = null,
    bool CoOpted = false,
    bool Interim = false,
    DecisionReference? Decision = null,
    MandateId? Mandate = null);

public sealed record MandateRequest(BodyId Body, MandateId Mandate, DecisionReference? Decision = null);

public sealed record RenewMandateRequest(BodyId Body, MandateId Mandate, EffectiveTime? TermEnds = null, DecisionReference? Decision = null);

public sealed record EndMandateRequest(BodyId Body, MandateId Mandate, EndReason Reason, DecisionReference? Decision = null);

/// <param name="FirstLot">The mandates that end first.</param>
/// <param name="ThirdLot">Null where the body is renewed by halves.</param>
/// <param name="Minutes">What the minutes of the draw are known by.</param>
public sealed record DrawFirstTermsRequest(
    BodyId Body, IReadOnlyList<MandateId> FirstLot, IReadOnlyList<MandateId> SecondLot, string Minutes, IReadOnlyList<MandateId>? ThirdLot = null, MeetingId? Meeting = null);

public sealed record ReplaceRepresentativeRequest(
    BodyId Body, MandateId Mandate, PersonId Person, DecisionReference? Decision = null, MandateId? Next = null);

/// <summary>What can be asked of bodies and of the mandates held in them.</summary>
public static class MandateUseCases
{
    public static UseCase<ConstituteBodyRequest> Constitute { get; } = new(
        nameof(ConstituteBody),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var id = request.Body ?? deciding.NewId<BodyId>("body");
            var (body, register) = await deciding.ReadAsync<Body, RegisterOfBodies>(Body.Stream(id), RegisterOfBodies.Stream, ct);
            var colleges = await deciding.ReadAllAsync<Body>([.. (request.Colleges ?? []).Select(Body.Stream)], ct);
            return new ConstituteBody(id, request.Name, request.Kind, request.Seats, request.Colleges ?? [], request.Decision, deciding.On)
                .Decide(body, register, colleges);
        });

    public static UseCase<RecomposeBodyRequest> Recompose { get; } = new(
        nameof(RecomposeBody),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var body = await deciding.ReadAsync<Body>(Body.Stream(request.Body), ct);
            var colleges = await deciding.ReadAllAsync<Body>([.. request.Colleges.Select(Body.Stream)], ct);
            return new RecomposeBody(request.Colleges, request.Decision, deciding.On).Decide(body, colleges);
        });

    public static UseCase<RenameBodyRequest> Rename { get; } = Of<RenameBodyRequest>(
        nameof(RenameBody), r => r.Body, (r, body, on) => new RenameBody(r.Name, on).Decide(body));

    public static UseCase<DissolveBodyRequest> Dissolve { get; } = Of<DissolveBodyRequest>(
        nameof(DissolveBody), r => r.Body, (r, body, on) => new DissolveBody(r.Reason, r.Decision, on).Decide(body));

    public static UseCase<AppointToMandateRequest> Appoint { get; } = new(
        nameof(AppointToMandate),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var (body, person) = await deciding.ReadAsync<Body, Person>(Body.Stream(request.Body), Person.Stream(request.Person), ct);
            var member = request.Member is { } represented ? await deciding.ReadAsync<Member>(Member.Stream(represented), ct) : null;
            var others = await OthersAsync(body, deciding, ct);
            return new AppointToMandate(
                    request.Mandate ?? deciding.NewId<MandateId>("mandate"), request.Person, request.Member, request.College, request.Office,
                    request.TermEnds, request.CoOpted, request.Interim, request.Decision, deciding.On)
                .Decide(body, person, member, others, await TermsAsync(body, deciding, ct), deciding.Zone);
        });

    public static UseCase<MandateRequest> Ratify { get; } = new(
        nameof(RatifyMandate),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var body = await deciding.ReadAsync<Body>(Body.Stream(request.Body), ct);
            var (decision, _) = await DecidedAsync(request.Decision, deciding, ct);
            return new RatifyMandate(request.Mandate, request.Decision, deciding.On).Decide(body, await TermsAsync(body, deciding, ct), decision);
        })
    { Dating = Dating.Happened };

    public static UseCase<DrawFirstTermsRequest> DrawFirstTerms { get; } = new(
        nameof(Domain.Mandates.DrawFirstTerms),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var body = await deciding.ReadAsync<Body>(Body.Stream(request.Body), ct);
            var meeting = request.Meeting is { } held ? await deciding.ReadAsync<Meeting>(Meeting.Stream(held), ct) : null;
            IReadOnlyList<IReadOnlyList<MandateId>> lots = request.ThirdLot is { } third ? [request.FirstLot, request.SecondLot, third] : [request.FirstLot, request.SecondLot];
            return new DrawFirstTerms(lots, request.Minutes, request.Meeting, deciding.On).Decide(body, await TermsAsync(body, deciding, ct), meeting, deciding.Zone);
        })
    { Dating = Dating.Happened };

    public static UseCase<RenewMandateRequest> Renew { get; } = new(
        nameof(RenewMandate),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var body = await deciding.ReadAsync<Body>(Body.Stream(request.Body), ct);
            return new RenewMandate(request.Mandate, request.TermEnds, request.Decision, deciding.On)
                .Decide(body, await OthersAsync(body, deciding, ct), await TermsAsync(body, deciding, ct), deciding.Zone);
        });

    public static UseCase<EndMandateRequest> End { get; } = new(
        nameof(EndMandate),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var body = await deciding.ReadAsync<Body>(Body.Stream(request.Body), ct);
            var (decision, by) = await DecidedAsync(request.Decision, deciding, ct);
            var given = EndMandate.GivenBy(body, request.Mandate) is { } vote ? await deciding.ReadAsync<Ballot>(Ballot.Stream(vote), ct) : null;
            return new EndMandate(request.Mandate, request.Reason, request.Decision, deciding.On).Decide(body, await TermsAsync(body, deciding, ct), decision, by, given);
        });

    public static UseCase<ReplaceRepresentativeRequest> Replace { get; } = new(
        nameof(ReplaceRepresentative),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var (body, person) = await deciding.ReadAsync<Body, Person>(Body.Stream(request.Body), Person.Stream(request.Person), ct);
            var command = new ReplaceRepresentative(
                request.Mandate, request.Next ?? deciding.NewId<MandateId>("mandate"), request.Person, request.Decision, deciding.On);
            var member = command.MemberRepresented(body) is { } represented ? await deciding.ReadAsync<Member>(Member.Stream(represented), ct) : null;
            return command.Decide(body, person, member, await OthersAsync(body, deciding, ct), await TermsAsync(body, deciding, ct));
        });

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Constitute), Import.Importable.Of(Recompose), Import.Importable.Of(Rename), Import.Importable.Of(Dissolve),
        Import.Importable.Of(Appoint), Import.Importable.Of(Ratify), Import.Importable.Of(Renew), Import.Importable.Of(End),
        Import.Importable.Of(Replace), Import.Importable.Of(DrawFirstTerms),
    ];

    // The ballot that a change names, with the body whose vote it was.
    private static async ValueTask<(Timeline<Ballot>? Decision, Timeline<Body>? By)> DecidedAsync(DecisionReference? named, Deciding deciding, CancellationToken ct)
    {
        if (named is not { Ballot: var id })
            return (null, null);
        var ballot = await deciding.ReadAsync<Ballot>(Ballot.Stream(id), ct);
        return (ballot, ballot.Latest.Body is { } by ? await deciding.ReadAsync<Body>(Body.Stream(by), ct) : null);
    }

    internal static async ValueTask<IReadOnlyList<Timeline<Body>>> OthersAsync(Timeline<Body> body, Deciding deciding, CancellationToken ct) =>
        [.. (await deciding.ReadBodiesAsync(ct)).Where(other => other.Stream != body.Stream)];

    // What the statutes in force on the day of the command say of terms in this kind of body.
    internal static async ValueTask<MandateTerms> TermsAsync(Timeline<Body> body, Deciding deciding, CancellationToken ct)
    {
        var statutes = await deciding.ReadAsync<StatutesVersions>(StatutesVersions.Stream, ct);
        var rules = statutes.At(deciding.On).RulesAt(deciding.On.Instant);
        deciding.StatutesVersion = rules.Version;
        return body.At(deciding.On) is Body.Constituted { Kind: var kind } ? rules.MandateTerms(kind) : MandateTerms.Default;
    }

    private static UseCase<T> Of<T>(string name, Func<T, BodyId> body, Func<T, Timeline<Body>, EffectiveTime, Decision> decide) where T : class =>
        UseCase.On(name, Permission.KeepMandates, request => Body.Stream(body(request)), decide);
}
