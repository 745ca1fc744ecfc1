using System.Security.Cryptography;
using System.Text.Json;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Meetings;

/// <summary>A way of making minutes. What was signed is held against the way of its time, each of which stays.</summary>
public enum MinutesMaking
{
    /// <summary>As minutes are made: a document that some alone may read is not named.</summary>
    Present,

    /// <summary>Every document of the meeting was listed, whoever may read it.</summary>
    EveryDocument,
}

/// <summary>
/// What the minutes of a meeting say, composed from its events and the registers: parts and passages in order, each naming the events that it comes
/// from, without words. Pure: the same events compose the same minutes.
/// </summary>
public sealed record MinutesComposition(MeetingId Meeting, IReadOnlyList<MinutesSection> Sections)
{
    /// <summary>Up to so many with a vote, who was there is named in the text; beyond, the sheet alone names them.</summary>
    public const int MostNamed = 60;

    /// <summary>Every passage, in order.</summary>
    public IEnumerable<Passage> Passages => Sections.SelectMany(s => s.Passages);

    /// <param name="until">What took effect later is left out; null for nothing.</param>
    /// <returns>Null where there was no meeting by then.</returns>
    public static MinutesComposition? Of(MinutesSource source, DateTimeOffset? until = null) => Of(source, until, MinutesMaking.Present);

    /// <summary>By which way of making minutes a draft gives the hash that was stored with it, composed again from the same events.</summary>
    /// <returns>Null where it does by none.</returns>
    public static MinutesMaking? MakingOf(MinutesSource source, MinutesDrafted drafted)
    {
        var known = source.KnownBy(drafted.Position);
        return Enum.GetValues<MinutesMaking>().Select(making => (MinutesMaking?)making).FirstOrDefault(making => Of(known, null, making!.Value)?.Hash() == drafted.Hash);
    }

    /// <summary>Whether what was recorded since a draft changes it: both are composed by the way of making minutes that the draft was made by.</summary>
    /// <param name="until">What took effect later is left out; null for nothing.</param>
    public static bool IsOvertaken(MinutesSource source, MinutesDrafted drafted, DateTimeOffset? until = null)
    {
        var making = MakingOf(source, drafted) ?? MinutesMaking.Present;
        return Of(source, until, making)?.Hash() != Of(source.KnownBy(drafted.Position), null, making)?.Hash();
    }

    private static MinutesComposition? Of(MinutesSource source, DateTimeOffset? until, MinutesMaking making) =>
        source.Meeting.At(until ?? DateTimeOffset.MaxValue) is Meetings.Meeting.Known meeting
            ? new Composer(source, meeting, until ?? DateTimeOffset.MaxValue, making).Minutes()
            : null;

    /// <summary>The attendance sheet and the list of proxies alone, to be signed as people come in.</summary>
    public static MinutesComposition? SheetOf(MinutesSource source, DateTimeOffset? until = null) =>
        source.Meeting.At(until ?? DateTimeOffset.MaxValue) is Meetings.Meeting.Known meeting ? new Composer(source, meeting, until ?? DateTimeOffset.MaxValue, MinutesMaking.Present).Sheet() : null;

    /// <summary>SHA-256, lower-case hexadecimal, of the composition as stored events are written.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, EventCatalogue.Json)));

    private sealed class Composer
    {
        private readonly MinutesSource _source;
        private readonly Meetings.Meeting.Known _meeting;
        private readonly DateTimeOffset _until;
        private readonly MinutesMaking _making;
        private readonly List<Recorded> _story, _sheet, _proxies, _sendings;

        public Composer(MinutesSource source, Meetings.Meeting.Known meeting, DateTimeOffset until, MinutesMaking making)
        {
            (_source, _meeting, _until, _making) = (source, meeting, until, making);
            (_story, _sheet) = (Until(source.Meeting), Until(source.Basis.Sheet));
            (_proxies, _sendings) = (Until(source.Basis.Proxies), Until(source.Convocations));
        }

        private Meetings.Meeting.Held? Held => _meeting as Meetings.Meeting.Held;

