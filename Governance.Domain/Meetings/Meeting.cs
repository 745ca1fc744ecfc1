using System.Collections.Immutable;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <param name="Interested">Who declared an interest of their own in it.</param>
/// <param name="Withdrawn">Why it is no longer on the agenda; null while it is.</param>
public sealed record AgendaItem(AgendaItemId Id, string Title, string? Text, ImmutableHashSet<PersonId> Interested, string? Withdrawn = null);

/// <param name="Text">As amended last.</param>
/// <param name="Ballot">That it was put to; null before.</param>
/// <param name="Withdrawn">Why it is not put to the vote; null while it is not withdrawn.</param>
/// <param name="SecondRoundOf">The text whose vote calls for this one; null for none.</param>
public sealed record Resolution(
    ResolutionId Id, AgendaItemId Item, DecisionKind Decision, string Title, string Text, WorkstreamId? Workstream, Contest? Contest,
    BallotId? Ballot = null, WayOfVoting? Way = null, string? Withdrawn = null, ElectionId? Election = null, MeetingId? Minutes = null,
    ResolutionId? SecondRoundOf = null);

/// <param name="Confirmed">Why the acts stand all the same; null while nobody has said so.</param>
public sealed record AttendanceIrregularity(AttendanceIrregularityRaised What, string? Confirmed = null);

/// <summary>A meeting from its plan to its closing. Who is there is another stream: see <see cref="AttendanceSheet"/>.</summary>
public abstract record Meeting : IState<Meeting>
{
    private Meeting() { }

    public sealed record Unknown : Meeting;

    /// <param name="Plan">As planned first; time and place are those of <see cref="Starts"/> and <see cref="Place"/>.</param>
    public abstract record Known(MeetingPlanned Plan) : Meeting
    {
        public EffectiveTime Starts { get; init; } = Plan.Starts;

        public string? Place { get; init; } = Plan.Place;

        public bool Remote { get; init; } = Plan.Remote;

        /// <summary>In order, withdrawn ones too.</summary>
        public ImmutableList<AgendaItem> Agenda { get; init; } = [];

        /// <summary>In the order in which they were proposed.</summary>
        public ImmutableList<Resolution> Resolutions { get; init; } = [];

        /// <summary>The centres that take part in a meeting of a working group.</summary>
        public ImmutableList<MemberId> Centres { get; init; } = [];

        /// <summary>Null before.</summary>
        public MeetingConvened? Convocation { get; init; }

        /// <summary>When the convocation went out.</summary>
        public EffectiveTime? ConvenedOn { get; init; }

        public ImmutableList<AttendanceIrregularity> Irregularities { get; init; } = [];

        /// <summary>The kind of decision whose rules the meeting itself is held under.</summary>
        public DecisionKind Decision => Plan.Kind == MeetingKind.Extraordinary ? DecisionKind.Extraordinary : DecisionKind.Ordinary;

        public AgendaItem? Item(AgendaItemId id) => Agenda.Find(i => i.Id == id);

        public Resolution? Find(ResolutionId id) => Resolutions.Find(r => r.Id == id);
    }

    public sealed record Planned(MeetingPlanned Plan) : Known(Plan);

    public sealed record Convened(MeetingPlanned Plan) : Known(Plan);

    /// <summary>A meeting that was opened.</summary>
    /// <param name="Since">When.</param>
    public abstract record Held(MeetingPlanned Plan, MeetingOpened Opening, EffectiveTime Since) : Known(Plan)
    {
        public PersonId Chair { get; init; } = Opening.Chair;

        /// <summary>In hand, or last in hand; null before the first.</summary>
        public AgendaItemId? Current { get; init; }

        /// <summary>The ballot that it voted on last; null before the first.</summary>
        public BallotId? LastVote { get; init; }
    }

    public sealed record InSession(MeetingPlanned Plan, MeetingOpened Opening, EffectiveTime Since) : Held(Plan, Opening, Since);

    public sealed record Adjourned(MeetingPlanned Plan, MeetingOpened Opening, EffectiveTime Since, MeetingAdjourned Why, EffectiveTime On) : Held(Plan, Opening, Since);

    public sealed record Closed(MeetingPlanned Plan, MeetingOpened Opening, EffectiveTime Since, EffectiveTime On) : Held(Plan, Opening, Since);

    /// <summary>It could not be opened: too few were there.</summary>
    public sealed record WithoutQuorum(MeetingPlanned Plan, QuorumNotReached Found, EffectiveTime On) : Known(Plan);

    public sealed record Cancelled(MeetingPlanned Plan, string Reason) : Known(Plan);

    public static Meeting Initial { get; } = new Unknown();

    public static StreamId Stream(MeetingId id) => new($"meeting:{id}");

