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
using Governance.Domain.SharedTools;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Domain.WorkingGroups;
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
/// <param name="Holder">Somebody who holds a mandate on every day since the first.</param>
/// <param name="ShortName">Its short name.</param>
/// <param name="Walk">What is measured, and what is not.</param>
internal sealed record PastDayWorld(string Token, long LastPosition, PersonId Holder, string ShortName, PastDayWalk Walk)
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
        await writer.GiveAsync(Association.Stream, FirstYear, new SeatMoved("Arras"));
        var moved = writer.Last;

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
        // The reader may open every page: keeps the register, and audits.
        var secretariat = BodyId.Of(Guid.CreateVersion7());
        await writer.GiveAsync(Body.Stream(secretariat), FirstYear, new BodyConstituted(secretariat, "Secrétariat", BodyKind.Secretariat, []), new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), people[0], Office.Seat));
        var colleges = Enumerable.Range(0, Colleges).Select(_ => BodyId.Of(Guid.CreateVersion7())).ToArray();
        foreach (var college in colleges)
            await writer.GiveAsync(Body.Stream(college), FirstYear, new CollegeConstituted(college, $"Collège {Array.IndexOf(colleges, college)}", Fraction.One));
        // Somebody who holds a mandate on every day.
        var lasting = MandateId.Of(Guid.CreateVersion7());
        await writer.GiveAsync(Body.Stream(colleges[0]), FirstYear, new MandateAppointed(lasting, people[1], Office.Seat));
        await writer.GiveAsync(RegisterOfBodies.Stream, FirstYear, [.. colleges.Append(auditors).Append(secretariat).Select(body => new BodyRegistered(body))]);
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

        var milestone = MilestoneId.Of(Guid.CreateVersion7());
        await writer.GiveAsync(Workstream.Stream(workstreams[0]), FirstYear, new MilestonePlanned(milestone, "Jalon", EffectiveTime.On(new DateOnly(LastYear, 12, 31), Paris)));
        var (group, tool) = (WorkingGroupId.Of(Guid.CreateVersion7()), SharedToolId.Of(Guid.CreateVersion7()));
        await writer.GiveAsync(WorkingGroup.Stream(group), FirstYear, [new WorkingGroupCreated(group, "Groupe", GroupOrigin.New, []), .. members.Select(member => new WorkingGroupJoined(member))]);
        await writer.GiveAsync(SharedTool.Stream(tool), FirstYear, new SharedToolLaunched(tool, "Outil", null, null));
        var (first, draft) = (StatutesVersionId.Of(Guid.CreateVersion7()), StatutesVersionId.Of(Guid.CreateVersion7()));
        IReadOnlyList<Article> articles = [.. Enumerable.Range(1, 30).Select(n => new Article($"{n}", $"Article {n}", string.Join(' ', Enumerable.Repeat("Les membres se réunissent une fois par an.", 20))))];
        await writer.GiveAsync(
            StatutesVersions.Stream, FirstYear, new StatutesDrafted(first, "Statuts", articles, []), new StatutesAdopted(first, EffectiveTime.On(new DateOnly(FirstYear, 12, 1), Paris)),
            new StatutesDrafted(draft, "Projet", [.. articles.Select(article => article with { Text = article.Text.Replace("une fois", "deux fois", StringComparison.Ordinal) })], [], first));

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
            people[1],
            Slug,
            PastDayWalk.Of(app, new Dictionary<string, string>
            {
                ["slug"] = Slug,
                ["member"] = $"{members[0]}",
                ["centre"] = $"{members[0]}",
                ["body"] = $"{colleges[0]}",
                ["college"] = $"{colleges[0]}",
                ["mandate"] = $"{lasting}",
                ["person"] = $"{people[1]}",
                ["roadmap"] = $"{roadmap}",
                ["workstream"] = $"{workstreams[0]}",
                ["milestone"] = $"{milestone}",
                ["ballot"] = $"{decisions[0]}",
                ["group"] = $"{group}",
                ["tool"] = $"{tool}",
                ["version"] = $"{draft}",
                ["other"] = $"{first}",
                ["number"] = "1",
                ["event"] = $"{moved}",
                ["id"] = $"{moved}",
                ["due"] = $"{moved}",
            },
            // What a page is asked besides its address.
            new Dictionary<string, string[]>
            {
                ["/{slug}/changes"] = ["from=2013-12-31&to=2014-12-31"],
                ["/api/{slug}/changes"] = ["from=2013-12-31&to=2014-12-31"],
                ["/api/{slug}/changes.csv"] = ["from=2013-12-31&to=2014-12-31"],
                ["/{slug}/search"] = ["q=Centre"],
                ["/api/{slug}/search"] = ["q=Point"],
                ["/{slug}/history"] = ["", $"touching={members[0]}", "q=Centre"],
            }));
    }

    private sealed class Writer(EventLog log, string tenant)
    {
        private readonly Dictionary<string, long> _versions = [];

        public int Count { get; private set; }

        /// <summary>The event given last.</summary>
        public Guid Last { get; private set; }

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
                            Last = Guid.CreateVersion7(), stream.Value, stream.Kind, EventCatalogue.All.Name(e), EventCatalogue.DotnetName(e), EventCatalogue.All.Write(e),
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