        // When who is there is counted: at the opening, or when it was found that too few were; before, when the meeting is to begin.
        private DateTimeOffset Counted => _meeting switch
        {
            Meetings.Meeting.Held held => held.Since.Instant,
            Meetings.Meeting.WithoutQuorum without => without.On.Instant,
            _ => _meeting.Starts.Instant,
        };

        private DateTimeOffset Ended => _meeting switch
        {
            Meetings.Meeting.Closed closed => closed.On.Instant,
            Meetings.Meeting.WithoutQuorum without => without.On.Instant,
            Meetings.Meeting.Held => _story.Concat(_sheet).Concat(_proxies).Max(e => e.On.Instant),
            _ => _meeting.Starts.Instant,
        };

        public MinutesComposition Minutes()
        {
            var room = RoomAt(Counted);
            List<MinutesSection> sections = [Section(MinutesPart.Opening, Opening()), Section(MinutesPart.Convocation, Convocation()), Section(MinutesPart.Agenda, Agenda())];
            if (Held is not null || _meeting is Meetings.Meeting.WithoutQuorum)
            {
                if (room.Kind is not null || _sheet.Count > 0)
                    sections.Add(Section(MinutesPart.Attendance, Attendance(room)));
                if (Held is { } held)
                    sections.Add(Section(MinutesPart.Officers, Officers(held)));
                sections.Add(Section(MinutesPart.Quorum, OpeningQuorum()));
                if (Held is not null)
                    sections.AddRange(Proceedings());
            }

            sections.Add(Section(MinutesPart.Closing, Closing()));
            sections.Add(Section(MinutesPart.Irregularities, Irregularities()));
            if (Held is not null || _meeting is Meetings.Meeting.WithoutQuorum)
            {
                List<MinutesSection> annexes = [.. Annexes(room).Where(s => s.Passages.Count > 0)];
                sections.Add(Section(MinutesPart.Documents, Documents(annexes)));
                sections.Add(Section(MinutesPart.Signatures, Signatures()));
                sections.AddRange(annexes);
            }

            return new(_meeting.Plan.Meeting, [.. sections.Where(s => s.Passages.Count > 0)]);
        }

        public MinutesComposition Sheet() => new(_meeting.Plan.Meeting, [.. Annexes(RoomAt(Counted)).Where(s => s.Passages.Count > 0)]);

        private List<Recorded> Until<T>(Timeline<T> timeline) where T : class, IState<T> => [.. timeline.Effective.Where(e => e.On.Instant <= _until)];

        private static MinutesSection Section(MinutesPart part, IEnumerable<Passage> passages) =>
            new(part, JsonNamingPolicy.KebabCaseLower.ConvertName(part.ToString()), [.. passages]);

        private static EventId[] Ids(IEnumerable<Recorded> events) => [.. events.Select(e => e.Id)];

        private EventId[] Ids<T>(Func<T, bool>? which = null) where T : class, IEvent => Ids(_story.Where(e => e.Event is T found && which?.Invoke(found) != false));

        private Room RoomAt(DateTimeOffset instant) => Room.At(
            (Meetings.Meeting.Known)_source.Meeting.At(instant < _story[0].On.Instant ? _story[0].On.Instant : instant), _source.Basis, _meeting.Decision, instant,
            (_source.Meeting.At(instant) as Meetings.Meeting.Held)?.Chair);

        private List<Passage> Opening()
        {
            var said = new List<Passage>();
            said.Add(new MeetingHeld(
                "held", [.. Ids<MeetingPlanned>(), .. Ids<MeetingMoved>(), .. Ids<MeetingOpened>()], _meeting.Plan.Kind, _meeting.Plan.Body, _meeting.Plan.Group,
                _meeting.Starts, Held?.Since, _meeting.Place, _meeting.Remote, (_source.First?.At(_until) as Meetings.Meeting.Known)?.Starts));
            return said;
        }

