using System.Security.Cryptography;
using System.Text;
using Governance.Domain.Kernel;
using Xunit;

namespace Governance.Tests.Domain;

/// <summary>
/// The words in which the tests of decisions are written:
/// <c>Given(On("2024-01-01", stream, event)).When(past => new Command(...).Decide(...)).Then(...)</c>.
/// </summary>
public static class Story
{
    public static TimeZoneInfo Paris { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static Past Nothing { get; } = new([]);

    public static Past Given(params IReadOnlyList<Fact> facts) => Nothing.And(facts);

    /// <summary>A day, month, quarter, half-year, year or instant, as <see cref="EffectiveTime.TryParse"/> reads it in Paris.</summary>
    public static EffectiveTime Time(string text) =>
        EffectiveTime.TryParse(text, Paris, out var time) ? time : throw new ArgumentException($"{text} is no time.", nameof(text));

    public static Fact On(string when, StreamId stream, IEvent @event) => new(stream, @event, Time(when));

    /// <summary>The identifier that goes by this name in every test.</summary>
    public static T Named<T>(string name) where T : struct, IIdentifier<T> =>
        T.Of(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{typeof(T).Name} {name}")).AsSpan(0, 16)));

    public static Sealed SealedFor(PersonId person, string text) => new(person, Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));

    /// <summary>The identifier of the fact recorded at a position, from 1.</summary>
    public static EventId Event(long position) => Named<EventId>($"{position}");
}

/// <summary>All that was recorded so far, in the order of recording.</summary>
public sealed class Past(IReadOnlyList<Recorded> recorded)
{
    public Past And(params IReadOnlyList<Fact> facts)
    {
        var all = recorded.ToList();
        foreach (var fact in facts)
        {
            var version = all.Count(e => e.Stream == fact.Stream) + 1;
            all.Add(new Recorded(Story.Event(all.Count + 1), fact.Stream, version, all.Count + 1, fact.Event, fact.On, DateTimeOffset.UnixEpoch));
        }

        return new(all);
    }

    /// <summary>One stream, as a decision reads it.</summary>
    public Timeline<TState> Read<TState>(StreamId stream) where TState : class, IState<TState>
    {
        var events = recorded.Where(e => e.Stream == stream).ToList();
        return new(stream, events.Count, events);
    }

    /// <summary>Every stream of a kind, such as <c>body</c>.</summary>
    public IReadOnlyList<Timeline<TState>> ReadAll<TState>(string kind) where TState : class, IState<TState> =>
        [.. recorded.Select(e => e.Stream).Where(s => s.Kind == kind).Distinct().Select(Read<TState>)];

    public TState State<TState>(StreamId stream) where TState : class, IState<TState> => Read<TState>(stream).Latest;

    public TState State<TState>(StreamId stream, string when) where TState : class, IState<TState> => Read<TState>(stream).At(Story.Time(when));

    public Told When(Func<Past, Decision> command) => new(this, command);
}

/// <summary>A command and what came of it.</summary>
public sealed class Told(Past past, Func<Past, Decision> command)
{
    private readonly Decision _decision = command(past);

    /// <summary>These facts, no others, in this order; and the same command again changes nothing.</summary>
    /// <returns>The past with them recorded.</returns>
    public Past Then(params IReadOnlyList<Fact> expected)
    {
        var accepted = Facts();
        Assert.Equal(expected.Select(Show), accepted.Select(Show));
        return Recorded(accepted);
    }

    /// <summary>Accepted, whatever the facts; and the same command again changes nothing.</summary>
    /// <returns>The past with them recorded.</returns>
    public Past ThenAccepted() => Recorded(Facts());

    /// <summary>What is asked holds already.</summary>
    public void ThenNothing() => Assert.Equal(Decision.NoChange, _decision);

    public TRefusal ThenRefused<TRefusal>() where TRefusal : Refusal =>
        Assert.IsType<TRefusal>(Assert.IsType<Decision.Refused>(_decision).Refusal);

    /// <summary>Refused with exactly this refusal, its arguments too.</summary>
    public void ThenRefused<TRefusal>(TRefusal refusal) where TRefusal : Refusal => Assert.Equal(refusal, ThenRefused<TRefusal>());

    private IReadOnlyList<Fact> Facts() => Assert.IsType<Decision.Accepted>(_decision).Facts;

    private Past Recorded(IReadOnlyList<Fact> facts)
    {
        var next = past.And(facts);
        Assert.Equal(Decision.NoChange, command(next));
        return next;
    }

    private static string Show(Fact fact) =>
        $"{fact.Stream} {Instants.Write(fact.On.Instant)} {fact.On.Precision} {EventCatalogue.All.Name(fact.Event)} "
        + Encoding.UTF8.GetString(EventCatalogue.All.Write(fact.Event));
}