    public Meeting Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unknown, MeetingPlanned e) => new Planned(e),
        (Planned m, MeetingMoved e) => m with { Starts = e.Starts, Place = e.Place, Remote = e.Remote },
        (Planned or Convened, MeetingCancelled e) => Carry(this, new Cancelled(((Known)this).Plan, e.Reason)),
        (Planned or Convened or Held, AgendaItemAdded e) when ((Known)this).Item(e.Item) is null =>
            (Known)this with { Agenda = ((Known)this).Agenda.Add(new(e.Item, e.Title, e.Text, [])) },
        (Planned m, AgendaItemReworded e) when m.Item(e.Item) is { } item => m with { Agenda = m.Agenda.Replace(item, item with { Title = e.Title, Text = e.Text }) },
        (Planned or Convened or Held, AgendaItemMoved e) when ((Known)this).Item(e.Item) is { } item && e.After != e.Item
            && (e.After is not { } after || ((Known)this).Item(after) is not null) =>
            (Known)this with { Agenda = Moved(((Known)this).Agenda, item, e.After) },
        (Planned or Convened or Held, AgendaItemWithdrawn e) when ((Known)this).Item(e.Item) is { Withdrawn: null } item =>
            (Known)this with { Agenda = ((Known)this).Agenda.Replace(item, item with { Withdrawn = e.Reason }) },
        (Planned m, MeetingConvened e) => Carry(m, new Convened(m.Plan)) with { Convocation = e, ConvenedOn = on },
        (Planned or Convened or Held, ResolutionProposed e) when ((Known)this).Find(e.Resolution) is null && ((Known)this).Item(e.Item) is not null =>
            (Known)this with { Resolutions = ((Known)this).Resolutions.Add(new(e.Resolution, e.Item, e.Decision, e.Title, e.Text, e.Workstream, e.Contest, Election: e.Election, Minutes: e.Minutes, SecondRoundOf: e.SecondRoundOf)) },
        (Planned or Convened or Held, ResolutionAmended e) when ((Known)this).Find(e.Resolution) is { Ballot: null } r => Change(r, r with { Text = e.Text }),
        (Planned or Convened or Held, ResolutionWithdrawn e) when ((Known)this).Find(e.Resolution) is { Ballot: null, Withdrawn: null } r =>
            Change(r, r with { Withdrawn = e.Reason }),
        (Planned or Convened, MeetingOpened e) => Carry((Known)this, new InSession(((Known)this).Plan, e, on)),
        (Planned or Convened, QuorumNotReached e) => Carry((Known)this, new WithoutQuorum(((Known)this).Plan, e, on)),
        (InSession m, ChairHandedOver e) => m with { Chair = e.Chair },
        (InSession m, AgendaItemTaken e) when m.Item(e.Item) is { Withdrawn: null } => m with { Current = e.Item },
        (Held, DebateNoted or IncidentRecorded) => this,
        (Planned or Convened or Held, InterestDeclared e) when ((Known)this).Item(e.Item) is { } item =>
            (Known)this with { Agenda = ((Known)this).Agenda.Replace(item, item with { Interested = item.Interested.Add(e.Person) }) },
        (Planned or Convened or Held, GroupCentresRecorded e) when this is Known { Plan.Group: not null } m => m with { Centres = [.. e.Centres] },
        (InSession m, ResolutionPutToVote e) when m.Find(e.Resolution) is { Ballot: null, Withdrawn: null } r => (m with { LastVote = e.Ballot }).Change(r, r with { Ballot = e.Ballot, Way = e.Way }),
        (InSession m, ResolutionReopened e) when m.Find(e.Resolution) is { Ballot: { } voted } r && voted == e.Ballot => m.Change(r, r with { Ballot = null, Way = null }),
        (InSession m, ResolutionTranscribed e) when m.Find(e.Resolution) is { Ballot: null, Withdrawn: null } r => m.Change(r, r with { Ballot = e.Ballot }),
        (InSession m, MeetingAdjourned e) => Carry(m, new Adjourned(m.Plan, m.Opening, m.Since, e, on)) with { Chair = m.Chair, Current = m.Current, LastVote = m.LastVote },
        (Adjourned m, MeetingResumed) => Carry(m, new InSession(m.Plan, m.Opening, m.Since)) with { Chair = m.Chair, Current = m.Current, LastVote = m.LastVote },
        (InSession or Adjourned, MeetingClosed) when this is Held m =>
            Carry(m, new Closed(m.Plan, m.Opening, m.Since, on)) with { Chair = m.Chair, Current = m.Current, LastVote = m.LastVote },
        // Taken back and recorded once more, it is for somebody to settle once more.
        (Known m, AttendanceIrregularityRaised e) => m with
        {
            Irregularities = m.Irregularities.RemoveAll(i => i.What.Person == e.Person && i.What.When == e.When).Add(new(e)),
        },
        (Known m, AttendanceIrregularityConfirmed e) when m.Irregularities.Find(i => i.What.Person == e.Person && i.What.When == e.When) is { } found =>
            m with { Irregularities = m.Irregularities.Replace(found, found with { Confirmed = e.Reason }) },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    private Meeting Change(Resolution was, Resolution now) => (Known)this with { Resolutions = ((Known)this).Resolutions.Replace(was, now) };

    private static ImmutableList<AgendaItem> Moved(ImmutableList<AgendaItem> agenda, AgendaItem item, AgendaItemId? after)
    {
        var without = agenda.Remove(item);
        return without.Insert(after is { } id ? without.FindIndex(i => i.Id == id) + 1 : 0, item);
    }

    private static TState Carry<TState>(Meeting was, TState next) where TState : Known
    {
        var known = (Known)was;
        Known carried = next;
        return (TState)(carried with
        {
            Starts = known.Starts,
            Place = known.Place,
            Remote = known.Remote,
            Agenda = known.Agenda,
            Resolutions = known.Resolutions,
            Centres = known.Centres,
            Convocation = known.Convocation,
            ConvenedOn = known.ConvenedOn,
            Irregularities = known.Irregularities,
        });
    }
}