        private List<Passage> Convocation()
        {
            var said = new List<Passage>();
            var to = _source.Convocations.At(_until).To;
            if (_meeting.Convocation is null && _meeting is Meetings.Meeting.Planned && _meeting.Plan.Body is not null)
                return said;
            said.Add(new ConvocationSaid(
                "convocation", [.. Ids<MeetingConvened>(), .. Ids(_sendings)], _meeting.Convocation, _meeting.ConvenedOn, to.Count, to.Values.Count(s => s.Proof is not null),
                [.. to.Where(t => t.Value.Bounced is not null).OrderBy(t => t.Value.On).ThenBy(t => t.Key.Value).Select(t => new NotReached(t.Key, t.Value.Bounced!))]));
            return said;
        }

        private List<Passage> Agenda()
        {
            var said = new List<Passage>();
            var convened = _story.Find(e => e.Event is MeetingConvened);
            var at = convened is null ? _meeting : (Meetings.Meeting.Known)History.Fold<Meetings.Meeting>(_story.TakeWhile(e => e.Id != convened.Id));
            bool Frozen(Recorded e) => convened is null || (e.On, e.Position).CompareTo((convened.On, convened.Position)) <= 0;
            List<AgendaLine> lines = [.. at.Agenda.Where(i => i.Withdrawn is null).Select(i => new AgendaLine(i.Id, i.Title, i.Text))];
            if (lines.Count > 0)
                said.Add(new AgendaSaid("agenda", Ids(_story.Where(e => e.Event is AgendaItemAdded or AgendaItemReworded or AgendaItemMoved && Frozen(e))), lines));
            foreach (var e in _story.Where(e => !Frozen(e)))
            {
                switch (e.Event)
                {
                    case AgendaItemAdded added:
                        said.Add(new AgendaItemJoined($"joined:{added.Item}", [e.Id], added.Title, added.By, added.Asking, e.On));
                        break;
                    case AgendaItemMoved moved:
                        said.Add(new AgendaItemPlaced($"placed:{e.Id}", [e.Id], _meeting.Item(moved.Item)!.Title, moved.After is { } after ? _meeting.Item(after)!.Title : null, e.On));
                        break;
                    case AgendaItemWithdrawn dropped:
                        said.Add(new AgendaItemDropped($"dropped:{dropped.Item}", [e.Id], _meeting.Item(dropped.Item)!.Title, dropped.Reason, e.On));
                        break;
                }
            }
            return said;
        }

        private List<Passage> Attendance(Room room)
        {
            var said = new List<Passage>();
            var arrivals = Ids(_sheet.Where(e => e.On.Instant <= Counted));
            var proxies = Ids(_proxies.Where(e => e.On.Instant <= Counted));
            var holders = room.Represented().ToDictionary(p => p.Proxy.Giver, p => p.Holder!.Value);
            List<IGrouping<BodyId?, Elector>> colleges = [.. room.Electors.GroupBy(e => e.College).OrderBy(g => g.Key?.ToString(), StringComparer.Ordinal)];
            Tally Of(IEnumerable<Elector> electors, Presence? how) => electors.Where(e => e.Present == how).Aggregate(Tally.Zero, (sum, e) => sum + new Tally(1, e.Weight));
            if (colleges.Count > 0)
            {
                said.Add(new AttendanceCounted("attendance", [.. arrivals, .. proxies],
                [
                    .. colleges.Select(c => new CollegeAttendance(
                        c.Key, c.Aggregate(Tally.Zero, (sum, e) => sum + new Tally(1, e.Weight)), Of(c, Presence.InPerson), Of(c, Presence.Remote),
                        Of(c, Presence.Represented), Of(c, null))),
                ]));
            }

            if (room.Electors.Count is > 0 and <= MostNamed)
            {
                foreach (var college in colleges)
                {
                    MandateId[] With(Presence? how) => [.. college.Where(e => e.Present == how).Select(e => e.Mandate)];
                    said.Add(new AttendanceNamed(
                        $"attendance:{college.Key?.ToString() ?? "-"}", [.. arrivals, .. proxies], college.Key, With(Presence.InPerson), With(Presence.Remote),
                        [.. With(Presence.Represented).Select(m => new RepresentedBy(m, holders[m]))], With(null)));
                }
            }

            var electors = room.Electors.Select(e => e.Person).ToHashSet();
            var others = _source.Basis.Sheet.At(Counted).All.Values.Where(a => a.IsThere && !electors.Contains(a.Person)).OrderBy(a => a.Since).ThenBy(a => a.Person.Value)
                .Select(a => a.Person).ToList();
            if (others.Count > 0)
                said.Add(new OthersThere("others", Ids(_sheet.Where(e => e.Event is PersonArrived a && others.Contains(a.Person) && e.On.Instant <= Counted)), others));
            return said;
        }

