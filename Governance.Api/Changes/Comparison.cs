using System.Globalization;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.Projections.Runtime;
using Microsoft.AspNetCore.WebUtilities;

namespace Governance.Api.Changes;

/// <summary>
/// Two moments of an association, as an address says them. Each is a day and what was known on a day: with one knowledge, the comparison tells what
/// became effective; with one day, what became known of it.
/// </summary>
/// <param name="From">The earlier day, at its end.</param>
/// <param name="KnownFrom">Position of the log up to which the earlier moment is known; null is all that is known.</param>
/// <param name="Of">The thing that is compared; null for the whole association.</param>
public sealed record Comparison(DateTimeOffset From, DateTimeOffset To, Knowledge KnownFrom, Knowledge KnownTo, Guid? Of)
{
    public const string FromKey = "from", ToKey = "to", KnownFromKey = "knownFrom", KnownToKey = "knownTo", OfKey = "of";

    /// <summary>What the address takes, for the API's description.</summary>
    public static IReadOnlyList<QueryMetadata> Described { get; } =
    [
        new(FromKey, "The earlier day, at its end (2023-10-14), or an instant; a year before the later one when left out, or the same day where knownFrom is given."),
        new(ToKey, "The later day, or an instant; that of asOf when left out, or the same day as from where knownFrom is given."),
        new(KnownFromKey, "As known at the end of this day, at an instant, or at a position of the log, for the earlier moment; as for the later one when left out."),
        new(KnownToKey, "The same for the later moment; that of recordedAsOf when left out."),
        new(OfKey, "Only what belongs to this thing, by its id: a person, a member, a body, a workstream, a ballot, a version of the statutes..."),
    ];

    /// <summary>Both moments are known alike: what differs is what became effective.</summary>
    public bool IsOfEffect => KnownFrom.Position == KnownTo.Position;

    /// <summary>Both are the same day: what differs is what became known of it.</summary>
    public bool IsOfKnowledge => From == To && !IsOfEffect;

    /// <summary>Reads the address; what cannot be read or does not fit together is named in <paramref name="errors"/>.</summary>
    public static async ValueTask<Comparison> ReadAsync(
        IQueryCollection query, RequestScope scope, EventLog log, DateTimeOffset now, ShapeErrors errors, CancellationToken ct)
    {
        var zone = scope.Association.Zone;
        string? Text(string name) => query[name].ToString() is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        DateTimeOffset? Instant(string text) => AsOfReading.Instant(text, zone) ?? (DateReading.Read(text) is { } day ? LocalTime.EndOf(day, zone) : null);

        DateTimeOffset At(string name, DateTimeOffset otherwise)
        {
            if (Text(name) is not { } text)
                return otherwise;
            if (Instant(text) is { } instant)
                return instant;
            errors.Add(name, ChangesWording.Say("Error.Day", Shown(text)));
            return otherwise;
        }

        async ValueTask<Knowledge> KnownAsync(string name, Knowledge otherwise)
        {
            if (Text(name) is not { } text)
                return otherwise;
            if (AsOfReading.Position(text) is { } position)
                return new(position, null);
            if (Instant(text) is { } instant)
                return instant >= now ? Knowledge.Whole : new(await log.PositionAtAsync(instant, ct), LocalTime.DayOf(instant, zone));
            errors.Add(name, ChangesWording.Say("Error.Known", Shown(text)));
            return otherwise;
        }

        Guid? of = null;
        if (Text(OfKey) is { } thing)
        {
            if (Guid.TryParseExact(thing, "D", out var id))
                of = id;
            else
                errors.Add(OfKey, Wording.Shape("expected-id"));
        }

        // With a day of knowledge of its own, the earlier moment is of the same day as the later one unless both are given.
        var ofKnowledge = Text(KnownFromKey) is not null;
        var to = At(ToKey, ofKnowledge && Text(FromKey) is { } alone ? Instant(alone) ?? scope.Instant : scope.Instant);
        var from = At(FromKey, ofKnowledge ? to : YearBefore(to, zone));
        var knownTo = await KnownAsync(KnownToKey, scope.RecordedPosition is { } asked ? new(asked, null) : Knowledge.Whole);
        var knownFrom = await KnownAsync(KnownFromKey, knownTo);
        if (!errors.Any && from > to)
            errors.Add(FromKey, ChangesWording.Say("Error.FromAfterTo"));
        if (!errors.Any && (knownFrom.Position ?? long.MaxValue) > (knownTo.Position ?? long.MaxValue))
            errors.Add(KnownFromKey, ChangesWording.Say("Error.KnownFromAfterTo"));
        return new(from, to, knownFrom, knownTo, of);
    }

    /// <summary>The two views, on one state of the read models.</summary>
    public async ValueTask<(ReadView Before, ReadView After)> ViewsAsync(ReadDatabase reads, AssociationId association, CancellationToken ct)
    {
        var reached = await reads.ReachedAsync(ct);
        ReadView At(DateTimeOffset instant, Knowledge known) => new(reads, association, new AsOf(instant, Math.Min(reached, known.Position ?? reached)));
        return (At(From, KnownFrom), At(To, KnownTo));
    }

    /// <summary>The address that asks for this, below a page such as <c>/rncrpv/changes</c>.</summary>
    public string Address(string path, TimeZoneInfo zone) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        [FromKey] = Written(From, zone),
        [ToKey] = Written(To, zone),
        [KnownFromKey] = KnownFrom.Written,
        [KnownToKey] = KnownTo.Written,
        [OfKey] = Of?.ToString("D"),
    }.Where(pair => pair.Value is not null));

    // A day where the instant is its end.
    private static string Written(DateTimeOffset instant, TimeZoneInfo zone) =>
        LocalTime.DayOf(instant, zone) is var day && LocalTime.EndOf(day, zone) == instant ? DateWording.Iso(day) : Instants.Write(instant);

    // What was given, as far as a sentence bears it.
    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static DateTimeOffset YearBefore(DateTimeOffset instant, TimeZoneInfo zone) =>
        LocalTime.DayOf(instant, zone) is { Year: > LocalTime.FirstYear } day ? LocalTime.EndOf(day.AddYears(-1), zone) : instant;
}

/// <summary>Up to where something is known.</summary>
/// <param name="Position">Position of the log; null is all that is known.</param>
/// <param name="Day">The day at whose end that was; null when it was asked for by its position.</param>
public readonly record struct Knowledge(long? Position, DateOnly? Day)
{
    public static Knowledge Whole => default;

    public string? Written => Day is { } day ? DateWording.Iso(day) : Position?.ToString(CultureInfo.InvariantCulture);
}
