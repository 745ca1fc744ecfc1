using System.Globalization;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Statutes;
using Governance.Projections;
using Governance.Projections.Runtime;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Api.History;

/// <summary>What is asked of the history, as its address says it: the same for the page, the API and what is exported.</summary>
/// <param name="Person">Events that name this person.</param>
/// <param name="Body">Events that name this body.</param>
/// <param name="Touching">Events that name anything else by its id.</param>
/// <param name="Thing">The kind of thing they happened to: what begins the names of its streams; or <see cref="Decisions"/>.</param>
/// <param name="Kind">Stored name of an event.</param>
/// <param name="From">First day of effective time.</param>
/// <param name="To">Last day of effective time.</param>
/// <param name="Text">Words that they contain.</param>
/// <param name="RecordedFrom">First day of recorded time.</param>
/// <param name="RecordedTo">Last day of recorded time.</param>
public sealed record HistoryQuery(
    Guid? Person, Guid? Body, Guid? Touching, string? Thing, string? Kind, DateOnly? From, DateOnly? To, StatutesVersionId? Statutes, string? Text,
    string? Correlation, AuditHistory.Order Order, AuditHistory.Cursor? After, DateOnly? RecordedFrom = null, DateOnly? RecordedTo = null)
{
    /// <summary>The kinds of things that streams are about, in the order in which a filter offers them.</summary>
    public static IReadOnlyList<string> Things { get; } =
    [
        "association", "statutes", "member", "member-name", "person", "bodies", "body", "election", "elections", "ballot", "proxies", "vote", "paper-entry", "signing", "meeting", "attendance", "meeting-proxies", "convocations", "minutes", "dues-campaign", "dues-campaigns", "dues-reminders", "roadmap", "workstream", "dependencies", "working-group", "gathering", "gatherings", "shared-tool",
        "chronicle", "convention", "deliveries", "contribution-call", "contribution", "document", "folder",
    ];

    /// <summary>What the address takes, for the API's description.</summary>
    public static IReadOnlyList<QueryMetadata> Described { get; } =
    [
        new("person", "Events that name this person, by its id."),
        new("body", "Events that name this body, by its id."),
        new("touching", "Events that name anything else, by its id."),
        new("thing", $"What they happened to: {Decisions} (what was decided), {string.Join(", ", Things)}."),
        new("kind", "Stored name of an event, such as member_admitted."),
        new("from", "First day from which they hold: 2023-10-01."),
        new("to", "Last day from which they hold: 2023-10-31."),
        new("recordedFrom", "First day on which they were recorded."),
        new("recordedTo", "Last day on which they were recorded."),
        new("statutes", "The version of the statutes that they were judged under, by its id."),
        new("q", "Words that they contain, whatever the accents and capitals."),
        new("correlation", "What one command or job recorded, with all that followed from it."),
        new("order", "effective (as they took effect) or recorded, the latest first."),
    ];

    /// <summary>What is asked for in place of a kind of thing to be told what was decided, whatever it was about.</summary>
    public const string Decisions = "decisions";

    private static readonly IReadOnlyList<string> Deciding =
    [
        EventCatalogue.NameOf(typeof(ResultProclaimed)), EventCatalogue.NameOf(typeof(DeclaredTieParted)), EventCatalogue.NameOf(typeof(OutcomeTranscribed)), EventCatalogue.NameOf(typeof(StatutesAdopted)),
    ];

    /// <summary>Reads the address; what is not understood is named in <paramref name="errors"/> and left out.</summary>
    public static HistoryQuery Read(IQueryCollection query, ShapeErrors errors)
    {
        string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text.Trim() : null;
        Guid? Id(string name)
        {
            if (Text(name) is not { } text)
                return null;
            if (Guid.TryParseExact(text, "D", out var id))
                return id;
            errors.Add(name, Wording.Shape("expected-id"));
            return null;
        }

        DateOnly? Day(string name)
        {
            if (Text(name) is not { } text)
                return null;
            if (DateReading.Read(text) is { } day)
                return day;
            errors.Add(name, Wording.Shape("day"));
            return null;
        }

        string? OneOf(string name, IEnumerable<string> values)
        {
            if (Text(name) is not { } text)
                return null;
            if (values.Contains(text, StringComparer.Ordinal))
                return text;
            errors.Add(name, Wording.Shape("expected-one-of", string.Join(", ", values)));
            return null;
        }

        AuditHistory.Cursor? after = null;
        if (Text("after") is { } written)
        {
            if (AuditHistory.Cursor.TryParse(written, out var cursor))
                after = cursor;
            else
                errors.Add("after", HistoryWording.Say("Error.Cursor"));
        }

        return new(
            Id("person"), Id("body"), Id("touching"), OneOf("thing", [Decisions, .. Things]), OneOf("kind", EventCatalogue.All.Names.Order(StringComparer.Ordinal)), Day("from"),
            Day("to"), Id("statutes") is { } version ? new StatutesVersionId(version) : null, Text("q") is { } q ? q[..Math.Min(q.Length, 200)] : null,
            Text("correlation"), OneOf("order", ["effective", "recorded"]) == "recorded" ? AuditHistory.Order.Recorded : AuditHistory.Order.Effective, after,
            Day("recordedFrom"), Day("recordedTo"));
    }

    /// <summary>The same, as the read model takes it, for a page of it and its number.</summary>
    public async ValueTask<AuditHistory.Filter> FilterAsync(ReadView view, TimeZoneInfo zone, CancellationToken ct) =>
        await AuditHistory.PreparedAsync(view, await AskedAsync(view, zone, ct), ct);

    private async ValueTask<AuditHistory.Filter> AskedAsync(ReadView view, TimeZoneInfo zone, CancellationToken ct) => new(
        [.. new[] { Person, Body, Touching }.Where(id => id is not null).Select(id => id!.Value)],
        (Kind, Thing) switch
        {
            (null, Decisions) => Deciding,
            ({ } kind, Decisions) => [.. Deciding.Where(deciding => deciding == kind)],
            ({ } kind, _) => [kind],
            _ => null,
        },
        From is { } from ? LocalTime.StartOf(from, zone) : null,
        To is { } to ? LocalTime.EndOf(to, zone) : null,
        null,
        Correlation,
        Thing is null or Decisions ? null : [Thing],
        Statutes,
        Text is null ? null : new AuditHistory.Words(Text, await Names.MatchingAsync(view, Text, ct), [.. Told(Text)]),
        RecordedFrom is { } recordedFrom ? LocalTime.StartOf(recordedFrom, zone) : null,
        RecordedTo is { } recordedTo ? LocalTime.EndOf(recordedTo, zone) : null);

    /// <summary>True when anything is left out.</summary>
    public bool IsFiltered => this with { Order = default, After = null } != new HistoryQuery(null, null, null, null, null, null, null, null, null, null, default, null);

    /// <summary>The days left in, for the name of a file: <c>-2023-10-01-2023-10-31</c>; nothing when all are.</summary>
    public string Period => (From, To) switch
    {
        (null, null) => "",
        ({ } from, null) => $"-from-{DateWording.Iso(from)}",
        (null, { } to) => $"-to-{DateWording.Iso(to)}",
        ({ } from, { } to) => $"-{DateWording.Iso(from)}-{DateWording.Iso(to)}",
    };

    /// <summary>The address that asks for this, below a page such as <c>/rncrpv/history</c>.</summary>
    public string Address(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["person"] = Person?.ToString("D"),
        ["body"] = Body?.ToString("D"),
        ["touching"] = Touching?.ToString("D"),
        ["thing"] = Thing,
        ["kind"] = Kind,
        ["from"] = From is { } from ? DateWording.Iso(from) : null,
        ["to"] = To is { } to ? DateWording.Iso(to) : null,
        ["recordedFrom"] = RecordedFrom is { } recordedFrom ? DateWording.Iso(recordedFrom) : null,
        ["recordedTo"] = RecordedTo is { } recordedTo ? DateWording.Iso(recordedTo) : null,
        ["statutes"] = Statutes?.ToString(),
        ["q"] = Text,
        ["correlation"] = Correlation,
        ["order"] = Order == AuditHistory.Order.Recorded ? "recorded" : null,
        ["after"] = After?.ToString(),
    }.Where(pair => pair.Value is not null));

    // A sentence's own words, in the language of who searches.
    private static IEnumerable<string> Told(string text) => EventCatalogue.All.Names.Where(name =>
        EventSentence.Template(name, CultureInfo.CurrentUICulture) is { } told
        && CultureInfo.InvariantCulture.CompareInfo.IndexOf(told, text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);
}