        private List<Passage> Officers(Meetings.Meeting.Held held)
        {
            var said = new List<Passage>();
            said.Add(new OfficersNamed("officers", Ids<MeetingOpened>(), held.Opening.Chair, held.Opening.Secretary, held.Opening.Scrutineers));
            return said;
        }

        private IEnumerable<Passage> OpeningQuorum()
        {
            var found = _story.Find(e => e.Event is MeetingOpened or QuorumNotReached);
            return _meeting.Plan.Body is null || found is null ? []
            : [
                found.Event is MeetingOpened opened
                    ? new QuorumSaid("quorum", [found.Id], QuorumMoment.Opening, opened.Quorum, found.On, opened.Statutes)
                    : new QuorumSaid("quorum", [found.Id], QuorumMoment.Opening, ((QuorumNotReached)found.Event).Quorum, found.On, ((QuorumNotReached)found.Event).Statutes),
            ];
        }

        // Item by item, in the order in which the meeting turned to them; who came and left stands where it happened.
        private List<MinutesSection> Proceedings()
        {
            var said = new List<MinutesSection>();
            var before = new List<Passage>();
            var items = new Dictionary<AgendaItemId, List<Passage>>();
            var order = new List<AgendaItemId>();
            AgendaItemId? current = null;
            List<Passage> Of(AgendaItemId? item) => item is not { } id ? before : items.TryGetValue(id, out var known) ? known : Begin(id);
            List<Passage> Begin(AgendaItemId id)
            {
                order.Add(id);
                return items[id] = [.. Announced(id)];
            }

            var moving = new List<Recorded>();
            void Move()
            {
                if (moving.Count == 0)
                    return;
                Of(current).Add(new ComingsAndGoings($"movements:{moving[0].Id}", Ids(moving),
                [
                    .. moving.Select(m => m.Event is PersonArrived a ? new Movement(a.Person, m.On, false, a.Remote) : new Movement(((PersonLeft)m.Event).Person, m.On, true, false)),
                ]));
                moving.Clear();
            }

            var opened = _story.Find(e => e.Event is MeetingOpened)!;
            var during = _sheet.Where(e => e.On.Instant > opened.On.Instant && e.On.Instant <= Ended)
                .Concat(_story.SkipWhile(e => e.Id != opened.Id).Skip(1)).OrderBy(e => e.On.Instant).ThenBy(e => e.Position);
            foreach (var e in during)
            {
                if (e.Event is PersonArrived or PersonLeft)
                {
                    moving.Add(e);
                    continue;
                }

                Move();
                if (e.Event is AgendaItemTaken taken)
                {
                    current = taken.Item;
                    if (items.ContainsKey(taken.Item))
                        Of(current).Add(new ItemTakenAgain($"again:{e.Id}", [e.Id], e.On));
                    else
                        Begin(taken.Item).Insert(0, new ItemIntroduced($"item:{taken.Item}", [e.Id], _meeting.Item(taken.Item)!.Text, e.On));
                    continue;
                }

                foreach (var (item, passage) in Said(e, current))
                    Of(item).Add(passage);
            }

            Move();
            if (before.Count > 0)
                said.Add(Section(MinutesPart.Proceedings, before));
            foreach (var open in _meeting.Resolutions.Where(r => r is { Ballot: null, Withdrawn: null } && items.ContainsKey(r.Item) && VotesOn(r.Id).Count == 0))
                items[open.Item].Add(TextOf(open));
            var numbers = _meeting.Agenda.Where(i => i.Withdrawn is null).Select((i, at) => (i.Id, Number: at + 1)).ToDictionary(i => i.Id, i => i.Number);
            foreach (var id in order)
                said.Add(Item(id, items[id]));
            if (_meeting is Meetings.Meeting.Closed)
            {
                foreach (var item in _meeting.Agenda.Where(i => i.Withdrawn is null && !items.ContainsKey(i.Id)))
                    said.Add(Item(item.Id, [new ItemNotTaken($"not-taken:{item.Id}", Ids<AgendaItemAdded>(a => a.Item == item.Id)), .. Announced(item.Id)]));
            }

            MinutesSection Item(AgendaItemId id, IReadOnlyList<Passage> passages) => new(
                MinutesPart.Item, $"item:{id}", passages, numbers.TryGetValue(id, out var number) ? number : null, _meeting.Item(id)!.Title);
            return said;
        }

