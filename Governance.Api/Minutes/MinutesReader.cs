using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Members;
using Governance.Api.People;
using Governance.Api.Voting;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.EventStore;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Minutes;

/// <summary>The minutes of a meeting at the reader's moment.</summary>
/// <param name="Story">Of the minutes, all that holds.</param>
/// <param name="Version">The version asked for; null where nothing was drafted.</param>
/// <param name="Composition">Of that version, or of what would be drafted.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Making">By which way of making minutes the version gives its stored hash; null by none, and where nothing was drafted.</param>
/// <param name="Outdated">What was recorded since the draft would change it.</param>
/// <param name="Transcribed">The meeting was recorded after the fact, from documents.</param>
/// <param name="Illustrative">Part of it is made up as an example.</param>
/// <param name="Overtaken">They are signed, and composed anew they would say something else.</param>
/// <param name="Since">What was recorded since of what they are composed from, where they are overtaken.</param>
/// <param name="Checkpoint">Of the log, covering all that the version rests on; null where none was drafted or it is not signed yet.</param>
public sealed record MinutesFile(
    Meeting.Known Meeting, MinutesSource Source, Timeline<Domain.Meetings.Minutes> Story, Domain.Meetings.Minutes State, MinutesVersion? Version,
    MinutesComposition Composition, WordedDocument Words, MinutesMaking? Making, bool Outdated, bool Transcribed, bool Illustrative, IReadOnlyList<string> Sources,
    bool Overtaken, IReadOnlyList<Recorded> Since, PrintedCheckpoint? Checkpoint)
{
    public Domain.Meetings.Minutes.Written? Written => State as Domain.Meetings.Minutes.Written;

    /// <summary>Whether the same events still give the hash that was stored with the draft, by the way in which minutes were made then.</summary>
    public bool IsAsDrafted => Version is null || Making is not null;

    /// <summary>Hash of what the version says.</summary>
    public string Hash => Version is { } version ? Written!.HashOf(version) : Composition.Hash();
}

