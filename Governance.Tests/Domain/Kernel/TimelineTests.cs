using Governance.Domain.Kernel;
using Xunit;

namespace Governance.Tests.Domain.Kernel;

/// <summary>A timeline that grew with each append says what one that was read whole says.</summary>
public sealed class TimelineTests
{
    private static readonly StreamId Stream = new("door:1");

    [Fact]
    public void However_it_came_about_a_timeline_tells_the_same_history()
    {
        var (late, retractions, refusals) = (0, 0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var chance = new Random(seed);
            var grown = new Timeline<Door>(Stream, 0, []);
            var recorded = new List<Recorded>();
            for (var step = 0; step < 40; step++)
            {
                var added = Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Some(chance, recorded)).ToList();
                var whole = new Timeline<Door>(Stream, recorded.Count, [.. recorded]);
                var refusal = grown.Refuses(added);
                Assert.Equal(whole.Refuses(added), refusal);
                if (refusal is not null)
                {
                    refusals++;
                    continue;
                }

                late += added.Count(f => grown.Effective.Count > 0 && f.On < grown.Effective[^1].On);
                retractions += added.Count(f => f.Event is FactRetracted);
                List<Recorded> next = [.. added.Select((f, i) =>
                    new Recorded(Id(recorded.Count + i), Stream, recorded.Count + i + 1, recorded.Count + i + 1, f.Event, f.On, default))];
                var before = Told(grown);
                var after = (Timeline<Door>)grown.With(next);
                recorded.AddRange(next);
                Assert.Equal(before, Told(grown));
                grown = after;
                Assert.Equal(Told(new Timeline<Door>(Stream, recorded.Count, [.. recorded])), Told(grown));
            }
        }

        Assert.True(late > 500 && retractions > 200 && refusals > 200, $"{late} late facts, {retractions} retractions and {refusals} refusals are too few.");
    }

    [Fact]
    public void Two_that_grow_from_the_same_timeline_do_not_see_each_other()
    {
        var start = (Timeline<Door>)new Timeline<Door>(Stream, 0, []).With([Recorded(1, new Opened())]);
        var left = start.With([Recorded(2, new Closed())]);
        var right = start.With([Recorded(2, new Painted())]);

        Assert.Equal([new Opened(), new Closed()], left.Recorded.Select(e => e.Event));
        Assert.Equal([new Opened(), new Painted()], right.Recorded.Select(e => e.Event));
        Assert.Equal([new Opened()], start.Recorded.Select(e => e.Event));
        Assert.Equal((1, 2, 2), (start.Version, left.Version, right.Version));
    }

    private static string Told(Timeline<Door> timeline) => string.Join(
        "; ",
        [
            $"{timeline.Version} {timeline.Latest} {string.Join(",", timeline.Recorded.Select(e => e.Position))} {string.Join(",", timeline.Effective.Select(e => e.Position))}",
            .. Enumerable.Range(0, 12).Select(day => timeline.At(On(day)).ToString()),
        ]);

    private static Fact Some(Random chance, List<Recorded> recorded)
    {
        // Mostly in order, often late, now and then taken back.
        var on = On(chance.Next(3) == 0 ? chance.Next(12) : Math.Min(11, recorded.Count / 4));
        return chance.Next(8) switch
        {
            0 when recorded.Count > 0 => new Fact(Stream, new FactRetracted(recorded[chance.Next(recorded.Count)].Id, "Entered by mistake."), on),
            < 3 => new Fact(Stream, new Opened(), on),
            < 5 => new Fact(Stream, new Closed(), on),
            _ => new Fact(Stream, new Painted(), on),
        };
    }

    [Fact]
    public void What_can_only_have_happened_is_not_dated_later_than_now()
    {
        Assert.Equal(new NotYetHappened(On(2)), NotYetHappened.Of(On(2), On(1).Instant));
        Assert.Null(NotYetHappened.Of(On(1), On(1).Instant));
    }

    private static Recorded Recorded(int position, IEvent @event) => new(Id(position), Stream, position, position, @event, On(position), default);

    private static EffectiveTime On(int day) => EffectiveTime.At(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day));

    private static EventId Id(int number) => new(new Guid(number + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

    private sealed record Opened : IEvent;

    private sealed record Closed : IEvent;

    private sealed record Painted : IEvent;

    private sealed record Door(bool IsOpen, int Coats) : IState<Door>
    {
        public static Door Initial { get; } = new(false, 0);

        public Door Evolve(IEvent @event, EffectiveTime on) => @event switch
        {
            Opened when !IsOpen => this with { IsOpen = true },
            Closed when IsOpen => this with { IsOpen = false },
            Painted => this with { Coats = Coats + 1 },
            _ => throw ImpossibleHistoryException.After(this, @event, on),
        };
    }
}