        // Interests and amendments of before the opening, which the item begins with.
        private IEnumerable<Passage> Announced(AgendaItemId item) => _story.TakeWhile(e => e.Event is not MeetingOpened)
            .Where(e => e.Event is InterestDeclared or ResolutionAmended or ResolutionWithdrawn)
            .SelectMany(e => Said(e, null)).Where(s => s.Item == item).Select(s => s.Passage);

        private List<(AgendaItemId? Item, Passage Passage)> Said(Recorded e, AgendaItemId? current)
        {
            var said = new List<(AgendaItemId? Item, Passage Passage)>();
            switch (e.Event)
            {
                case DebateNoted debate:
                    said.Add((debate.Item ?? current, new DebateSaid($"debate:{e.Id}", [e.Id], debate.Text, e.On)));
                    break;
                case IncidentRecorded incident:
                    said.Add((incident.Item ?? current, new IncidentSaid($"incident:{e.Id}", [e.Id], incident.Text, e.On)));
                    break;
                case InterestDeclared interest:
                    said.Add((interest.Item, new InterestSaid($"interest:{e.Id}", [e.Id], interest.Person, interest.Note)));
                    break;
                case ResolutionAmended amended:
                    said.Add((_meeting.Find(amended.Resolution)!.Item, new ResolutionAmendedTo(
                        $"amended:{e.Id}", [e.Id], _meeting.Find(amended.Resolution)!.Title, TextBefore(e, amended.Resolution), amended.Text, amended.Reason)));
                    break;
                case ResolutionWithdrawn dropped when _meeting.Find(dropped.Resolution) is { } resolution:
                    said.Add((resolution.Item, new ResolutionDropped(
                        $"resolution-dropped:{dropped.Resolution}", [.. TextEvents(dropped.Resolution), e.Id], resolution.Title, resolution.Text, dropped.Reason)));
                    break;
                case ResolutionPutToVote put:
                    foreach (var passage in Vote(e, put, _meeting.Find(put.Resolution)!))
                        said.Add((_meeting.Find(put.Resolution)!.Item, passage));
                    break;
                case ResolutionTranscribed transcribed when _meeting.Find(transcribed.Resolution) is { } resolution:
                    said.Add((resolution.Item, TextOf(resolution)));
                    said.Add((resolution.Item, Transcribed(e, transcribed, resolution)));
                    break;
                case ChairHandedOver chair:
                    said.Add((current, new ChairChanged($"chair:{e.Id}", [e.Id], chair.Chair, e.On)));
                    break;
                case MeetingAdjourned adjourned:
                    said.Add((current, new Suspended($"suspended:{e.Id}", [e.Id], adjourned.Reason, e.On, adjourned.Resumes)));
                    if (adjourned.Quorum is { } lost && _meeting.Plan.Body is not null)
                        said.Add((current, new QuorumSaid($"quorum:{e.Id}", [e.Id], QuorumMoment.Suspension, lost, e.On, null)));
                    break;
                case MeetingResumed resumed:
                    said.Add((current, new Resumed($"resumed:{e.Id}", [e.Id], e.On)));
                    if (_meeting.Plan.Body is not null)
                        said.Add((current, new QuorumSaid($"quorum:{e.Id}", [e.Id], QuorumMoment.Resumption, resumed.Quorum, e.On, null)));
                    break;
            }
            return said;
        }

