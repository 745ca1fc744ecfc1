using System.Globalization;
using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Colleges;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Vault;
using Microsoft.Extensions.DependencyInjection;
using EventLog = Governance.EventStore.EventLog;

namespace Governance.Benchmarks;

/// <summary>A federation of many members in three colleges whose general assembly is convened, with the proxies that its last members gave.</summary>
/// <param name="People">In the order in which they come; those who gave a proxy are the last of them.</param>
/// <param name="Token">Of somebody of the secretariat.</param>
internal sealed record AssemblyWorld(string Slug, MeetingId Meeting, IReadOnlyList<PersonId> People, string Token)
{
    private const string Federation = "federation";
    private const int Colleges = 3, AtOnce = 200;

    /// <param name="there">How many are in the room already.</param>
    public static async Task<AssemblyWorld> MakeAsync(string data, int electors, int proxies, string connection, int there = 0)
    {
        await using var app = await GovernanceHost.BuildAsync(new HostSettings(data, "http://127.0.0.1:0") { ConnectionString = connection });
        var services = app.Services;
        var log = services.GetRequiredService<EventLog>();
        var vault = services.GetRequiredService<PersonVault>();
        var association = AssociationDirectory.IdOf(Federation);
        Task Record(StreamId stream, params IReadOnlyList<IEvent> events) => RecordAsync(log, association, stream, events);
        await Record(new StreamId("association"), new AssociationFounded(association, Federation, "Fédération d'essai", "Essai", "Éprouver", "Lille", "Europe/Paris"));
        var version = StatutesVersionId.Of(Guid.CreateVersion7());
        await Record(
            StatutesVersions.Stream,
            new StatutesDrafted(
                version, "Statuts de 2020", [new Article("11", "Quorum", "L'assemblée délibère si la moitié de ses membres sont présents ou représentés.")],
                [
                    new Rule("11", new RuleScope(BodyKind.GeneralAssembly), new QuorumRule(
                        QuorumExtent.Whole, QuorumMeasure.Members, Comparison.AtLeast, Rounding.Up, PlusOne: false, QuorumCheck.Both, [], new Fraction(1, 2))),
                ]),
            new StatutesAdopted(version, new EffectiveTime(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Precision.Day)));

        var people = new List<PersonId>(electors);
        var mandates = new List<MandateId>(electors);
        var seats = Enumerable.Range(0, Colleges).Select(_ => new List<IEvent>()).ToArray();
        foreach (var chunk in Enumerable.Range(0, electors).Chunk(AtOnce))
        {
            await Task.WhenAll(chunk.Select(async n =>
            {
                var (person, member, mandate) = (PersonId.Of(Guid.CreateVersion7()), MemberId.Of(Guid.CreateVersion7()), MandateId.Of(Guid.CreateVersion7()));
                var name = new Sealed(person, (await vault.SealAsync(association.ToString(), person.Value, string.Create(CultureInfo.InvariantCulture, $"Titulaire {n:0000}")))!);
                await Record(Person.Stream(person), new PersonRegistered(person, name, LabelOnly: true));
                await Record(Member.Stream(member), new MemberAdmitted(member, new MemberName(string.Create(CultureInfo.InvariantCulture, $"Centre {n:0000}")), false));
                lock (people)
                {
                    people.Add(person);
                    mandates.Add(mandate);
                    seats[people.Count % Colleges].Add(new MandateAppointed(mandate, person, Office.Seat, Member: member));
                }
            }));
        }

        var colleges = seats.Select(_ => BodyId.Of(Guid.CreateVersion7())).ToList();
        foreach (var (at, college) in colleges.Index())
            await Record(Body.Stream(college), [new CollegeConstituted(college, $"Collège {at + 1}", Fraction.One), .. seats[at]]);
        var (assembly, secretariat, keeper) = (BodyId.Of(Guid.CreateVersion7()), BodyId.Of(Guid.CreateVersion7()), PersonId.Of(Guid.CreateVersion7()));
        await Record(Body.Stream(assembly), new BodyConstituted(assembly, "Assemblée générale", BodyKind.GeneralAssembly, colleges));
        await Record(
            Person.Stream(keeper), new PersonRegistered(keeper, new Sealed(keeper, (await vault.SealAsync(association.ToString(), keeper.Value, "Secrétariat"))!), LabelOnly: true));
        await Record(
            Body.Stream(secretariat), new BodyConstituted(secretariat, "Secrétariat", BodyKind.Secretariat, []),
            new MandateAppointed(MandateId.Of(Guid.CreateVersion7()), keeper, Office.Seat));
        await Record(RegisterOfBodies.Stream, [.. colleges.Append(assembly).Append(secretariat).Select(body => new BodyRegistered(body))]);

        var (meeting, starts) = (MeetingId.Of(Guid.CreateVersion7()), EffectiveTime.At(DateTimeOffset.UtcNow.AddHours(-1)));
        await Record(
            Domain.Meetings.Meeting.Stream(meeting),
            new MeetingPlanned(meeting, MeetingKind.Ordinary, "Assemblée générale ordinaire", starts, Remote: true, assembly, Place: "Lille"),
            new AgendaItemAdded(meeting, AgendaItemId.Of(Guid.CreateVersion7()), "Rapport moral"),
            new AgendaItemAdded(meeting, AgendaItemId.Of(Guid.CreateVersion7()), "Comptes"),
            new MeetingConvened(meeting, Convener.President, NoticeChannel.Email, starts, electors));
        // The last of them gave a proxy to the first, one each.
        await Record(
            MeetingProxies.Stream(meeting),
            [.. Enumerable.Range(0, proxies).Select(n => new MeetingProxyGiven(meeting, mandates[electors - 1 - n], ProxyForm.Paper, people[n]))]);
        if (there > 0)
            await Record(AttendanceSheet.Stream(meeting), [.. people.Take(there).Select(person => new PersonArrived(meeting, person))]);
        return new(Federation, meeting, people, await TokenAsync(services, association, keeper));
    }

    private static async Task<string> TokenAsync(IServiceProvider services, AssociationId association, PersonId person)
    {
        await using var scope = services.CreateAsyncScope();
        var (account, faults) = await scope.ServiceProvider.GetRequiredService<Accounts>().CreateAsync("keeper@example.org", "a long enough password", isAdministrator: false);
        if (account is null)
            throw new InvalidOperationException(string.Join(' ', faults));
        var links = services.GetRequiredService<AccountLinks>();
        await links.LinkAsync(account.Id, association, person, null, default);
        return (await links.NewTokenAsync(account.Id, "assembly", default)).Secret;
    }

    private static async Task RecordAsync(EventLog log, AssociationId association, StreamId stream, IReadOnlyList<IEvent> events)
    {
        var headers = new EventHeaders("2020-01-01T00:00:00.000000Z", Precision.Day, "system", "Assembly").Write();
        var result = await log.AppendAsync(new AppendRequest(
            association.ToString(),
            [new StreamVersion(stream.Value, 0)],
            [.. events.Select(e => new NewEvent(
                Guid.CreateVersion7(), stream.Value, stream.Kind, EventCatalogue.All.Name(e), EventCatalogue.DotnetName(e), EventCatalogue.All.Write(e), headers))]));
        if (result is not AppendResult.Appended)
            throw new InvalidOperationException($"An append was answered {result}.");
    }
}
