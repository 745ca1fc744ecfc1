using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Microsoft.Extensions.DependencyInjection;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>
/// An association of two hundred members, ten colleges, a hundred workstreams and fifty decisions, of the size that pages are made for, whose years since 2010
/// are full: the same things change again and again until there are as many events as asked for.
/// </summary>
/// <param name="Token">Of somebody who may read all of it.</param>
/// <param name="Pages">What is measured, with its address.</param>
internal sealed record PastDayWorld(string Token, long LastPosition, IReadOnlyList<(string Page, string Address)> Pages)
{
    private const string Slug = "annees";
    private const int Members = 200, Colleges = 10, Workstreams = 100, Decisions = 50, FirstYear = 2010, LastYear = 2025;
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static async Task<PastDayWorld> MakeAsync(string data, int events, string connection)
    {
        await using var app = await GovernanceHost.BuildAsync(new HostSettings(data, "http://127.0.0.1:0") { ConnectionString = connection });
        var log = app.Services.GetRequiredService<EventLog>();
        var association = AssociationDirectory.IdOf(Slug);
        var writer = new Writer(log, association.ToString());
        await writer.GiveAsync(Association.Stream, FirstYear, new AssociationFounded(association, Slug, "Association des années", "Années", "Éprouver", "Lille", "Europe/Paris"));

        var members = Enumerable.Range(0, Members).Select(_ => MemberId.Of(Guid.CreateVersion7())).ToArray();
        for (var i = 0; i < Members; i++)
            await writer.GiveAsync(Member.Stream(members[i]), FirstYear, new MemberAdmitted(members[i], new MemberName($"Centre {i}"), false, "Hauts-de-France"));
        var vault = app.Services.GetRequiredService<PersonVault>();
        var people = Enumerable.Range(0, Members).Select(_ => PersonId.Of(Guid.CreateVersion7())).ToArray();
        for (var i = 0; i < Members; i++)
        {
            var name = new Sealed(people[i], (await vault.SealAsync(association.ToString(), people[i].Value, $"Titulaire {i}"))!);
            await writer.GiveAsync(Person.Stream(people[i]), FirstYear, new PersonRegistered(people[i], name, LabelOnly: true));
        }

        var auditors = BodyId.Of(Guid.CreateVersion7());
        await writer.GiveAsync(Body.Stream(auditors), FirstYear, new BodyConstituted(auditors, "Contrôle", BodyKind.Auditors, []), new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), people[0], Office.Seat));
        var colleges = Enumerable.Range(0, Colleges).Select(_ => BodyId.Of(Guid.CreateVersion7())).ToArray();
        foreach (var college in colleges)
            await writer.GiveAsync(Body.Stream(college), FirstYear, new CollegeConstituted(college, $"Collège {Array.IndexOf(colleges, college)}", Fraction.One));
        await writer.GiveAsync(RegisterOfBodies.Stream, FirstYear, [.. colleges.Append(auditors).Select(body => new BodyRegistered(body))]);
        var roadmap = RoadmapId.Of(Guid.CreateVersion7());
        await writer.GiveAsync(Roadmap.Stream(roadmap), FirstYear, new RoadmapOpened(roadmap, "Feuille de route", FirstYear, LastYear + 5));
        var workstreams = Enumerable.Range(0, Workstreams).Select(_ => WorkstreamId.Of(Guid.CreateVersion7())).ToArray();
        var decisions = Enumerable.Range(0, Decisions).Select(_ => BallotId.Of(Guid.CreateVersion7())).ToArray();
        for (var i = 0; i < Decisions; i++)
        {
            await writer.GiveAsync(
                Ballot.Stream(decisions[i]), FirstYear,
                new OutcomeTranscribed(decisions[i], DecisionKind.RoadmapItem, $"Décision {i}", Verdict.Adopted, Workstream: workstreams[i]));
        }

        for (var i = 0; i < Workstreams; i++)
        {
            await writer.GiveAsync(
                Workstream.Stream(workstreams[i]), FirstYear,
                new WorkstreamProposed(workstreams[i], roadmap, $"Chantier {i}"), new WorkstreamAdopted(new DecisionReference(decisions[i % Decisions])), new WorkstreamStarted());
        }

        // Every year each thing changes as often as the next: mandates are held for a year, the last ones until today, so that today has as much to show.
        var written = writer.Count;
        var perThing = Math.Max(1, (events - written) / ((LastYear - FirstYear) * (Members + Members + Workstreams)));
        for (var year = FirstYear + 1; year <= LastYear; year++)
        {
            for (var i = 0; i < Members; i++)
            {
                await writer.GiveAsync(
                    Member.Stream(members[i]), year, [.. Enumerable.Range(0, perThing).Select(n => new MemberRenamed(new MemberName($"Centre {i} de {year}, {n}")))]);
                var mandates = Enumerable.Range(0, Math.Max(1, perThing / 2)).Select(_ => MandateId.Of(Guid.CreateVersion7())).ToList();
                await writer.GiveAsync(
                    Body.Stream(colleges[i % Colleges]), year,
                    [.. mandates.SelectMany((mandate, at) => (IEnumerable<IEvent>)
                        [
                            new MandateAppointed(mandate, people[i], Office.Seat, Member: members[i], TermEnds: year == LastYear ? null : EffectiveTime.On(new DateOnly(year + 1, 3, 1), Paris)),
                            .. at < mandates.Count - 1 ? [new MandateEnded(mandate, EndReason.Replaced)] : Array.Empty<IEvent>(),
                        ])]);
            }

            for (var i = 0; i < Workstreams; i++)
            {
                await writer.GiveAsync(
                    Workstream.Stream(workstreams[i]), year,
                    [.. Enumerable.Range(0, perThing).Select(n => new ProgressReported($"Point {n} de {year}", Assessment.OnTrack))]);
            }
        }

        await using var scope = app.Services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync("reader@example.org", "a long enough password", isAdministrator: false);
        if (account is null)
            throw new InvalidOperationException(string.Join(' ', faults));
        var links = app.Services.GetRequiredService<AccountLinks>();
        await links.LinkAsync(account.Id, association, people[0], null, default);
        return new(
            (await links.NewTokenAsync(account.Id, "past-day", default)).Secret,
            await log.LastPositionAsync(),
            [
                ("dashboard", $"/{Slug}"), ("members", $"/{Slug}/members"), ("member", $"/{Slug}/members/{members[0]}"), ("colleges", $"/{Slug}/colleges"),
                ("college", $"/{Slug}/colleges/{colleges[0]}"), ("people", $"/{Slug}/people"), ("person", $"/{Slug}/people/{people[1]}"), ("roadmap", $"/{Slug}/roadmap"),
                ("workstream", $"/{Slug}/workstreams/{workstreams[0]}"), ("ballots", $"/{Slug}/ballots"), ("ballot", $"/{Slug}/ballots/{decisions[0]}"), ("history", $"/{Slug}/history"),
                ("history of a member", $"/{Slug}/history?touching={members[0]}"), ("comparison", $"/{Slug}/changes?from=2013-12-31&to=2014-12-31"),
                ("read: dashboard", $"/api/{Slug}/dashboard"), ("read: members", $"/api/{Slug}/members"), ("read: member", $"/api/{Slug}/members/{members[0]}"),
                ("read: bodies", $"/api/{Slug}/bodies"), ("read: person", $"/api/{Slug}/people/{people[1]}"), ("read: workstreams", $"/api/{Slug}/workstreams"),
                ("read: workstream", $"/api/{Slug}/workstreams/{workstreams[0]}"), ("read: ballots", $"/api/{Slug}/ballots"), ("read: history", $"/api/{Slug}/history"),
                ("read: comparison", $"/api/{Slug}/changes?from=2013-12-31&to=2014-12-31"),
            ]);
    }

    private sealed class Writer(EventLog log, string tenant)
    {
        private readonly Dictionary<string, long> _versions = [];

        public int Count { get; private set; }

        /// <summary>Appends events of one stream, spread over a year from the first of March.</summary>
        public async Task GiveAsync(StreamId stream, int year, params IReadOnlyList<IEvent> events)
        {
            var version = _versions.GetValueOrDefault(stream.Value);
            var first = new DateOnly(year, 3, 1);
            var result = await log.AppendAsync(new AppendRequest(
                tenant,
                [new StreamVersion(stream.Value, version)],
                [
                    .. events.Select((e, at) =>
                    {
                        var on = EffectiveTime.On(first.AddDays(at * 270 / events.Count), Paris);
                        return new NewEvent(
                            Guid.CreateVersion7(), stream.Value, stream.Kind, EventCatalogue.All.Name(e), EventCatalogue.DotnetName(e), EventCatalogue.All.Write(e),
                            new EventHeaders(Instants.Write(on.Instant), on.Precision, "system", "Year").Write());
                    }),
                ]));
            if (result is not AppendResult.Appended)
                throw new InvalidOperationException($"An append was answered {result}.");
            _versions[stream.Value] = version + events.Count;
            Count += events.Count;
        }
    }
}
