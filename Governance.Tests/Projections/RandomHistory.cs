using Governance.Domain.Associations;
using Governance.Domain.Chronicles;
using Governance.Domain.Colleges;
using Governance.Domain.Documents;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.SharedTools;
using Governance.Domain.WorkingGroups;
using static Governance.Tests.Domain.Story;

namespace Governance.Tests.Projections;

/// <summary>
/// A history that accepted commands could have written, drawn from a seed: facts in any order of effective time, late ones, retractions, terms
/// that end, periods known to the month or the year. The same seed gives the same history.
/// </summary>
internal sealed class RandomHistory(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Recorded> _recorded = [];

    /// <summary>The next fact that fits into what was recorded; the caller records it under the id given back through <see cref="Recorded"/>.</summary>
    public Fact Next()
    {
        while (true)
        {
            var fact = Candidate();
            if (Fits(fact))
                return fact;
        }
    }

    public void Recorded(Fact fact, EventId id, long position) =>
        _recorded.Add(new Recorded(id, fact.Stream, OfStream(fact.Stream).Count + 1, position, fact.Event, fact.On, DateTimeOffset.UnixEpoch));

    private Fact Candidate() => _random.Next(9) switch
    {
        0 => new(Association.Stream, OfAssociation(), When()),
        1 => OfMember(),
        2 or 3 or 4 => OfBody(),
        5 => OfWorkstream(),
        6 => OfGroup(),
        7 => _random.Next(7) switch
        {
            6 => OfDependency(),
            0 => OfPerson(),
            5 => OfGathering(),
            1 => OfTool(),
            2 => OfDocument(),
            3 => OfFolder(),
            _ => new(Chronicle.Stream, new ChronicleEntryRecorded($"Entry {_random.Next(100_000)}", ChronicleTheme.Gathering), When()),
        },
        _ => Retraction() ?? Candidate(),
    };

    private Fact OfDocument()
    {
        var document = Named<DocumentId>($"d{_random.Next(3)}");
        DocumentContent Content() => new("application/pdf", _random.Next(1, 99), new string((char)('a' + _random.Next(6)), 64));
        return new(Document.Stream(document), _random.Next(8) switch
        {
            0 or 1 or 2 => new DocumentFiled(document, $"Document {_random.Next(9)}", DocumentKind.Annex, Content(), new(AudienceKind.Association), Retention.Forever),
            3 or 4 => new DocumentReplaced(_random.Next(2, 4), Content()),
            5 => new DocumentAudienceChanged(new(_random.Next(2) == 0 ? AudienceKind.Public : AudienceKind.SecretariatAndAuditors)),
            6 => new DocumentSigned(1, Named<PersonId>("p0"), SignatureLevel.Simple, $"Quality {_random.Next(3)}"),
            _ => new DocumentDestroyed(DestructionReason.FiledByMistake),
        }, When());
    }

    private Fact OfFolder()
    {
        var (thing, document) = (new Thing(Association.Stream, _random.Next(2) == 0 ? null : Named<EventId>("part").Value), Named<DocumentId>($"d{_random.Next(3)}"));
        return new(Folder.StreamOf(thing), _random.Next(2) == 0 ? new DocumentAttached(document, thing) : new DocumentDetached(document), When());
    }

    private IEvent OfAssociation() => _random.Next(5) switch
    {
        0 or 1 => new AssociationFounded(Named<AssociationId>("a"), "network", "Network", "network", "Purpose", "Lille", "Europe/Paris"),
        2 => new AssociationRenamed($"Name {_random.Next(9)}", "Short"),
        3 => new PurposeChanged($"Purpose {_random.Next(3)}"),
        _ => new SeatMoved($"Seat {_random.Next(3)}"),
    };

    private Fact OfMember()
    {
        var member = Named<MemberId>($"member {_random.Next(8)}");
        IEvent happened = _random.Next(8) switch
        {
            0 => new MembershipRequested(member, Name()),
            1 or 2 => new MemberAdmitted(member, Name(), _random.Next(2) == 0, "Nord"),
            3 => new MemberRenamed(Name()),
            4 => new MemberSuspended("late dues"),
            5 => new MemberReinstated(),
            6 => new MemberResigned("moved"),
            _ => new ExclusionNotified("grounds", When()),
        };
        return new(Member.Stream(member), happened, When());

        MemberName Name() => _random.Next(4) == 0 ? new(Individual: SealedFor(Named<PersonId>("p"), $"n{_random.Next(9)}")) : new($"Centre {_random.Next(40)}");
    }

    private Fact OfBody()
    {
        var body = Named<BodyId>($"body {_random.Next(3)}");
        var mandate = Named<MandateId>($"{body} {_random.Next(12)}");
        IEvent happened = _random.Next(12) switch
        {
            0 => new BodyConstituted(body, "Board", BodyKind.Board, []),
            1 => new CollegeConstituted(body, "Teams", new Fraction(_random.Next(1, 4), 3)),
            2 => new BodyRenamed($"Body {_random.Next(5)}"),
            3 => new CollegeRefined(new Fraction(_random.Next(1, 4), 5), "remark"),
            4 => new MandateRatified(mandate),
            5 => new MandateRenewed(mandate, When()),
            6 or 7 => new MandateEnded(mandate, EndReason.Resignation),
            _ => new MandateAppointed(
                mandate, Named<PersonId>($"person {_random.Next(6)}"), (Office)_random.Next(3), CoOpted: _random.Next(2) == 0,
                Holdover: _random.Next(2) == 0, TermEnds: _random.Next(2) == 0 ? When() : null),
        };
        return new(Body.Stream(body), happened, When());
    }

    private Fact OfWorkstream()
    {
        var workstream = Named<WorkstreamId>($"workstream {_random.Next(3)}");
        var milestone = Named<MilestoneId>($"milestone {workstream} {_random.Next(3)}");
        var expense = Named<ExpenseId>($"expense {workstream} {_random.Next(3)}");
        IEvent happened = _random.Next(14) switch
        {
            0 or 1 => new WorkstreamProposed(workstream, Named<RoadmapId>("roadmap"), "Title"),
            2 => new WorkstreamPrioritised(_random.Next(1, 9)),
            3 => new WorkstreamScheduled(When(), When()),
            4 => new MilestonePlanned(milestone, "Milestone", When()),
            5 => new MilestoneMoved(milestone, When(), "late"),
            6 => new MilestoneReached(milestone),
            7 => new LeadAssigned(Named<MemberId>("member 1")),
            8 => new GroupsAssigned([Named<WorkingGroupId>($"group {_random.Next(3)}")]),
            9 => new BudgetPlanned(2024 + _random.Next(3), _random.Next(3) * 100),
            10 => new ExpenseCommitted(expense, 2024, "Expense", _random.Next(1, 99), "Quote"),
            11 => new ExpensePaid(expense, _random.Next(1, 99), "Bill"),
            12 => new ExpenseCancelled(expense, "not needed"),
            _ => new ProgressReported("report", Assessment.AtRisk),
        };
        return new(Workstream.Stream(workstream), happened, When());
    }

    private Fact OfDependency()
    {
        var (workstream, prerequisite) = (Named<WorkstreamId>($"workstream {_random.Next(3)}"), Named<WorkstreamId>($"workstream {_random.Next(3)}"));
        return new(Dependencies.Stream, _random.Next(3) < 2 ? new DependencyRecorded(workstream, prerequisite) : new DependencyReleased(workstream, prerequisite, "no more"), When());
    }

    private Fact OfGroup()
    {
        var group = Named<WorkingGroupId>($"group {_random.Next(3)}");
        var centre = Named<MemberId>($"member {_random.Next(8)}");
        IEvent happened = _random.Next(10) switch
        {
            0 or 1 => new WorkingGroupCreated(group, "Group", GroupOrigin.New, []),
            2 => new WorkingGroupJoined(centre),
            3 => new WorkingGroupLeft(centre),
            4 => new PilotAppointed(centre, PilotRole.Pilot),
            5 => new MeetingsPlanned(2023, 3, 4),
            8 => new PilotRotationSet(new Fraction(1, _random.Next(1, 4))),
            9 => new GroupsCrossed(Named<WorkingGroupId>($"group {_random.Next(3)}"), $"topic {_random.Next(9)}"),
            6 => new OutputPlanned($"Output {_random.Next(3)}", When()),
            _ => new WorkingGroupMet(true, [centre], "Lille", "page"),
        };
        return new(WorkingGroup.Stream(group), happened, When());
    }

    private Fact OfPerson()
    {
        var person = Named<PersonId>($"person {_random.Next(6)}");
        IEvent happened = _random.Next(4) switch
        {
            0 or 1 => new PersonRegistered(person, SealedFor(person, $"n{_random.Next(9)}"), false),
            2 => new PersonNameChanged(SealedFor(person, $"n{_random.Next(9)}")),
            _ => new PersonEmailChanged(SealedFor(person, $"m{_random.Next(9)}")),
        };
        return new(Person.Stream(person), happened, When());
    }

    private Fact OfTool()
    {
        var tool = Named<SharedToolId>($"tool {_random.Next(2)}");
        IEvent happened = _random.Next(7) switch
        {
            4 => new SharedToolJoined(Named<MemberId>($"member {_random.Next(8)}")),
            5 => new RotaSet([Named<MemberId>($"member {_random.Next(8)}"), Named<MemberId>("member 8")], new DateOnly(2024, 1, 1).AddDays(7 * _random.Next(20))),
            6 => new SourcesEntrusted(Named<MemberId>($"member {_random.Next(8)}"), [$"Source {_random.Next(9)}"]),
            0 or 1 => new SharedToolLaunched(tool, "Portal"),
            2 => new SharedToolReworked("remark"),
            _ => new SharedToolReleased($"v{_random.Next(9)}"),
        };
        return new(SharedTool.Stream(tool), happened, When());
    }

    private Fact OfGathering()
    {
        var (gathering, registration) = (Named<GatheringId>($"gathering {_random.Next(2)}"), Named<RegistrationId>($"registration {_random.Next(6)}"));
        IEvent happened = _random.Next(9) switch
        {
            0 or 1 => new GatheringPlanned(gathering, 8, "Gathering", "Lille", When(), 2, _random.Next(2, 5)),
            2 => new SessionPlanned(Named<SessionId>($"session {_random.Next(3)}"), "Session", When(), When()),
            3 => new RegistrationCancelled(registration),
            4 => new GuestsMovedUp(registration),
            5 => new GuestsAttended(registration, 1),
            6 => new GroupReviewed(Named<WorkingGroupId>("group 1"), $"findings {_random.Next(9)}"),
            _ => new GuestsRegistered(registration, GuestKind.StateServices, 1, _random.Next(2) == 0, Organisation: "Service"),
        };
        return new(Gathering.Stream(gathering), happened, When());
    }

    private Fact? Retraction()
    {
        var retracted = _recorded.Select(e => e.Event).OfType<FactRetracted>().Select(r => r.Retracted).ToHashSet();
        var open = _recorded.Where(e => e.Event is not FactRetracted && !retracted.Contains(e.Id)).ToList();
        if (open.Count == 0)
            return null;
        var wrong = open[_random.Next(open.Count)];
        return new(wrong.Stream, new FactRetracted(wrong.Id, "entered by mistake"), When());
    }

    private EffectiveTime When() => _random.Next(4) switch
    {
        0 => Time($"{_random.Next(2009, 2027)}"),
        1 => Time($"{_random.Next(2009, 2027)}-{_random.Next(1, 13):00}"),
        _ => Time($"{_random.Next(2018, 2025)}-{_random.Next(1, 13):00}-{_random.Next(1, 29):00}"),
    };

    private bool Fits(Fact fact) => fact.Stream.Kind switch
    {
        "association" => Fits<Association>(fact),
        "member" => Fits<Member>(fact),
        "body" => Fits<Body>(fact),
        "workstream" => Fits<Workstream>(fact),
        "dependencies" => Fits<Dependencies>(fact),
        "working-group" => Fits<WorkingGroup>(fact),
        "person" => Fits<Person>(fact),
        "shared-tool" => Fits<SharedTool>(fact),
        "chronicle" => Fits<Chronicle>(fact),
        "gathering" => Fits<Gathering>(fact),
        "document" => Fits<Document>(fact),
        "folder" => Fits<Folder>(fact),
        _ => throw new ArgumentException($"No state is known for {fact.Stream}.", nameof(fact)),
    };

    private bool Fits<TState>(Fact fact)
        where TState : class, IState<TState>
    {
        var events = OfStream(fact.Stream);
        return new Timeline<TState>(fact.Stream, events.Count, events).Refuses([fact]) is null;
    }

    private List<Recorded> OfStream(StreamId stream) => [.. _recorded.Where(e => e.Stream == stream)];
}
