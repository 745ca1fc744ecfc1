using Governance.Api.Access;
using Governance.Api.Import;
using Governance.Api.Kernel.Commands;
using Governance.Api.Mandates;
using Governance.Domain.Ballots;
using Governance.Domain.Elections;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;

namespace Governance.Api.Elections;

/// <param name="Electing">The body that elects.</param>
/// <param name="Body">The body to be filled.</param>
/// <param name="TermBegins">When those elected take their seats.</param>
/// <param name="Seats">How many.</param>
/// <param name="Leaving">The mandates that leave them; fewer than there are seats where some have never been held.</param>
public sealed record CallElectionRequest(
    BodyId Electing, BodyId Body, string Title, EffectiveTime TermBegins, Office Office = Office.Seat, int Seats = 1, IReadOnlyList<MandateId>? Leaving = null,
    ElectionId? Election = null);

/// <param name="Member">The member whom the person represents, if elected.</param>
/// <param name="College">The college that delegates the person.</param>
public sealed record StandAsCandidateRequest(ElectionId Election, PersonId Person, MemberId? Member = null, BodyId? College = null);

public sealed record ElectionPersonRequest(ElectionId Election, PersonId Person);

/// <param name="Mandates">The mandates to be, in the order of election; null has them made.</param>
public sealed record InstallElectedRequest(ElectionId Election, IReadOnlyList<MandateId>? Mandates = null);

