using System.Globalization;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Domain.WorkingGroups;
using Governance.EventStore;
using Governance.EventStore.Vault;

namespace Governance.Api.Mail;

/// <summary>What a convocation says, as the record has it: the same for everybody, whatever their language.</summary>
/// <param name="Of">The body or working group that meets.</param>
/// <param name="Proxies">The rule on proxies; null of a working group, which votes on nothing.</param>
/// <param name="Sent">When the last sending to each was recorded.</param>
/// <param name="Changes">How often the meeting was planned anew: the <c>SEQUENCE</c> of its calendar entry.</param>
/// <param name="Changed">When it was last changed.</param>
/// <param name="Announced">The meeting as the convocation announced it; as it is while it has not gone out.</param>
/// <param name="Standing">As it is, or was when it was opened.</param>
/// <param name="Invited">Who would be convened to it now.</param>
public sealed record ConvocationLetter(
    AssociationEntry Association, Meeting.Known Meeting, string Of, Applied<ProxiesRule>? Proxies, IReadOnlyDictionary<PersonId, DateTimeOffset> Sent, int Changes,
    DateTimeOffset Changed, Meeting.Known Announced, Meeting.Known Standing, IReadOnlySet<PersonId> Invited)
{
    /// <summary>What was announced, in its order.</summary>
    public IReadOnlyList<AgendaItem> Agenda => [.. Announced.Agenda.Where(i => i.Withdrawn is null)];

    public IEnumerable<Resolution> TextsOf(AgendaItem item) => Announced.Resolutions.Where(r => r.Item == item.Id && r.Withdrawn is null);

    public bool IsCancelled => Meeting is Domain.Meetings.Meeting.Cancelled;
}

/// <summary>Somebody as a message addresses them, opened for that and kept nowhere.</summary>
/// <param name="Email">Null when there is no address, or the person was erased.</param>
/// <param name="Language">In which they are written to: French where nobody has said another.</param>
public sealed record Addressee(PersonId Person, string? Name, string? Email, CultureInfo Language);

/// <summary>Reads what a convocation says from the streams of the meeting, and opens who it is for.</summary>
public sealed class ConvocationLetters(
    EventLog log, EventCatalogue catalogue, PersonVault vault, BallotBoxes boxes, RecentStreams recent, AssociationDirectory associations, TimeProvider time)
{
    /// <returns>Null when there is no such meeting.</returns>
    public async Task<ConvocationLetter?> ReadAsync(AssociationId association, MeetingId id, CancellationToken ct)
    {
        if (await associations.OfAsync(association, ct) is not { } entry)
            return null;
        var context = CommandContext.OfSystem(association, $"convocation of {id}", time) with { Zone = entry.Zone };
        var deciding = new Deciding(context, log, catalogue, vault, boxes, recent, fromMemory: false);
        var (meeting, convocations, statutes) = await deciding.ReadAsync<Meeting, Convocations, StatutesVersions>(
            Meeting.Stream(id), Convocations.Stream(id), StatutesVersions.Stream, ct);
        if (meeting.Latest is not Meeting.Known known)
            return null;
        var (of, proxies) = known.Plan switch
        {
            { Body: { } body } when (await deciding.ReadAsync<Body>(Body.Stream(body), ct)).At(known.Starts).AsConstituted is { } constituted =>
                (constituted.Name, statutes.At(deciding.On).RulesAt(known.Starts.Instant).Proxies(constituted.Kind, known.Decision)),
            { Group: { } group } => ((await deciding.ReadAsync<WorkingGroup>(WorkingGroup.Stream(group), ct)).Latest switch
            {
                WorkingGroup.Active g => g.Name,
                WorkingGroup.Succeeded g => g.Name,
                WorkingGroup.Merged g => g.Name,
                WorkingGroup.Closed g => g.Name,
                _ => entry.Name,
            }, (Applied<ProxiesRule>?)null),
            _ => (entry.Name, null),
        };
        var (ofBody, colleges) = await BallotUseCases.BodiesAsync(known.Plan.Body, deciding, ct);
        return new(
            entry, known, of, proxies,
            convocations.Recorded.Where(e => e.Event is ConvocationSent).GroupBy(e => ((ConvocationSent)e.Event).Person).ToDictionary(g => g.Key, g => g.Max(e => e.RecordedAt)),
            meeting.Recorded.Count(e => e.Event is MeetingMoved or MeetingCancelled),
            meeting.Recorded.Last(e => e.Event is MeetingPlanned or MeetingMoved or MeetingCancelled or MeetingConvened).RecordedAt,
            Before<MeetingConvened>(meeting) ?? known, Before<MeetingOpened>(meeting) ?? known,
            Mail.Invited.At(known.Plan.Body is null ? null : ofBody, colleges, deciding.On));
    }

    // In the order of recording: what was entered later was not announced, whenever it holds from.
    private static Meeting.Known? Before<T>(Timeline<Meeting> meeting) where T : IEvent =>
        meeting.Recorded.FirstOrDefault(e => e.Event is T) is { } act && meeting.Recorded.TakeWhile(e => e.Position <= act.Position).ToList() is var known
            ? new Timeline<Meeting>(meeting.Stream, known.Count, known).Latest as Meeting.Known
            : null;

    /// <summary>Opens the name and the address of somebody.</summary>
    public async Task<Addressee> OpenAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        var stream = Domain.People.Person.Stream(person);
        var events = (await log.ReadStreamAsync(association.ToString(), stream.Value, ct: ct)).Select(catalogue.Recorded).ToList();
        if (new Timeline<Domain.People.Person>(stream, events.Count, events).Latest is not Domain.People.Person.Registered known)
            return new(person, null, null, MailWording.French);
        var texts = await vault.OpenAsync(
            association.ToString(), [(person.Value, known.Name.Ciphertext), .. known.Email is { } email ? new[] { (person.Value, email.Ciphertext) } : []], ct);
        return new(person, texts[0], texts.ElementAtOrDefault(1), known.Language == Domain.People.SpokenLanguage.English ? MailWording.English : MailWording.French);
    }
}