        private string TextBefore(Recorded amendment, ResolutionId resolution) =>
            ((Meetings.Meeting.Known)History.Fold<Meetings.Meeting>(_story.TakeWhile(e => e.Id != amendment.Id))).Find(resolution)!.Text;

        private EventId[] TextEvents(ResolutionId resolution) =>
            [.. Ids<ResolutionProposed>(p => p.Resolution == resolution), .. Ids<ResolutionAmended>(a => a.Resolution == resolution)];

        private ResolutionText TextOf(Resolution resolution) => new(
            $"text:{resolution.Id}", TextEvents(resolution.Id), resolution.Title, resolution.Text, resolution.Decision,
            _story.Exists(s => s.Event is ResolutionAmended amended && amended.Resolution == resolution.Id));

        private OutcomeFromDocument Transcribed(Recorded e, ResolutionTranscribed transcribed, Resolution resolution)
        {
            var timeline = _source.Ballots.GetValueOrDefault(transcribed.Ballot);
            var outcome = timeline?.At(_until) as Ballot.Transcribed;
            return new(
                $"verdict:{resolution.Id}", [e.Id, .. timeline is null ? [] : Ids(Until(timeline))], resolution.Title, outcome?.Record.Verdict, outcome?.Record.Counts,
                outcome?.On ?? e.On);
        }

        private List<Passage> Vote(Recorded e, ResolutionPutToVote put, Resolution resolution)
        {
            var said = new List<Passage>();
            var events = _source.Ballots.TryGetValue(put.Ballot, out var timeline) ? Until(timeline) : [];
            var ballot = timeline?.At(_until) ?? new Ballot.Unknown();
            var key = VoteKey(put);
            said.Add(TextOf(resolution) with { Key = $"text:{key}" });
            said.Add(new QuorumSaid($"quorum:{e.Id}", [e.Id], QuorumMoment.Vote, put.Quorum, e.On, null));
            var held = ballot as Ballot.Held ?? (ballot as Ballot.Annulled)?.Was as Ballot.Held;
            said.Add(new VoteTaken(
                $"vote:{key}", [e.Id, .. Ids(events.Where(b => b.Event is BallotOpened))], resolution.Title, held is { Opening.Secret: true } ? WayOfVoting.Secret : put.Way, e.On, held?.Opening.ElectorCount,
                resolution.Contest));

            var proclaimed = held as Ballot.Proclaimed;
            var counted = Ids(events.Where(b => b.Event is HandsCounted or BallotClosed or BallotCounted));
            if (proclaimed?.Outcome is { } outcome)
            {
                said.Add(new VotesCounted($"counts:{key}", counted, outcome.Colleges, outcome.Counts));
                said.Add(new VoteDecided($"verdict:{key}", Ids(events.Where(b => b.Event is ResultProclaimed)), resolution.Title, outcome, proclaimed.On));
            }
            else if (proclaimed?.Method is { } method && resolution.Contest is { } contest)
            {
                said.Add(new ContestDecided(
                    $"verdict:{key}", [.. counted, .. Ids(events.Where(b => b.Event is ResultProclaimed or DeclaredTieParted))], resolution.Title, contest, method, proclaimed.On));
            }
            else
            {
                said.Add(new VoteWithoutResult($"verdict:{key}", counted, resolution.Title));
            }

            if (ballot is Ballot.Annulled annulled)
            {
                said.Add(new VoteAnnulled(
                    $"annulled:{key}", Ids(events.Where(b => b.Event is BallotAnnulled)), resolution.Title, annulled.Annulment.Reason, annulled.Annulment.Retroactive,
                    annulled.On));
            }
            return said;
        }

        private List<ResolutionPutToVote> VotesOn(ResolutionId resolution) => [.. _story.Select(e => e.Event).OfType<ResolutionPutToVote>().Where(p => p.Resolution == resolution)];

        // A text put again, its vote annulled, has its passages once for each vote: the first keep the key that corrections may name.
        private string VoteKey(ResolutionPutToVote put) => VotesOn(put.Resolution).FindIndex(p => p.Ballot == put.Ballot) is > 0 and var at ? $"{put.Resolution}:{at + 1}" : $"{put.Resolution}";

