using System.Globalization;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Minutes;
using Governance.Domain.Documents;
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
/// <param name="Documents">Of the meeting and of what is on its agenda, in the order in which they were attached.</param>
public sealed record ConvocationLetter(
    AssociationEntry Association, Meeting.Known Meeting, string Of, Applied<ProxiesRule>? Proxies, IReadOnlyDictionary<PersonId, DateTimeOffset> Sent, int Changes,
    DateTimeOffset Changed, Meeting.Known Announced, Meeting.Known Standing, IReadOnlySet<PersonId> Invited, IReadOnlyList<LetterDocument> Documents)
{
    /// <summary>What was announced, in its order.</summary>
    public IReadOnlyList<AgendaItem> Agenda => [.. Announced.Agenda.Where(i => i.Withdrawn is null)];

    public IEnumerable<Resolution> TextsOf(AgendaItem item) => Announced.Resolutions.Where(r => r.Item == item.Id && r.Withdrawn is null);

    /// <summary>The documents of an item, or of the meeting as a whole, that somebody may read.</summary>
    public IReadOnlyList<LetterDocument> DocumentsOf(AgendaItemId? item, Reader reader) =>
        [.. Documents.Where(d => d.Item == item && DocumentReading.Admits(d.Audience, d.About, reader))];

    public bool IsCancelled => Meeting is Domain.Meetings.Meeting.Cancelled;
}

/// <summary>A document that a convocation names to whoever may read it.</summary>
/// <param name="Item">Null for one of the meeting as a whole.</param>
/// <param name="Audience">Of now: what was open once is closed to whoever may not read it any more.</param>
public sealed record LetterDocument(DocumentId Id, string Title, AgendaItemId? Item, Audience Audience, PersonId? About);

/// <summary>Somebody as a message addresses them, opened for that and kept nowhere.</summary>
/// <param name="Email">Null when there is no address, or the person was erased.</param>
/// <param name="Language">In which they are written to: French where nobody has said another.</param>
public sealed record Addressee(PersonId Person, string? Name, string? Email, CultureInfo Language);

/// <summary>Reads what a convocation says from the streams of the meeting, and opens who it is for.</summary>
public sealed class ConvocationLetters(
    EventLog log, EventCatalogue catalogue, PersonVault vault, BallotBoxes boxes, RecentStreams recent, AssociationDirectory associations, TimeProvider time)
{
    /// <summary>As it stands now.</summary>
    /// <returns>Null when there is no such meeting.</returns>
    public async Task<ConvocationLetter?> ReadAsync(AssociationId association, MeetingId id, CancellationToken ct) =>
        await associations.OfAsync(association, ct) is { } entry ? await ReadAsync(entry, id, null, null, ct) : null;

    /// <summary>As it stood at the two moments of a request. Who is invited is of today all the same: a right to read is never one of the past.</summary>
    /// <returns>Null when there is no such meeting, or was none.</returns>
    public Task<ConvocationLetter?> ReadAsync(RequestScope scope, MeetingId id, CancellationToken ct) =>
        ReadAsync(scope.Association, id, scope.IsPast ? scope.Instant : null, scope.RecordedPosition, ct);

    private async Task<ConvocationLetter?> ReadAsync(AssociationEntry entry, MeetingId id, DateTimeOffset? instant, long? position, CancellationToken ct)
    {
        var (association, until) = (entry.Id, instant ?? DateTimeOffset.MaxValue);
        Timeline<T> Known<T>(Timeline<T> timeline) where T : class, IState<T> => position is { } last ? timeline.KnownBy(last) : timeline;
        var context = CommandContext.OfSystem(association, $"convocation of {id}", time) with { Zone = entry.Zone };
        var deciding = new Deciding(context, log, catalogue, vault, boxes, recent, fromMemory: false);
        var (meeting, convocations, statutes) = await deciding.ReadAsync<Meeting, Convocations, StatutesVersions>(
            Meeting.Stream(id), Convocations.Stream(id), StatutesVersions.Stream, ct);
        (meeting, convocations, statutes) = (Known(meeting), Known(convocations), Known(statutes));
        if (meeting.At(until) is not Meeting.Known known)
            return null;
        var on = instant is { } then ? EffectiveTime.At(then) : deciding.On;
        List<Recorded> said = [.. meeting.Recorded.Where(e => e.On.Instant <= until)];
        var (of, proxies) = known.Plan switch
        {
            { Body: { } body } when Known(await deciding.ReadAsync<Body>(Body.Stream(body), ct)).At(known.Starts).AsConstituted is { } constituted =>
                (constituted.Name, statutes.At(on).RulesAt(known.Starts.Instant).Proxies(constituted.Kind, known.Decision)),
            { Group: { } group } => (Known(await deciding.ReadAsync<WorkingGroup>(WorkingGroup.Stream(group), ct)).At(until) switch
            {
                WorkingGroup.Active g => g.Name,
                WorkingGroup.Succeeded g => g.Name,
                WorkingGroup.Merged g => g.Name,
                WorkingGroup.Closed g => g.Name,
                _ => entry.Name,
            }, (Applied<ProxiesRule>?)null),
            _ => (entry.Name, null),
        };
        var documents = await MinutesUseCases.DocumentsAsync(meeting, deciding, ct);
        var (ofBody, colleges) = await BallotUseCases.BodiesAsync(known.Plan.Body, deciding, ct);
        return new(
            entry, known, of, proxies,
            convocations.Recorded.Where(e => e.Event is ConvocationSent && e.On.Instant <= until).GroupBy(e => ((ConvocationSent)e.Event).Person).ToDictionary(g => g.Key, g => g.Max(e => e.RecordedAt)),
            said.Count(e => e.Event is MeetingMoved or MeetingCancelled),
            said.FindLast(e => e.Event is MeetingPlanned or MeetingMoved or MeetingCancelled or MeetingConvened)!.RecordedAt,
            Before<MeetingConvened>(meeting, until) ?? known, Before<MeetingOpened>(meeting, until) ?? known,
            Mail.Invited.At(known.Plan.Body is null ? null : ofBody, colleges, deciding.On), Documents());

        List<LetterDocument> Documents() =>
        [
            .. documents.ByItem.Select(f => ((AgendaItemId?)f.Key, f.Value)).Prepend((null, documents.Folder))
                .SelectMany(f => Known(f.Item2).At(until).Documents, (f, document) => (Item: f.Item1, Told: documents.Documents[document]))
                .Select(d => Known(d.Told).At(until) is Document.Kept then && d.Told.Latest is Document.Kept now ? new LetterDocument(then.Id, then.Title, d.Item, now.Audience, now.About) : null)
                .OfType<LetterDocument>(),
        ];
    }

    // In the order of recording: what was entered later was not announced, whenever it holds from.
    private static Meeting.Known? Before<T>(Timeline<Meeting> meeting, DateTimeOffset until) where T : IEvent =>
        meeting.Recorded.FirstOrDefault(e => e.Event is T && e.On.Instant <= until) is { } act ? meeting.KnownBy(act.Position).At(until) as Meeting.Known : null;

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
