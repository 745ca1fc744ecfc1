using System.Globalization;
using System.Runtime.CompilerServices;
using Governance.Api.Access;
using Governance.Api.Calendars;
using Governance.Api.History;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Mandates;
using Governance.Api.Members;
using Governance.Domain.Ballots;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.People;
using Governance.Domain.Voting;
using Governance.EventStore.Vault;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

/// <summary>What a person was called and where they were written to, from a day on.</summary>
/// <param name="Email">Null when the entry is of the name alone, or when the address was taken away.</param>
public sealed record IdentityEntry(EffectiveTime From, DateTimeOffset RecordedAt, string? Name, string? Email);

/// <summary>A vote that the person cast, or that was cast for a mandate of theirs.</summary>
/// <param name="Own">The person cast it; false where a proxy holder did.</param>
/// <param name="Secret">That they took part is known; what the paper said is known to nobody.</param>
/// <param name="Choice">On a motion that is closed; null in a secret ballot.</param>
/// <param name="Paper">In a contest that is closed; null in a secret ballot.</param>
public sealed record VoteEntry(BallotId Ballot, string Title, MandateId Elector, bool Own, EffectiveTime On, int Changes, bool Secret, Choice? Choice, Paper? Paper);

/// <param name="Given">For a mandate of the person's; false when the person holds it, or is its substitute.</param>
public sealed record ProxyEntry(BallotId Ballot, string Title, bool Given, MandateId Giver, ProxyForm Form, EffectiveTime On, PersonId? Holder, EffectiveTime? EndedOn, ProxyEnd? End);

/// <summary>A meeting that the person came to.</summary>
/// <param name="Since">Since when in this way, where they came and went.</param>
/// <param name="Left">When they left last; null until the end.</param>
public sealed record AttendanceEntry(MeetingId Meeting, string Title, EffectiveTime Since, bool Remote, EffectiveTime? Left);

/// <summary>A gathering for which the person is registered.</summary>
/// <param name="Waiting">On the waiting list, without a place.</param>
/// <param name="Present">How many came on it; null when nobody said.</param>
/// <param name="Cancelled">When it was cancelled; null while it stands.</param>
public sealed record RegistrationEntry(GatheringId Gathering, string Title, GuestKind Kind, int Places, bool Waiting, EffectiveTime On, int? Present, DateTimeOffset? Cancelled);

/// <summary>The account by which the person signs in.</summary>
/// <param name="Calendars">The secret addresses by which calendar programs follow this association's calendars for it, without the secrets.</param>
/// <param name="Deeds">What was done to it, the last first.</param>
public sealed record AccountEntry(string Login, IReadOnlyList<AccountLinks.Token> Tokens, IReadOnlyList<CalendarAddresses.Address> Calendars, IReadOnlyList<Deed> Deeds);

/// <summary>A document about the person, which they may read.</summary>
/// <param name="Destroyed">Its content is no more.</param>
public sealed record DocumentEntry(DocumentId Document, string Title, EffectiveTime On, bool Destroyed);

/// <param name="By">Who read, by name; null where that account is nobody in the association any more.</param>
/// <param name="Page">The kind of page or read.</param>
/// <param name="People">How many people it showed.</param>
/// <param name="Named">False of a list that was too long to keep whom it showed.</param>
public sealed record ReadEntry(DateTimeOffset At, string? By, string Page, int People, bool Named);

/// <summary>All that an association holds on a person (GDPR art. 15), as it is now.</summary>
/// <param name="HeldUntil">The first instant at which the person can be erased; null when nothing holds.</param>
/// <param name="Account">Null when the person has none.</param>
/// <param name="Memberships">Where the person is a member as an individual, with the dues.</param>
/// <param name="Reads">Who read their data, the last first, read while they are given; their own reads are not among them.</param>
/// <param name="Events">Every event that concerns them, in words, the last first, read while they are given.</param>
public sealed record PersonalData(
    PersonId Person, string? Name, string? Email, bool LabelOnly, EffectiveTime? HeldUntil, IReadOnlyList<IdentityEntry> Identity, AccountEntry? Account,
    IReadOnlyList<MemberDossier> Memberships, IReadOnlyList<MandateLine> Mandates, IReadOnlyList<VoteEntry> Votes, IReadOnlyList<ProxyEntry> Proxies,
    IReadOnlyList<AttendanceEntry> Attendances, IReadOnlyList<RegistrationEntry> Registrations, IReadOnlyList<DocumentEntry> Documents, IAsyncEnumerable<ReadEntry> Reads, IAsyncEnumerable<EventAnswer> Events);

