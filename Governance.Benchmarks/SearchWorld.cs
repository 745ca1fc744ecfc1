using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.WorkingGroups;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>Associations full of texts, one of them with five hundred members and a tenth of all events: every text has a word that all have.</summary>
internal static class SearchWorld
{
    public const string Slug = "grande";

    private const int Members = 500, AtOnce = 200, FirstYear = 2015;

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly string[] Words =
    [
        "règle", "cotisation", "assemblée", "collège", "équipe", "quartier", "santé", "convention", "financement", "trimestre", "barème", "livret", "accueil", "formation", "atelier",
        "partenaire", "région", "bilan", "calendrier", "feuille de route", "mandat", "élection", "budget", "mutualisation", "observation", "publication", "webinaire", "culture", "emploi", "logement",
    ];

    /// <returns>A token of somebody who may read all of the large association.</returns>
    public static async Task<string> MakeAsync(string data, string connection, int associations, int events)
    {
        await using var app = await GovernanceHost.BuildAsync(new HostSettings(data, "http://127.0.0.1:0") { ConnectionString = connection });
        var log = app.Services.GetRequiredService<EventLog>();
        var large = AssociationDirectory.IdOf(Slug);
        var people = new List<PersonId>();
        for (var i = 0; i < associations; i++)
        {
            var id = i == 0 ? large : AssociationDirectory.IdOf($"petite-{i}");
            await FoundAsync(log, id, i == 0 ? Slug : $"petite-{i}");
            if (i == 0)
                people.AddRange(await PeopleAsync(app, log, id));
            await FillAsync(log, id, i == 0 ? events / 10 : events * 9 / 10 / Math.Max(1, associations - 1));
        }

        await using var scope = app.Services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync("reader@example.org", "a long enough password", isAdministrator: false);
        if (account is null)
            throw new InvalidOperationException(string.Join(' ', faults));
        var links = app.Services.GetRequiredService<AccountLinks>();
        await links.LinkAsync(account.Id, large, people[0], null, default);
        return (await links.NewTokenAsync(account.Id, "search", default)).Secret;
    }

    private static Task FoundAsync(EventLog log, AssociationId id, string slug) => GiveAsync(
        log, id, Association.Stream, 0, new AssociationFounded(id, slug, $"Association {slug}", slug, "Tenir des réunions", "Lille", "Europe/Paris"));

    private static async Task<IReadOnlyList<PersonId>> PeopleAsync(WebApplication app, EventLog log, AssociationId id)
    {
        var vault = app.Services.GetRequiredService<PersonVault>();
        var people = Enumerable.Range(0, Members).Select(_ => PersonId.Of(Guid.CreateVersion7())).ToList();
        for (var i = 0; i < Members; i++)
        {
            var member = MemberId.Of(Guid.CreateVersion7());
            await GiveAsync(log, id, Member.Stream(member), 0, new MemberAdmitted(member, new MemberName($"Centre de ressources {i}"), false, "Hauts-de-France"));
            var name = new Sealed(people[i], (await vault.SealAsync(id.ToString(), people[i].Value, $"Titulaire {i}"))!);
            await GiveAsync(log, id, Person.Stream(people[i]), 0, new PersonRegistered(people[i], name, LabelOnly: true));
        }

        var body = BodyId.Of(Guid.CreateVersion7());
        await GiveAsync(
            log, id, Body.Stream(body), 0,
            [new BodyConstituted(body, "Secrétariat", BodyKind.Secretariat, []), .. people.Take(Members / 2).Select((person, i) => new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), person, i == 0 ? Office.President : Office.Seat))]);
        await GiveAsync(log, id, RegisterOfBodies.Stream, 0, new BodyRegistered(body));
        return people;
    }

    private static async Task FillAsync(EventLog log, AssociationId id, int events)
    {
        var roadmap = RoadmapId.Of(Guid.CreateVersion7());
        await GiveAsync(log, id, Roadmap.Stream(roadmap), 0, new RoadmapOpened(roadmap, "Feuille de route", FirstYear, 2030));
        // A new workstream and a new group once the former has as many reports as one has in some years.
        for (int written = 0, n = 0; written < events; n++)
        {
            var workstream = WorkstreamId.Of(Guid.CreateVersion7());
            var group = WorkingGroupId.Of(Guid.CreateVersion7());
            var each = Math.Clamp((events - written) / 2, 1, AtOnce / 4);
            await GiveAsync(
                log, id, Workstream.Stream(workstream), 0,
                [new WorkstreamProposed(workstream, roadmap, $"Chantier {n} {Word(n)}", Text(n)), .. Enumerable.Range(0, each).Select(i => new ProgressReported(Text((n * 31) + i), Assessment.OnTrack))]);
            await GiveAsync(
                log, id, WorkingGroup.Stream(group), 0,
                [new WorkingGroupCreated(group, $"Groupe {n} {Word(n + 7)}", GroupOrigin.New, []), .. Enumerable.Range(0, each).Select(i => new WorkingGroupMet(true, [], "Lille", Text((n * 37) + i)))]);
            written += (2 * each) + 2;
        }
    }

    private static string Word(int n) => Words[(int)((uint)(n * 2654435761L) % Words.Length)];

    private static string Text(int n) => $"La réunion des membres a parlé de {string.Join(", ", Enumerable.Range(0, 12).Select(i => Word((n * 13) + (i * i))))} ; dossier {n}.";

    private static async Task GiveAsync(EventLog log, AssociationId id, StreamId stream, long version, params IReadOnlyList<IEvent> events)
    {
        var result = await log.AppendAsync(new AppendRequest(
            id.ToString(),
            [new StreamVersion(stream.Value, version)],
            [
                .. events.Select((e, at) =>
                {
                    var on = EffectiveTime.On(new DateOnly(FirstYear, 1, 1).AddDays(at * 40), Paris);
                    return new NewEvent(
                        Guid.CreateVersion7(), stream.Value, stream.Kind, EventCatalogue.All.Name(e), EventCatalogue.DotnetName(e), EventCatalogue.All.Write(e),
                        new EventHeaders(Instants.Write(on.Instant), on.Precision, "system", "Fill").Write());
                }),
            ]));
        if (result is not AppendResult.Appended)
            throw new InvalidOperationException($"An append was answered {result}.");
    }
}
