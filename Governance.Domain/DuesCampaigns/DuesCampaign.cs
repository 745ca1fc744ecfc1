using System.Collections.Immutable;
using Governance.Domain.Kernel;

namespace Governance.Domain.DuesCampaigns;

/// <summary>Who pays how much.</summary>
/// <param name="AmountCents">0 for who owes nothing.</param>
/// <param name="From">The least number that is in it.</param>
/// <param name="Below">The least number that is above it.</param>
public sealed record DuesBracket(string Name, int AmountCents, int? From = null, int? Below = null, string? Category = null, DecisionReference? Decision = null)
{
    public bool Covers(DuesBasis? declared) => Category is { } category
        ? declared?.Category == category
        : (From is null && Below is null) || (declared?.Number is { } number && !(number < From) && !(number >= Below));

    /// <summary>Whether a member could be in both.</summary>
    public bool Overlaps(DuesBracket other) => Category is not null || other.Category is not null
        ? Category == other.Category
        : !(Below <= other.From) && !(other.Below <= From);
}

/// <summary>What a member declares.</summary>
public sealed record DuesBasis(int? Number, string? Category);

/// <summary>What a member is to be called, before it is.</summary>
/// <param name="DueOn">Its own last day, later than the campaign's where it is called late.</param>
public sealed record DuesToCall(DuesCampaignCall Call, EffectiveTime DueOn);

/// <summary>One campaign of dues.</summary>
public abstract record DuesCampaign : IState<DuesCampaign>
{
    private DuesCampaign() { }

    public sealed record Unopened : DuesCampaign;

    public abstract record Known(DuesCampaignOpened Plan) : DuesCampaign
    {
        /// <summary>In the order of their setting.</summary>
        public ImmutableList<DuesBracket> Brackets { get; init; } = [];

        public ImmutableDictionary<MemberId, DuesBasis> Declared { get; init; } = ImmutableDictionary<MemberId, DuesBasis>.Empty;

        /// <summary>Whom the campaign called, with what.</summary>
        public ImmutableDictionary<MemberId, DuesCampaignCall> Called { get; init; } = ImmutableDictionary<MemberId, DuesCampaignCall>.Empty;

        public string Period => Plan.Period;

        public DuesBracket? Bracket(string name) => Brackets.Find(b => b.Name == name);

        /// <summary>The bracket of a member by what it declared; null when none covers it.</summary>
        public DuesBracket? BracketOf(MemberId member) => Brackets.Find(b => b.Covers(Declared.GetValueOrDefault(member)));

        /// <summary>What a member is to be called on a day; null for nothing: no bracket, a bracket of nothing, or admitted too late.</summary>
        /// <param name="since">When its membership began.</param>
        public DuesToCall? Of(MemberId member, EffectiveTime since, EffectiveTime on, TimeZoneInfo zone)
        {
            if (BracketOf(member) is not { AmountCents: > 0 } bracket)
                return null;
            var (first, admitted) = (LocalTime.DayOf(Plan.From.Instant, zone), LocalTime.DayOf(since.Instant, zone));
            var (whole, left) = (Months(first, LocalTime.LastDayOf(Plan.Until, zone)), Months(admitted, LocalTime.LastDayOf(Plan.Until, zone)));
            var call = (admitted > first, Plan.LateAdmission) switch
            {
                (false, _) or (_, LateAdmission.WholeAmount) => new DuesCampaignCall(member, bracket.Name, bracket.AmountCents),
                (_, LateAdmission.NotCalled) => null,
                _ when left >= whole => new DuesCampaignCall(member, bracket.Name, bracket.AmountCents),
                _ => new DuesCampaignCall(member, bracket.Name, (int)((long)bracket.AmountCents * Math.Max(0, left) / whole), Math.Max(0, left), whole),
            };
            if (call is not { AmountCents: > 0 })
                return null;
            var late = LocalTime.DayOf(on.Instant, zone).AddDays(Plan.DaysToPay);
            return new(call, late > LocalTime.LastDayOf(Plan.DueOn, zone) ? EffectiveTime.On(late, zone) : Plan.DueOn);
        }

        // Both months counted, begun or not.
        private static int Months(DateOnly from, DateOnly until) => ((until.Year - from.Year) * 12) + until.Month - from.Month + 1;
    }

    public sealed record Open(DuesCampaignOpened Plan) : Known(Plan);

    public sealed record Closed(DuesCampaignOpened Plan, EffectiveTime On, string? Remark) : Known(Plan);

    public static DuesCampaign Initial { get; } = new Unopened();

