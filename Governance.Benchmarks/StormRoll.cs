using System.Globalization;
using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Microsoft.Extensions.DependencyInjection;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>An elector of the storm with the secret of a personal voting link.</summary>
internal sealed record StormElector(MandateId Mandate, PersonId Person, string Secret);

/// <summary>A federation whose general assembly votes on one motion, made in a data directory: the ballot is open and everybody has a link.</summary>
/// <param name="Watcher">A token of somebody who reads ballots.</param>
internal sealed record StormRoll(string Slug, BallotId Ballot, IReadOnlyList<StormElector> Electors, string Watcher)
{
    private const string Federation = "federation";
    private const int PerCollege = 200;

    public static async Task<StormRoll> MakeAsync(string data, int electors, string connection)
    {
        await using var app = await GovernanceHost.BuildAsync(new HostSettings(data, "http://127.0.0.1:0") { ConnectionString = connection });
        var services = app.Services;
        var log = services.GetRequiredService<EventLog>();
        var association = AssociationDirectory.IdOf(Federation);
        await RecordAsync(log, association, new StreamId("association"), new AssociationFounded(association, Federation, "Fédération d'essai", "Essai", "Éprouver", "Lille", "Europe/Paris"));
        var version = StatutesVersionId.Of(Guid.CreateVersion7());
        await RecordAsync(
            log, association, StatutesVersions.Stream,
            new StatutesDrafted(
                version, "Statuts de 2020", [new Article("12", "Votes", "L'assemblée vote par voie électronique.")],
                [new Rule("12", new RuleScope(), new RemoteVotingRule(Electronic: true, Correspondence: true))]),
            new StatutesAdopted(version, new EffectiveTime(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Precision.Day)));

        var mandates = new List<(MandateId Mandate, PersonId Person)>(electors);
        var colleges = new List<BodyId>();
        while (mandates.Count < electors)
        {
            var college = BodyId.Of(Guid.CreateVersion7());
            colleges.Add(college);
            var seats = Enumerable.Range(0, Math.Min(PerCollege, electors - mandates.Count))
                .Select(_ => (Mandate: MandateId.Of(Guid.CreateVersion7()), Person: PersonId.Of(Guid.CreateVersion7()))).ToList();
            mandates.AddRange(seats);
            await RecordAsync(
                log, association, Body.Stream(college),
                [
                    new CollegeConstituted(college, "Collège " + colleges.Count.ToString(CultureInfo.InvariantCulture), Fraction.One),
                    .. seats.Select(s => new MandateAppointed(s.Mandate, s.Person, Office.Seat)),
                ]);
        }

        var assembly = BodyId.Of(Guid.CreateVersion7());
        await RecordAsync(log, association, Body.Stream(assembly), new BodyConstituted(assembly, "Assemblée générale", BodyKind.GeneralAssembly, colleges));
        var auditors = BodyId.Of(Guid.CreateVersion7());
        var watcher = PersonId.Of(Guid.CreateVersion7());
        var name = new Sealed(watcher, (await services.GetRequiredService<PersonVault>().SealAsync(association.ToString(), watcher.Value, "Contrôle"))!);
        await RecordAsync(log, association, Person.Stream(watcher), new PersonRegistered(watcher, name, LabelOnly: true));
        await RecordAsync(
            log, association, Body.Stream(auditors),
            new BodyConstituted(auditors, "Contrôle", BodyKind.Auditors, []), new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), watcher, Office.Seat));
        await RecordAsync(log, association, RegisterOfBodies.Stream, [.. colleges.Append(assembly).Append(auditors).Select(body => new BodyRegistered(body))]);

        var ballot = BallotId.Of(Guid.CreateVersion7());
        await GiveAsync(services, association, BallotUseCases.Draft, new DraftBallotRequest(
            assembly, DecisionKind.Ordinary, "Rapport moral", "Adoptez-vous le rapport moral ?", "L'assemblée adopte le rapport moral.", Ballot: ballot));
        await GiveAsync(services, association, BallotUseCases.Open, new OpenBallotRequest(ballot, HeldIn.Correspondence, DateTimeOffset.UtcNow.AddDays(1)));
        await GiveAsync(services, association, BallotUseCases.IssueVotingLinks, new BallotRequest(ballot));
        var links = services.GetRequiredService<VotingLinks>();
        var token = await WatcherAsync(services, association, watcher);
        return new(
            Federation, ballot,
            [.. mandates.Select(m => new StormElector(m.Mandate, m.Person, links.Seal(new VotingLink(association, ballot, m.Person, 1))))],
            token);
    }

    /// <summary>Closes, counts and proclaims.</summary>
    public async Task<BallotCounted> CountAsync(string data, string connection)
    {
        await using var app = await GovernanceHost.BuildAsync(new HostSettings(data, "http://127.0.0.1:0") { ConnectionString = connection });
        var association = AssociationDirectory.IdOf(Slug);
        await GiveAsync(app.Services, association, BallotUseCases.Close, new BallotRequest(Ballot));
        await GiveAsync(app.Services, association, BallotUseCases.Count, new BallotRequest(Ballot));
        await GiveAsync(app.Services, association, BallotUseCases.Proclaim, new BallotRequest(Ballot));
        var events = await app.Services.GetRequiredService<EventLog>().ReadStreamAsync(association.ToString(), Domain.Ballots.Ballot.Stream(Ballot).Value);
        return events.Select(e => EventCatalogue.All.Read(e.Type, e.Data.Span)).OfType<BallotCounted>().Single();
    }

    private static async Task<string> WatcherAsync(IServiceProvider services, AssociationId association, PersonId person)
    {
        await using var scope = services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync("watcher@example.org", "a long enough password", isAdministrator: false);
        if (account is null)
            throw new InvalidOperationException(string.Join(' ', faults));
        var links = services.GetRequiredService<AccountLinks>();
        await links.LinkAsync(account.Id, association, person, null, default);
        return (await links.NewTokenAsync(account.Id, "storm", default)).Secret;
    }

    private static async Task RecordAsync(EventLog log, AssociationId association, StreamId stream, params IReadOnlyList<IEvent> events)
    {
        var headers = new EventHeaders("2020-01-01T00:00:00.000000Z", Precision.Day, "system", "Storm").Write();
        var result = await log.AppendAsync(new AppendRequest(
            association.ToString(),
            [new StreamVersion(stream.Value, 0)],
            [.. events.Select(e => new NewEvent(
                Guid.CreateVersion7(), stream.Value, stream.Kind, EventCatalogue.All.Name(e), EventCatalogue.DotnetName(e), EventCatalogue.All.Write(e), headers))]));
        if (result is not AppendResult.Appended)
            throw new InvalidOperationException($"An append was answered {result}.");
    }

    private static async Task GiveAsync<T>(IServiceProvider services, AssociationId association, UseCase<T> useCase, T request) where T : class
    {
        var result = await services.GetRequiredService<CommandRunner>().RunAsync(useCase, request, new CommandContext
        {
            Association = association,
            Zone = TimeZoneInfo.Utc,
            Actor = Actor.System,
            Now = DateTimeOffset.UtcNow,
            IdempotencyKey = Guid.NewGuid().ToString("N"),
            Ids = IdSource.Fresh(TimeProvider.System),
        });
        if (result is not CommandResult.Done)
            throw new InvalidOperationException($"{useCase.Name} was answered {result}.");
    }
}