/// <summary>A part of what grows with the years: a page of it, of how many, and what the next one is asked for with.</summary>
/// <param name="Next">Null at the end.</param>
public sealed record PersonalPage<T>(IReadOnlyList<T> Entries, long Total, string? Next);

/// <summary>Gathers what is held on one person from everywhere it is held.</summary>
public sealed class PersonalDataReader(
    ReadDatabase reads, EventStore.EventLog log, EventCatalogue catalogue, PersonVault vault, PersonNames names, MandateLines lines, HistoryReader history,
    AccountStore accounts, AccountLinks links, AccountDeeds deeds, CalendarAddresses calendars, ReadRecord record)
{
    /// <summary>Entries on a page that people read.</summary>
    public const int PageSize = 50;

    // What is read while a file is given, at once.
    private const int AtOnce = 500;

    /// <returns>Null when the association does not know the person.</returns>
    public async Task<PersonalData?> OfAsync(RequestScope scope, PersonId person, CancellationToken ct)
    {
        var view = await scope.ViewAsync(reads, ct);
        if (await Projections.People.FindAsync(view, person, ct) is not { } entry)
            return null;
        var association = scope.Association;
        var identity = await IdentityAsync(association.Id, person, ct);
        var dossier = (await PersonDossier.AtAsync(view, person, names, lines, ct))!;
        var memberships = new List<MemberDossier>();
        foreach (var member in await Projections.People.MembersOfAsync(view, person, ct))
        {
            if (await MemberDossier.AtAsync(view, member, names, lines, ct) is { } membership)
                memberships.Add(membership);
        }

        var own = dossier.Mandates.Select(line => line.Mandate).ToHashSet();
        var ballots = (await Projections.Ballots.ListedAsync(view, ct)).ToDictionary(ballot => ballot.Id);
        var votes = await Projections.Votes.OfPersonAsync(view, person, own, ct);
        var attendances = await Attendances.OfPersonAsync(view, person, ct);
        var meetings = attendances.Count == 0 ? [] : (await Projections.Meetings.ListAsync(view, ct)).ToDictionary(m => m.Id, m => m.Title);
        var registrations = await GatheringRegistrations.OfPersonAsync(view, person, ct);
        var gatherings = registrations.Count == 0 ? [] : (await Projections.Gatherings.ListAsync(view, ct)).ToDictionary(g => g.Id, g => g.Title);
        var proxies = await Projections.Proxies.OfPersonAsync(view, person, own, ct);
        return new(
            person, dossier.Person.Name, entry.Email is null ? null : identity.LastOrDefault(i => i.Email is not null)?.Email, entry.LabelOnly, entry.HeldUntil, identity,
            await AccountAsync(association.Id, person, ct),
            memberships,
            dossier.Mandates,
            [.. votes.Select(v => new VoteEntry(v.Ballot, TitleOf(v.Ballot), v.Elector, v.By == person, v.On, v.Changes, ballots.TryGetValue(v.Ballot, out var b) && b.Secret, v.Choice, v.Paper))],
            [.. proxies.Select(p => new ProxyEntry(p.Ballot, TitleOf(p.Ballot), own.Contains(p.Proxy.Giver), p.Proxy.Giver, p.Proxy.Form, p.Proxy.On, p.Proxy.Holder, p.Proxy.EndedOn, p.Proxy.End))],
            [.. attendances.Select(a => new AttendanceEntry(a.Meeting, meetings.GetValueOrDefault(a.Meeting, "–"), a.Since, a.Remote, a.Left))],
            [.. registrations.Select(((GatheringRegistrations.Registration R, DateTimeOffset? Cancelled) of) => new RegistrationEntry(
                of.R.Gathering, gatherings.GetValueOrDefault(of.R.Gathering, "–"), of.R.Kind, of.R.Places, of.R.Waiting, of.R.Registered, of.R.Present, of.Cancelled))],
            [.. (await Projections.Documents.AboutAsync(view, person, ct)).Select(d => new DocumentEntry(d.Id, d.Title, d.FiledOn, d.Destroyed is not null))],
            // Who read is named before the answer begins, so that these names are in its own record.
            ReadsAsync(association.Id, person, await ReadersAsync(view, association.Id, person, ct), ct),
            EventsAsync(view, association, person, ct));

        string TitleOf(BallotId ballot) => ballots.TryGetValue(ballot, out var known) ? known.Title : "–";
    }

    private async Task<IReadOnlyList<IdentityEntry>> IdentityAsync(AssociationId association, PersonId person, CancellationToken ct)
    {
        var recorded = (await log.ReadStreamAsync(association.ToString(), Person.Stream(person).Value, ct: ct)).Select(catalogue.Recorded)
            .Where(e => e.Event is PersonRegistered or PersonNameChanged or PersonEmailChanged).ToList();
        var texts = recorded.ConvertAll(e => e.Event switch
        {
            PersonRegistered r => ((Sealed?)r.Name, r.Email),
            PersonNameChanged n => (n.Name, null),
            PersonEmailChanged m => (null, m.Email),
            _ => (null, null),
        });
        var opened = await vault.OpenAsync(
            association.ToString(), [.. texts.SelectMany(t => new[] { t.Item1, t.Email }).OfType<Sealed>().Select(s => (s.Person.Value, s.Ciphertext))], ct);
        var next = 0;
        return [.. recorded.Zip(texts, (e, t) => new IdentityEntry(e.On, e.RecordedAt, Next(t.Item1), Next(t.Email)))];

        string? Next(Sealed? text) => text is null ? null : opened[next++];
    }

    private async Task<AccountEntry?> AccountAsync(AssociationId association, PersonId person, CancellationToken ct) =>
        await links.AccountOfAsync(association, person, ct) is { } account && await accounts.FindByIdAsync(account.ToString("D"), ct) is { } found
            ? new(found.Login, await links.TokensAsync(account, ct), await calendars.ListAsync(account, association, ct), await deeds.OfAsync(account, ct))
            : null;

    /// <summary>Who read the person's data, page by page.</summary>
    /// <param name="after">What the page before gave as next; one that is none begins anew.</param>
    public async Task<PersonalPage<ReadEntry>> ReadsPageAsync(RequestScope scope, PersonId person, string? after, CancellationToken ct)
    {
        var readers = await ReadersAsync(await scope.ViewAsync(reads, ct), scope.Association.Id, person, ct);
        long? before = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var page = await record.OfAsync(scope.Association.Id, person, ct, before, PageSize + 1);
        var shown = page.Take(PageSize).ToList();
        return new([.. shown.Select(r => Told(r, readers.Names))], readers.Reads, page.Count > PageSize ? shown[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>What happened that concerns the person, page by page.</summary>
    /// <param name="after">What the page before gave as next; one that is none begins anew.</param>
    public async Task<PersonalPage<EventAnswer>> EventsPageAsync(RequestScope scope, PersonId person, string? after, CancellationToken ct)
    {
        AuditHistory.Cursor? cursor = AuditHistory.Cursor.TryParse(after, out var read) ? read : null;
        var view = HistoryEndpoints.At(await scope.ViewAsync(reads, ct), cursor);
        var filter = await AuditHistory.PreparedAsync(view, new([person.Value]), ct);
        var page = await AuditHistory.PageAsync(view, filter, AuditHistory.Order.Recorded, cursor, PageSize, ct);
        var told = await history.TellAsync(view, scope.Association, page.Entries, ct);
        return new([.. told.Select(t => EventAnswer.Of(t, withData: false))], await AuditHistory.CountAsync(view, filter, ct), page.Next?.ToString());
    }

    private async Task<(IReadOnlyDictionary<Guid, string?> Names, long Reads)> ReadersAsync(ReadView view, AssociationId association, PersonId person, CancellationToken ct)
    {
        var (read, count) = await record.ReadersOfAsync(association, person, ct);
        var readers = new Dictionary<Guid, PersonId?>();
        foreach (var account in read)
            readers[account] = (await links.StandingAsync(account, association, ct))?.Person;
        var called = await names.OfAsync(view, readers.Values.OfType<PersonId>(), ct);
        return (readers.ToDictionary(r => r.Key, r => r.Value is { } reader ? called[reader].Name : null), count);
    }

    // Who came to read since the names were opened is nobody known.
    private static ReadEntry Told(PersonalRead read, IReadOnlyDictionary<Guid, string?> called) => new(read.At, called.GetValueOrDefault(read.By), read.Page, read.Number, read.Named);

    private async IAsyncEnumerable<ReadEntry> ReadsAsync(
        AssociationId association, PersonId person, (IReadOnlyDictionary<Guid, string?> Names, long Reads) readers, [EnumeratorCancellation] CancellationToken ct)
    {
        long? before = null;
        while (await record.OfAsync(association, person, ct, before, AtOnce) is { Count: > 0 } page)
        {
            foreach (var read in page)
                yield return Told(read, readers.Names);
            before = page[^1].Id;
        }
    }

    private async IAsyncEnumerable<EventAnswer> EventsAsync(ReadView view, AssociationEntry association, PersonId person, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var page in AuditHistory.PagesAsync(view, new([person.Value]), AuditHistory.Order.Recorded, ct))
        {
            foreach (var told in await history.TellAsync(view, association, page.Entries, ct))
                yield return EventAnswer.Of(told, withData: false);
        }
    }
}