/// <summary>What can be asked of elections.</summary>
public static class ElectionUseCases
{
    public static UseCase<CallElectionRequest> Call { get; } = new(
        nameof(CallElection),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var id = request.Election ?? deciding.NewId<ElectionId>("election");
            var (election, electing, body) = await deciding.ReadAsync<Election, Body, Body>(
                Election.Stream(id), Body.Stream(request.Electing), Body.Stream(request.Body), ct);
            return new CallElection(
                    id, request.Title, request.Electing, request.Body, request.Office, request.Seats, request.Leaving ?? [], request.TermBegins, deciding.On)
                .Decide(
                    election, electing, body, await MandateUseCases.TermsAsync(body, deciding, ct),
                    await deciding.ReadAsync<RegisterOfElections>(RegisterOfElections.Stream, ct), await OthersAsync(id, request.Body, deciding, ct), deciding.Zone);
        });

    public static UseCase<StandAsCandidateRequest> Stand { get; } = new(
        nameof(StandAsCandidate),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var (election, person) = await deciding.ReadAsync<Election, Person>(Election.Stream(request.Election), Person.Stream(request.Person), ct);
            var member = request.Member is { } represented ? await deciding.ReadAsync<Member>(Member.Stream(represented), ct) : null;
            var body = await FilledAsync(election, deciding, ct);
            return new StandAsCandidate(request.Election, new(request.Person, request.Member, request.College), deciding.On).Decide(
                election, body, person, member, await MandateUseCases.OthersAsync(body, deciding, ct), await MandateUseCases.TermsAsync(body, deciding, ct), deciding.Zone);
        })
    { Dating = Dating.Happened };

    public static UseCase<ElectionPersonRequest> Withdraw { get; } = UseCase.On<ElectionPersonRequest, Election>(
        nameof(WithdrawCandidacy), Permission.KeepMandates, r => Election.Stream(r.Election),
        (r, election, on) => new WithdrawCandidacy(r.Election, r.Person, on).Decide(election)) with
    { Dating = Dating.Happened };

    public static UseCase<ElectionPersonRequest> Decline { get; } = new(
        nameof(DeclineElection),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var election = await deciding.ReadAsync<Election>(Election.Stream(request.Election), ct);
            var ballots = await BallotsAsync(election, deciding, ct);
            return new DeclineElection(request.Election, request.Person, deciding.On)
                .Decide(election, ballots, await MandateUseCases.TermsAsync(await FilledAsync(election, deciding, ct), deciding, ct));
        })
    { Dating = Dating.Happened };

    /// <summary>Those elected get their mandates: election, ballots, body and rules are all conditions of the append, so that two who install at once give one each.</summary>
    public static UseCase<InstallElectedRequest> Install { get; } = new(
        nameof(InstallElected),
        Permission.KeepMandates,
        async (request, deciding, ct) =>
        {
            var election = await deciding.ReadAsync<Election>(Election.Stream(request.Election), ct);
            var ballots = await BallotsAsync(election, deciding, ct);
            var body = await FilledAsync(election, deciding, ct);
            var terms = await MandateUseCases.TermsAsync(body, deciding, ct);
            var called = election.Latest as Election.Called;
            var people = await ByIdAsync<Person, PersonId>([.. (called?.Candidates ?? []).Select(c => c.Person)], Person.Stream, deciding, ct);
            var members = await ByIdAsync<Member, MemberId>([.. (called?.Candidates ?? []).Select(c => c.Member).OfType<MemberId>().Distinct()], Member.Stream, deciding, ct);
            var others = await MandateUseCases.OthersAsync(body, deciding, ct);
            var coming = called is null ? 0 : called.Seated([.. ballots.Select(ElectionResult.Of)], terms.NextElected).Count(s => !called.Installed.Exists(i => i.Person == s.Person));
            var mandates = request.Mandates ?? [.. Enumerable.Range(1, coming).Select(i => deciding.NewId<MandateId>(i == 1 ? "mandate" : $"mandate-{i}"))];
            return new InstallElected(request.Election, mandates, deciding.On)
                .Decide(election, ballots, body, person => people[person], member => members[member], others, terms, deciding.Zone);
        })
    { Dating = Dating.Happened };

    public static IReadOnlyList<Importable> Importable { get; } =
    [
        Import.Importable.Of(Call), Import.Importable.Of(Stand), Import.Importable.Of(Withdraw), Import.Importable.Of(Decline), Import.Importable.Of(Install),
    ];

    // Every other election that fills the body, with its ballots. Those called meanwhile move the register, which is read before.
    private static async ValueTask<IReadOnlyList<(Election.Called Called, IReadOnlyList<Timeline<Ballot>> Ballots)>> OthersAsync(
        ElectionId election, BodyId body, Deciding deciding, CancellationToken ct)
    {
        var own = Election.Stream(election);
        var elections = await deciding.ReadAllAsync<Election>([.. (await deciding.StreamsAsync(own.Kind, ct)).Where(s => s != own)], ct);
        var others = elections.Select(other => other.Latest).OfType<Election.Called>().Where(other => other.Call.Body == body).ToList();
        var ballots = await ByIdAsync<Ballot, BallotId>([.. others.SelectMany(other => other.Ballots).Distinct()], Ballot.Stream, deciding, ct);
        return [.. others.Select(other => (other, (IReadOnlyList<Timeline<Ballot>>)[.. other.Ballots.Select(ballot => ballots[ballot])]))];
    }

    // Of an election that was never called an empty stream is read in the place of the body, and the decision refuses.
    private static ValueTask<Timeline<Body>> FilledAsync(Timeline<Election> election, Deciding deciding, CancellationToken ct) =>
        deciding.ReadAsync<Body>(Body.Stream(election.Latest is Election.Called { Call.Body: var body } ? body : default), ct);

    private static ValueTask<IReadOnlyList<Timeline<Ballot>>> BallotsAsync(Timeline<Election> election, Deciding deciding, CancellationToken ct) =>
        deciding.ReadAllAsync<Ballot>([.. (election.Latest is Election.Called called ? called.Ballots : []).Select(Ballot.Stream)], ct);

    private static async ValueTask<IReadOnlyDictionary<TId, Timeline<T>>> ByIdAsync<T, TId>(
        IReadOnlyList<TId> ids, Func<TId, StreamId> stream, Deciding deciding, CancellationToken ct)
        where T : class, IState<T> where TId : struct, IIdentifier<TId> =>
        ids.Zip(await deciding.ReadAllAsync<T>([.. ids.Select(stream)], ct)).ToDictionary(pair => pair.First, pair => pair.Second);
}