        private IEnumerable<Passage> Closing() => _meeting switch
        {
            Meetings.Meeting.Closed closed => [new ClosingSaid("closing", Ids<MeetingClosed>(), closed.On, false)],
            Meetings.Meeting.WithoutQuorum without => [new ClosingSaid("closing", Ids<QuorumNotReached>(), without.On, true)],
            Meetings.Meeting.Cancelled cancelled => [new ClosingSaid("closing", Ids<MeetingCancelled>(), _story.FindLast(e => e.Event is MeetingCancelled)!.On, false, cancelled.Reason)],
            _ => [],
        };

        private List<Passage> Irregularities()
        {
            var said = new List<Passage>();
            if (_meeting.Convocation is { Irregular: { } reason, Notice: { } notice })
                said.Add(new NoticeTooShortSaid("irregular:notice", Ids<MeetingConvened>(), notice, reason));
            foreach (var (irregularity, at) in _meeting.Irregularities.Select((i, at) => (i, at)))
            {
                var what = irregularity.What;
                said.Add(new AttendanceRecordedLate(
                    $"irregular:attendance:{at + 1}",
                    [
                        .. Ids<AttendanceIrregularityRaised>(r => r.Person == what.Person && r.When == what.When),
                        .. Ids<AttendanceIrregularityConfirmed>(c => c.Person == what.Person && c.When == what.When),
                    ],
                    what.Person, what.When, what.Acts.Count, irregularity.Confirmed));
            }

            foreach (var put in _story.Select(e => e.Event).OfType<ResolutionPutToVote>().Where(p => _source.Ballots.ContainsKey(p.Ballot)))
            {
                var (timeline, resolution) = (_source.Ballots[put.Ballot], _meeting.Find(put.Resolution)!);
                var found = timeline.At(_until) switch { Ballot.Held held => held.Irregularities, Ballot.Annulled { Was: Ballot.Held was } => was.Irregularities, _ => [] };
                foreach (var (irregularity, at) in found.Select((i, at) => (i, at)))
                {
                    said.Add(new VoteIrregular(
                        $"irregular:vote:{VoteKey(put)}:{at + 1}",
                        Ids(Until(timeline).Where(e => (e.Event is IrregularityRaised r && r.Late == irregularity.What.Late) || (e.Event is IrregularityConfirmed c && c.Late == irregularity.What.Late))),
                        resolution.Title, irregularity.Confirmed, irregularity.What.FirstRoundAnnulled));
                }
            }
            return said;
        }

        private List<Passage> Documents(List<MinutesSection> annexes)
        {
            var (events, lines) = (new List<EventId>(), new List<DocumentLine>());
            void List(Timeline<Folder> folder, string? item)
            {
                foreach (var id in folder.At(_until).Documents)
                {
                    var told = _source.Documents.Documents[id];
                    if (_making == MinutesMaking.Present && !IsForEverybody(told))
                        continue;
                    DocumentLine? line = told.At(_until) switch
                    {
                        // The minutes themselves, signed on paper, are no document of the meeting that they tell of.
                        Document.Kept { Kind: DocumentKind.Minutes } when item is null => null,
                        Document.Kept kept => new(id, kept.Title, kept.Kind, kept.Content.Sha256, item),
                        Document.Destroyed gone => new(id, gone.Title, null, null, item),
                        _ => null,
                    };
                    if (line is null)
                        continue;
                    lines.Add(line);
                    events.AddRange(Ids(Until(folder).Where(e => e.Event is DocumentAttached attached && attached.Document == id)));
                    events.AddRange(Ids(Until(told).Where(e => e.Event is DocumentFiled or DocumentReplaced or DocumentDestroyed)));
                }
            }

            List(_source.Documents.Folder, null);
            foreach (var item in _meeting.Agenda.Where(i => _source.Documents.ByItem.ContainsKey(i.Id)))
                List(_source.Documents.ByItem[item.Id], item.Title);
            var (sheet, proxies) = (annexes.Exists(a => a.Part == MinutesPart.Sheet), annexes.Exists(a => a.Part == MinutesPart.Proxies));
            if (lines.Count == 0 && !sheet && !proxies)
                return [];
            return [new DocumentsListed("documents", [.. Ids(_story.Where(e => e.Event is MeetingOpened or QuorumNotReached)), .. events], lines, sheet, proxies)];
        }