/// <summary>Reads minutes from the streams that they are composed from, and puts them into words.</summary>
public sealed class MinutesReader(
    EventLog log, EventCatalogue catalogue, PersonVault vault, BallotBoxes boxes, RecentStreams recent, TimeProvider time, ReadDatabase reads, PersonNames people,
    MemberNames members, TransparencyLog transparency)
{
    /// <param name="number">Of the version; null for the last.</param>
    /// <param name="texts">Of the reader's language.</param>
    /// <returns>Null when there is no such meeting, or was none, or no such version, at the moment asked for.</returns>
    public async ValueTask<MinutesFile?> FindAsync(RequestScope scope, MeetingId id, int? number, MinutesTexts texts, CancellationToken ct)
    {
        if (await SourceAsync(scope, id, ct) is not { } found)
            return null;
        var (meeting, source, story, until) = found;
        var state = scope.IsPast ? story.At(scope.Instant) : story.Latest;
        var written = state as Domain.Meetings.Minutes.Written;
        var version = number is { } asked ? written?.Find(asked) : written?.Last;
        if (number is not null && version is null)
            return null;
        var now = MinutesComposition.Of(source, until)!;
        var composition = version is null ? now : MinutesComposition.Of(source.KnownBy(version.Composed.Position))!;
        var names = await MinutesNames.ReadAsync(await scope.ViewAsync(reads, ct), source, people, members, texts.Minutes, ct);
        var words = new MinutesWords(scope.Association, names, texts.Minutes, texts.Ballots, texts.Methods).Say(composition, meeting, written, version?.Number);
        var headers = await HeadersAsync(scope, id, ct);
        var overtaken = version is not null && state is Domain.Meetings.Minutes.Signed or Domain.Meetings.Minutes.Approved && MinutesComposition.IsOvertaken(source, version!.Composed, until);
        return new(
            meeting, source, story, state, version, composition, words, version is null ? null : MinutesComposition.MakingOf(source, version.Composed),
            state is Domain.Meetings.Minutes.Draft draft && !scope.IsPast && now.Hash() != draft.Last.Composed.Hash,
            headers.Exists(h => h.Transcribed), headers.Exists(h => h.Illustrative), [.. headers.Select(h => h.Source).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            overtaken,
            overtaken ? [.. source.Events.Where(e => e.Position > version!.Composed.Position && e.On.Instant <= (until ?? DateTimeOffset.MaxValue)).OrderBy(e => e.Position)] : [],
            version is null ? null : await CheckpointAsync(scope, source, story, version, ct));
    }

    /// <summary>Two versions of the minutes of a meeting, in words; what both are made of is read once.</summary>
    /// <returns>Null when there is no such meeting, or was none, or no such version, at the moment asked for.</returns>
    public async ValueTask<(Meeting.Known Meeting, WordedDocument Before, WordedDocument After)?> CompareAsync(
        RequestScope scope, MeetingId id, int before, int after, MinutesTexts texts, CancellationToken ct)
    {
        if (await SourceAsync(scope, id, ct) is not { } found
            || (scope.IsPast ? found.Story.At(scope.Instant) : found.Story.Latest) is not Domain.Meetings.Minutes.Written written
            || written.Find(before) is not { } earlier
            || written.Find(after) is not { } later)
            return null;
        var names = await MinutesNames.ReadAsync(await scope.ViewAsync(reads, ct), found.Source, people, members, texts.Minutes, ct);
        var words = new MinutesWords(scope.Association, names, texts.Minutes, texts.Ballots, texts.Methods);
        return (found.Meeting, Say(earlier), Say(later));

        WordedDocument Say(MinutesVersion version) =>
            words.Say(MinutesComposition.Of(found.Source.KnownBy(version.Composed.Position))!, found.Meeting, written, version.Number);
    }

    /// <summary>The attendance sheet and the list of proxies of a meeting, in words.</summary>
    public async ValueTask<(Meeting.Known Meeting, WordedDocument Words)?> SheetAsync(RequestScope scope, MeetingId id, MinutesTexts texts, CancellationToken ct)
    {
        if (await SourceAsync(scope, id, ct) is not { } found)
            return null;
        var names = await MinutesNames.ReadAsync(await scope.ViewAsync(reads, ct), found.Source, people, members, texts.Minutes, ct);
        return (found.Meeting, new MinutesWords(scope.Association, names, texts.Minutes, texts.Ballots, texts.Methods)
            .SaySheet(MinutesComposition.SheetOf(found.Source, found.Until)!, found.Meeting));
    }

    private async ValueTask<(Meeting.Known Meeting, MinutesSource Source, Timeline<Domain.Meetings.Minutes> Story, DateTimeOffset? Until)?> SourceAsync(
        RequestScope scope, MeetingId id, CancellationToken ct)
    {
        var context = CommandContext.OfSystem(scope.Association.Id, $"read minutes {id}", time) with { Zone = scope.Association.Zone };
        var deciding = new Deciding(context, log, catalogue, vault, boxes, recent, fromMemory: false);
        var story = await deciding.ReadAsync<Domain.Meetings.Minutes>(Domain.Meetings.Minutes.Stream(id), ct);
        var source = await MinutesUseCases.SourceAsync(id, deciding, ct);
        if (scope.RecordedPosition is { } last)
            (story, source) = (story.KnownBy(last), source.KnownBy(last));
        var until = scope.IsPast ? scope.Instant : (DateTimeOffset?)null;
        return source.Meeting.At(until ?? DateTimeOffset.MaxValue) is Meeting.Known meeting ? (meeting, source, story, until) : null;
    }

    private async ValueTask<PrintedCheckpoint?> CheckpointAsync(
        RequestScope scope, MinutesSource source, Timeline<Domain.Meetings.Minutes> story, MinutesVersion version, CancellationToken ct)
    {
        // What they cite, and what became of them: drafted, worded, signed, approved.
        var last = source.Events.Where(e => e.Position <= version.Composed.Position).Concat(story.Recorded).MaxBy(e => e.Position)!;
        return await Projections.AuditHistory.FindAsync(await scope.ViewAsync(reads, ct), last.Id, ct) is { Index: var size }
            ? await PrintedCheckpoint.OfAsync(transparency, scope.Association.Id.ToString(), size, ct)
            : null;
    }

    private async ValueTask<List<EventHeaders>> HeadersAsync(RequestScope scope, MeetingId id, CancellationToken ct) =>
        [.. (await log.ReadStreamAsync(scope.Association.Id.ToString(), Meeting.Stream(id).Value, ct: ct)).Select(e => EventHeaders.Read(e.Headers.Span))];
}

/// <summary>The words that minutes are put into.</summary>
public sealed class MinutesTexts(IStringLocalizer<MinutesText> minutes, IStringLocalizer<BallotText> ballots, IStringLocalizer<MethodText> methods)
{
    public IStringLocalizer<MinutesText> Minutes => minutes;

    public IStringLocalizer<BallotText> Ballots => ballots;

    public IStringLocalizer<MethodText> Methods => methods;
}
