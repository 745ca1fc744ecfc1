using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FluentValidation.Results;
using Governance.Api.Ballots;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Documents;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;
using Npgsql;

namespace Governance.Api.Kernel.Commands;

/// <summary>
/// The one path of a command, whoever gives it: permission, shape, streams, decision, append on condition that no stream read has moved, and again when
/// one has. A command given before is found by the append, or looked up before anything but an acceptance is answered.
/// </summary>
/// <param name="requestKey">Keys the hash of a request, so that what it says cannot be guessed from it.</param>
/// <param name="tree">From which lots are drawn; null where none is.</param>
public sealed class CommandRunner(
    EventLog log, EventCatalogue catalogue, PersonVault vault, PersonErasure erasure, DocumentStore documents, BallotBoxes boxes, RecentStreams recent, TimeProvider time, byte[] requestKey,
    TransparencyLog? tree = null)
{
    private const int SaltBytes = 16;

    /// <summary>How long a command that others overtake is decided again.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private sealed record StoredAnswer(string Stream, IReadOnlyList<EventId> Events, IReadOnlyDictionary<string, Guid> Ids);

    public async Task<CommandResult> RunAsync<T>(UseCase<T> useCase, T request, CommandContext context, CancellationToken ct = default) where T : class
    {
        var result = await RecordAsync(useCase, request, context, ct);
        if ((useCase.Erases is null && useCase.Destroys is null) || result is not (CommandResult.Done or CommandResult.Unchanged))
            return result;
        try
        {
            // Recorded by now: that whoever asked has gone changes nothing.
            if (useCase.Erases is { } erased)
                await erasure.CarryOutAsync(context.Association, erased(request), CancellationToken.None);
            if (useCase.Destroys is { } destroyed)
                await documents.ReleaseAsync(context.Association.ToString(), destroyed(request).Value, null, CancellationToken.None);
            return result;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            // The next round carries it out; until then it is not said to be done.
            return new CommandResult.Unavailable(MayBeRecorded: true);
        }
    }

    /// <summary>What would become of a command, of which nothing is recorded.</summary>
    /// <returns>What it would be answered; null when it would be recorded.</returns>
    public async Task<CommandResult?> PreviewAsync<T>(UseCase<T> useCase, T request, CommandContext context, CancellationToken ct = default) where T : class
    {
        context = context with { IsPreview = true };
        if (await RefusedUnreadAsync(useCase, request, context, ct) is { } refused)
            return refused;
        var (deciding, decision) = await DecideAsync(useCase, request, context, fromMemory: false, ct);
        return Judge(decision, deciding, Target(useCase.Name, deciding), context.IfVersion).Answer;
    }

    /// <summary>What stands against a command before anything is read for it; null when nothing does.</summary>
    private static async Task<CommandResult?> RefusedUnreadAsync<T>(UseCase<T> useCase, T request, CommandContext context, CancellationToken ct) where T : class
    {
        if (!context.Actor.May(useCase.Permission))
            return new CommandResult.Refused(new NotPermitted(useCase.Permission));
        if (useCase.Dating == Dating.Now && context is { Effective: not null, Transcribed: false })
            return Malformed("effective", Wording.Shape("act-is-now"));
        if (useCase.Dating == Dating.Happened && context.Effective is { } given && NotYetHappened.Of(given, context.Now) is { } early)
            return new CommandResult.Refused(early);
        if (useCase.Validator is { } validator && await validator.ValidateAsync(request, ct) is { IsValid: false } invalid)
            return new CommandResult.Malformed(invalid.Errors.GroupBy(e => FieldName(e.PropertyName)).ToDictionary(g => g.Key, g => g.Select(Sentence).ToArray()));
        return null;
    }

    private async Task<(Deciding, Decision)> DecideAsync<T>(UseCase<T> useCase, T request, CommandContext context, bool fromMemory, CancellationToken ct) where T : class
    {
        var deciding = new Deciding(context, log, catalogue, vault, boxes, recent, fromMemory, tree);
        try
        {
            return (deciding, await deciding.FoundedAsync(await useCase.Decide(request, deciding, ct), ct));
        }
        catch (PersonErasedException)
        {
            return (deciding, new PersonErased());
        }
    }

    private static StreamRead Target(string name, Deciding deciding) =>
        deciding.Reads.Count > 0 ? deciding.Reads[0] : throw new InvalidOperationException($"{name} decided without reading a stream.");

    private async Task<CommandResult> RecordAsync<T>(UseCase<T> useCase, T request, CommandContext context, CancellationToken ct) where T : class
    {
        if (await RefusedUnreadAsync(useCase, request, context, ct) is { } refused)
            return refused;
        var tenant = context.Association.ToString();
        var key = useCase.Confidential ? null : new CommandKey(context.Actor.Id, context.IdempotencyKey, Hash(useCase.Name, request, context.Effective));
        if (useCase.Confidential)
            context = context with { CorrelationId = null, CausationId = null };
        var started = time.GetTimestamp();
        var fromMemory = true;
        while (true)
        {
            var (deciding, decision) = await DecideAsync(useCase, request, context, fromMemory, ct);
            deciding.Keys.Forget();
            var target = Target(useCase.Name, deciding);
            var (answer, facts) = Judge(decision, deciding, target, context.IfVersion);
            if (facts is null)
            {
                // What is remembered may be behind: only what was just read is refused.
                if (deciding.ReadFromMemory)
                {
                    fromMemory = false;
                    continue;
                }

                if (key is null)
                    return answer is CommandResult.Unchanged ? AsAnswered(target) : answer!;
                return await log.FindCommandAsync(tenant, key, ct) switch
                {
                    null => answer!,
                    { SameRequest: true } before => Repeated(before.LastPosition, before.RecordedAt, before.Answer, before.Versions),
                    _ => new CommandResult.KeyReused(),
                };
            }

            var (append, events) = Append(useCase.Name, context, deciding, target, facts, key);
            switch (await log.AppendAsync(append, ct))
            {
                case AppendResult.Appended when facts.Count == 0:
                    return AsAnswered(target);
                case AppendResult.Appended done:
                    deciding.Remember(facts, append.Events, done.FirstPosition, done.RecordedAt);
                    return new CommandResult.Done(
                        done.LastPosition, done.RecordedAt, events, Made(context), done.Versions.First(v => v.Stream == target.Stream.Value).Version);
                case AppendResult.CommandRepeated repeated:
                    return Repeated(repeated.LastPosition, repeated.RecordedAt, repeated.Answer, repeated.Versions);
                case AppendResult.VersionConflict conflict:
                    if (time.GetElapsedTime(started) >= Deadline)
                        return new CommandResult.Contended(new StreamId(conflict.Stream));
                    fromMemory = recent.Reaches(context.Association, conflict);
                    break;
                case AppendResult.PersonKeyTaken:
                    // Somebody else named the person first, or erased them: what is decided now is sealed with the key that there is, or refused.
                    if (time.GetElapsedTime(started) >= Deadline)
                        return new CommandResult.Contended(target.Stream);
                    fromMemory = false;
                    break;
                case AppendResult.CommandKeyReused:
                    return new CommandResult.KeyReused();
                case AppendResult.EventIdTaken when context.Ids.IsDerived:
                    return new CommandResult.Unchanged(target.Version);
                case AppendResult.Unstorable unstorable:
                    return Malformed(unstorable.Place, Wording.Shape("unstorable." + JsonNamingPolicy.SnakeCaseLower.ConvertName(unstorable.Fault.ToString())));
                case AppendResult.Overloaded:
                    return new CommandResult.Unavailable(MayBeRecorded: false);
                case AppendResult.Unavailable unavailable:
                    return new CommandResult.Unavailable(unavailable.MayBeWritten);
                case var other:
                    throw new InvalidOperationException($"{useCase.Name} could not be appended: {other}.");
            }
        }
    }

    /// <summary>What a decision comes to: the facts to append, or the answer when there are none.</summary>
    private static (CommandResult? Answer, IReadOnlyList<Fact>? Facts) Judge(Decision decision, Deciding deciding, StreamRead target, long? ifVersion)
    {
        if (ifVersion is { } seen && seen != target.Version)
            return (new CommandResult.Stale(target.Stream, seen, target.Version), null);
        return decision switch
        {
            Decision.Refused refused => (new CommandResult.Refused(refused.Refusal), null),
            // Papers alone: an append without events, on the same conditions.
            Decision.Unchanged when deciding.Papers is not null => (null, []),
            Decision.Unchanged => (new CommandResult.Unchanged(target.Version), null),
            Decision.Accepted { Facts: var facts } => deciding.Refuses(facts) is { } impossible
                ? (new CommandResult.Refused(impossible), null)
                : (null, facts),
            _ => throw new InvalidOperationException($"No answer for {decision}."),
        };
    }

    private (AppendRequest, IReadOnlyList<EventId>) Append(
        string name, CommandContext context, Deciding deciding, StreamRead target, IReadOnlyList<Fact> facts, CommandKey? key)
    {
        var events = new List<NewEvent>(facts.Count);
        var ids = new List<EventId>(facts.Count);
        foreach (var fact in facts)
        {
            if (!deciding.HasRead(fact.Stream))
                throw new InvalidOperationException($"{name} writes to {fact.Stream}, which it did not read.");
            var id = context.Ids.New(EventName(events.Count));
            ids.Add(EventId.Of(id));
            var source = deciding.Sources.GetValueOrDefault(fact);
            var headers = new EventHeaders(
                Instants.Write(fact.On.Instant), fact.On.Precision, context.Actor.Id, name, context.OnBehalfOf, source ?? context.Source, context.Transcribed || source is not null,
                context.Illustrative, deciding.JudgedUnder.GetValueOrDefault(fact) ?? deciding.StatutesVersion, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltBytes)));
            events.Add(new NewEvent(
                id, fact.Stream.Value, fact.Stream.Kind, catalogue.Name(fact.Event), EventCatalogue.DotnetName(fact.Event), catalogue.Write(fact.Event), headers.Write()));
        }

        var answer = JsonSerializer.SerializeToUtf8Bytes(new StoredAnswer(target.Stream.Value, ids, Made(context)), EventCatalogue.Json);
        return (
            new AppendRequest(
                context.Association.ToString(),
                [.. deciding.Reads.Select(r => new StreamVersion(r.Stream.Value, r.Version))],
                events,
                key,
                context.CorrelationId,
                context.CausationId,
                key is null ? default(ReadOnlyMemory<byte>) : answer,
                deciding.Papers,
                deciding.Keys.ForAppend),
            ids);
    }

    /// <summary>The name under which a command's source of identifiers makes the id of its event of this number, from 0.</summary>
    internal static string EventName(int number) => "event " + number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, Guid> Made(CommandContext context)
    {
        var made = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (name, id) in context.Ids.Made)
        {
            if (!name.StartsWith("event ", StringComparison.Ordinal))
                made.Add(name, id);
        }

        return made;
    }

    private static CommandResult.Done Repeated(long position, DateTimeOffset recordedAt, ReadOnlyMemory<byte> answer, IReadOnlyList<StreamVersion> versions)
    {
        var stored = JsonSerializer.Deserialize<StoredAnswer>(answer.Span, EventCatalogue.Json) ?? throw new JsonException("An answer is stored as null.");
        return new CommandResult.Done(position, recordedAt, stored.Events, stored.Ids, versions.FirstOrDefault(v => v.Stream == stored.Stream)?.Version ?? 0);
    }

    /// <summary>As the command that wrote the last event of the stream was answered.</summary>
    private static CommandResult AsAnswered(StreamRead target) => target.Last is { } last
        ? new CommandResult.Done(last.Position, last.RecordedAt, [last.Id], new Dictionary<string, Guid>(), target.Version)
        : new CommandResult.Unchanged(target.Version);

    private static CommandResult.Malformed Malformed(string field, string sentence) => new(new Dictionary<string, string[]> { [field] = [sentence] });

    // The rules of shapes are few; their own sentences name properties as the code does.
    private static string Sentence(ValidationFailure fault) => fault.ErrorCode switch
    {
        "EmailValidator" => Wording.Shape("email"),
        "NotEmptyValidator" or "NotNullValidator" => Wording.Shape("required"),
        "EmptyValidator" or "NullValidator" => Wording.Shape("left-out"),
        "MaximumLengthValidator" => Wording.Shape("too-long", fault.FormattedMessagePlaceholderValues["MaxLength"]),
        var other => throw new InvalidOperationException($"No sentence for {other}."),
    };

    private static string FieldName(string property) =>
        string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private byte[] Hash<T>(string name, T request, EffectiveTime? effective) =>
        HMACSHA256.HashData(requestKey, JsonSerializer.SerializeToUtf8Bytes(new { name, effective, request }, EventCatalogue.Json));
}