        // Everybody reads the minutes: what some alone may read is not named in them, destroyed or not.
        private bool IsForEverybody(Timeline<Document> document)
        {
            var (filed, audience) = ((DocumentFiled?)null, (Audience?)null);
            foreach (var e in Until(document))
            {
                if (e.Event is DocumentFiled first)
                    (filed, audience) = (first, first.Audience);
                else if (e.Event is DocumentAudienceChanged changed)
                    audience = changed.Audience;
            }

            return filed is { About: null } && audience!.Kind is AudienceKind.Association or AudienceKind.Public;
        }

        private List<Passage> Signatures()
        {
            var said = new List<Passage>();
            said.Add(new ToBeSigned("signatures", Ids<MeetingOpened>(), Held?.Chair, Held?.Opening.Secretary, Held?.Opening.Scrutineers ?? []));
            return said;
        }

        private List<MinutesSection> Annexes(Room room)
        {
            var said = new List<MinutesSection>();
            var holders = room.Proxies.Where(p => p is { Stands: true, Holder: not null }).ToDictionary(p => p.Proxy.Giver, p => p.Holder!.Value);
            var stays = Stays();
            var members = _source.Basis.Bodies.Colleges.Select(c => c.At(Counted)).Prepend(_source.Basis.Bodies.Body.At(Counted))
                .SelectMany(b => b.Holders(Counted)).DistinctBy(h => h.Mandate).ToDictionary(h => h.Mandate, h => h.Member);
            List<SheetCollege> colleges =
            [
                .. room.Electors.GroupBy(e => e.College).OrderBy(g => g.Key?.ToString(), StringComparer.Ordinal).Select(c => new SheetCollege(c.Key,
                [
                    .. c.Select(e => new SheetLine(
                        e.Mandate, e.Person, members.GetValueOrDefault(e.Mandate), e.Weight,
                        holders.TryGetValue(e.Mandate, out var holder) ? holder : null, stays.GetValueOrDefault(e.Person) ?? [])),
                ])),
            ];
            if (colleges.Count > 0)
                said.Add(Section(MinutesPart.Sheet, [new SheetSaid("sheet", Ids(_sheet), colleges)]));

            // As they stood when last judged: at the end, or now.
            var ending = RoomAt(Ended);
            var judged = ending.Proxies.ToDictionary(p => p.Proxy.Giver);
            List<ProxyLine> lines =
            [
                .. _source.Basis.Proxies.At(Ended).All.OrderBy(p => p.On).ThenBy(p => p.Giver.Value).Select(p => judged.TryGetValue(p.Giver, out var j)
                    ? new ProxyLine(p.Giver, j.Holder ?? p.Holder, p.Form, p.On, p.EndedOn, j.Fault)
                    : new ProxyLine(p.Giver, p.Holder, p.Form, p.On, p.EndedOn, null)),
            ];
            if (lines.Count > 0)
                said.Add(Section(MinutesPart.Proxies, [new ProxiesSaid("proxies", Ids(_proxies), lines)]));
            return said;
        }

        private Dictionary<PersonId, List<Stay>> Stays()
        {
            var stays = new Dictionary<PersonId, List<Stay>>();
            foreach (var e in _sheet.Where(e => e.On.Instant <= Ended || Held is null))
            {
                var person = e.Event is PersonArrived arrived ? arrived.Person : ((PersonLeft)e.Event).Person;
                var known = stays.TryGetValue(person, out var found) ? found : stays[person] = [];
                if (known is [.., { Until: null } open])
                    known[^1] = open with { Until = e.On };
                if (e.Event is PersonArrived a)
                    known.Add(new(e.On, null, a.Remote));
            }

            return stays;
        }
    }
}