    public static StreamId Stream(DuesCampaignId campaign) => new($"dues-campaign:{campaign}");

    public DuesCampaign Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unopened, DuesCampaignOpened e) => new Open(e),
        (Open c, DuesBracketSet e) => c with { Brackets = With(c.Brackets, new(e.Name, e.AmountCents, e.From, e.Below, e.Category, e.Decision)) },
        (Open c, DuesBracketRemoved e) when c.Bracket(e.Name) is { } bracket => c with { Brackets = c.Brackets.Remove(bracket) },
        (Open c, DuesBasisDeclared e) => c with { Declared = c.Declared.SetItem(e.Member, new(e.Number, e.Category)) },
        (Open c, DuesCampaignCalled e) => c with { Called = c.Called.SetItems(e.Calls.Select(call => KeyValuePair.Create(call.Member, call))) },
        (Open c, DuesCampaignClosed e) => new Closed(c.Plan, on, e.Remark) { Brackets = c.Brackets, Declared = c.Declared, Called = c.Called },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private static ImmutableList<DuesBracket> With(ImmutableList<DuesBracket> brackets, DuesBracket bracket) =>
        brackets.FindIndex(b => b.Name == bracket.Name) is >= 0 and var at ? brackets.SetItem(at, bracket) : brackets.Add(bracket);
}

/// <summary>Which campaign each period has: the stream that opening one moves, so that two are not opened for one period at once.</summary>
public sealed record RegisterOfDuesCampaigns(ImmutableDictionary<string, DuesCampaignId> ByPeriod) : IState<RegisterOfDuesCampaigns>
{
    public static RegisterOfDuesCampaigns Initial { get; } = new(ImmutableDictionary.Create<string, DuesCampaignId>(StringComparer.OrdinalIgnoreCase));

    public static StreamId Stream { get; } = new("dues-campaigns");

    public RegisterOfDuesCampaigns Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        DuesPeriodRegistered e when !ByPeriod.ContainsKey(e.Period) => new(ByPeriod.Add(e.Period, e.Campaign)),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}

/// <summary>How the reminders of a campaign went.</summary>
public sealed record DuesReminders : IState<DuesReminders>
{
    private DuesReminders() { }

    /// <param name="Person">To whom; null where it went to the member itself.</param>
    /// <param name="Asked">When it was asked for, or sent by hand.</param>
    /// <param name="Sent">When it went out; null while it did not.</param>
    /// <param name="Failed">When it was found that it did not arrive.</param>
    /// <param name="Reason">Why it did not arrive; null where there was no address.</param>
    public sealed record Reminder(
        PersonId? Person, EffectiveTime Asked, EffectiveTime? Sent = null, string? Proof = null, EffectiveTime? Failed = null, string? Reason = null);

    /// <summary>The last reminder to each member.</summary>
    public ImmutableDictionary<MemberId, Reminder> To { get; init; } = ImmutableDictionary<MemberId, Reminder>.Empty;

    public static DuesReminders Initial { get; } = new();

    public static StreamId Stream(DuesCampaignId campaign) => new($"dues-reminders:{campaign}");

    /// <summary>Whether a member was reminded on the day of an instant already.</summary>
    public bool RemindedOn(MemberId member, EffectiveTime on, TimeZoneInfo zone) => To.TryGetValue(member, out var last)
        && LocalTime.DayOf(on.Instant, zone) is var day && (LocalTime.DayOf(last.Asked.Instant, zone) == day || (last.Sent is { } sent && LocalTime.DayOf(sent.Instant, zone) == day));

    public DuesReminders Evolve(IEvent @event, EffectiveTime on) => @event switch
    {
        DuesRemindersAsked e => this with { To = To.SetItems(e.To.Select(to => KeyValuePair.Create(to.Member, new Reminder(to.Person, on)))) },
        DuesReminderSent e => this with { To = To.SetItem(e.Member, new(e.Person, Asked(e.Member, e.Person, on), on, e.Proof)) },
        DuesReminderFailed e => this with
        {
            To = To.SetItem(e.Member, To.GetValueOrDefault(e.Member) is { } last && last.Person == e.Person
                ? last with { Failed = on, Reason = e.Reason }
                : new(e.Person, on, Failed: on, Reason: e.Reason)),
        },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    // A message that goes out is the one that was asked for, as long as none did yet.
    private EffectiveTime Asked(MemberId member, PersonId? person, EffectiveTime on) =>
        To.TryGetValue(member, out var last) && last.Sent is null && last.Person == person ? last.Asked : on;
}
