using System.Globalization;
using Governance.Domain.Ballots;
using Governance.Domain.Chronicles;
using Governance.Domain.Contributions;
using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.People;
using Governance.Domain.Roadmaps;
using Governance.Domain.SharedTools;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.Domain.WorkingGroups;

namespace Governance.Benchmarks.Federation;

internal sealed partial class AssociationLife
{
    private const int ConventionYears = 3, WorkstreamsOfRoadmap = 8;

    private readonly List<(WorkingGroupId Id, List<MemberId> Centres)> _groups = [];
    private readonly List<SharedToolId> _tools = [];
    private readonly List<WorkstreamId> _workstreams = [];
    private readonly List<ContributionId> _contributions = [];
    private (ConventionId Id, IndicatorId Indicator, TrancheId Tranche, int FirstYear)? _convention;
    private readonly List<GatheringId> _gatherings = [];
    private (GatheringId Id, List<RegistrationId> Registrations)? _gathering;
    private RoadmapId _roadmap;

    private void FoundWork(DateOnly day)
    {
        var on = _desk.On(day);
        foreach (var name in (string[])["Observation", "Formation", "Outils", "Europe"])
        {
            var id = _desk.New<WorkingGroupId>(on);
            var centres = Some(8).Select(c => c.Id).ToList();
            _desk.Give<WorkingGroup>(
                "CreateWorkingGroup", WorkingGroup.Stream(id), on,
                [new WorkingGroupCreated(id, $"Groupe {name}", GroupOrigin.New, [], "Travailler ensemble."), .. centres.Select(c => new WorkingGroupJoined(c)), new PilotAppointed(centres[0], PilotRole.Pilot), new PilotRotationSet(new Fraction(1, 2))]);
            _groups.Add((id, centres));
            Things.Add("group", id);
        }

        _desk.Give<WorkingGroup>("CrossWorkingGroups", WorkingGroup.Stream(_groups[^1].Id), on, new GroupsCrossed(_groups[0].Id, "Données communes"));
        Things.Add("with", _groups[0].Id);
        foreach (var name in (string[])["Revue de presse", "Portail", "Veille"])
        {
            var id = _desk.New<SharedToolId>(on);
            var centres = Some(6).Select(c => c.Id).ToList();
            _desk.Give<SharedTool>(
                "LaunchSharedTool", SharedTool.Stream(id), on,
                [new SharedToolLaunched(id, name, "Partager le travail.", "Un centre après l'autre."), .. centres.Select(c => new SharedToolJoined(c)), new RotaSet(centres, Rota.WeekOf(day).AddDays(7))]);
            _tools.Add(id);
            Things.Add("tool", id);
        }
    }

    private async Task WorkAsync(DateOnly first)
    {
        Groups(first);
        Tools(first);
        OpenRoadmap(first);
        ReportOnWorkstreams(first);
        await DeliverAsync(first);
        Spend(first);
        Contribute(first);
        Gather(first);
        Amend(first);
        _desk.Give<Chronicle>("RecordChronicleEntry", Chronicle.Stream, _desk.On(DayIn(first)), new ChronicleEntryRecorded($"Fait du mois de {Month(first)}", (ChronicleTheme)_chance.Next(8), "Ce que nulle autre rubrique ne garde."));
    }

    private void Groups(DateOnly first)
    {
        foreach (var (id, centres) in _groups)
        {
            var stream = WorkingGroup.Stream(id);
            if (first.Month == 1)
                _desk.Give<WorkingGroup>("PlanMeetings", stream, _desk.On(first), new MeetingsPlanned(first.Year, 8, 10), new OutputPlanned($"Cahier {first.Year}", _desk.On(new DateOnly(first.Year, 11, 30))));
            if (first.Month is not (7 or 8))
                _desk.Give<WorkingGroup>("RecordGroupMeeting", stream, _desk.On(DayIn(first)), new WorkingGroupMet(Happens(30), [.. centres.Where((_, n) => n == 0 || Happens(70))], "Lille", "Tour de table, puis travail sur le cahier."));
            if (first.Month == 12)
                _desk.Give<WorkingGroup>("PublishOutput", stream, _desk.On(first.AddDays(27)), new OutputPublished($"Cahier {first.Year}", "Site de l'association"));
            if (first.Month == 9 && Some(1)[0].Id is var joining && !centres.Contains(joining))
            {
                centres.Add(joining);
                _desk.Give<WorkingGroup>("JoinWorkingGroup", stream, _desk.On(first.AddDays(27)), new WorkingGroupJoined(joining));
            }
        }
    }

    private void Tools(DateOnly first)
    {
        foreach (var id in _tools)
        {
            var stream = SharedTool.Stream(id);
            if (first.Month == 3)
                _desk.Give<SharedTool>("ReworkSharedTool", stream, _desk.On(DayIn(first)), new SharedToolReworked("Nouvelle maquette"));
            if (first.Month == 6)
                _desk.Give<SharedTool>("ReleaseSharedTool", stream, _desk.On(DayIn(first)), new SharedToolReleased($"{first.Year}.1"));
            if (first.Month == 9)
                _desk.Give<SharedTool>("SetRota", stream, _desk.On(first), new RotaSet([.. ((SharedTool.InUse)_desk.Read<SharedTool>(stream).Latest).Centres.OrderBy(c => c.Value)], Rota.WeekOf(first).AddDays(7)));
        }
    }

    private void OpenRoadmap(DateOnly first)
    {
        if (first != Founded && !(first.Month == 1 && (first.Year - Founded.Year) % ConventionYears == 0))
            return;
        var on = _desk.On(first.AddDays(3));
        var roadmap = _desk.New<RoadmapId>(on);
        _desk.Give<Roadmap>("OpenRoadmap", Roadmap.Stream(roadmap), on, new RoadmapOpened(roadmap, $"Feuille de route {first.Year}-{first.Year + 2}", first.Year, first.Year + 2));
        Things.Add("roadmap", roadmap);
        _roadmap = roadmap;
        _workstreams.Clear();
        for (var n = 1; n <= WorkstreamsOfRoadmap; n++)
        {
            var at = _desk.At(first.AddDays(3), 600 + n);
            var (id, milestone, ballot) = (_desk.New<WorkstreamId>(at), _desk.New<MilestoneId>(at), _desk.New<BallotId>(at));
            _desk.Give<Ballot>("TranscribeOutcome", Ballot.Stream(ballot), at, new OutcomeTranscribed(ballot, DecisionKind.RoadmapItem, $"Adopter le chantier {n}", Verdict.Adopted, _board, Workstream: id));
            var stream = Workstream.Stream(id);
            _desk.Give<Workstream>("ProposeWorkstream", stream, at, new WorkstreamProposed(id, roadmap, $"Chantier {n} de {first.Year}", "Ce que le chantier apporte au réseau."), new WorkstreamPrioritised(n));
            if (n == WorkstreamsOfRoadmap)
            {
                Things.Add("workstream", id);
                continue;
            }

            _desk.Give<Workstream>(
                "AdoptWorkstream", stream, at, new WorkstreamAdopted(new DecisionReference(ballot)), new WorkstreamScheduled(_desk.On(first.AddMonths(1)), _desk.On(first.AddMonths(30))),
                new MilestonePlanned(milestone, "Première étape", _desk.On(first.AddMonths(6 + n))), new LeadAssigned(Group: _groups[n % _groups.Count].Id));
            foreach (var year in Enumerable.Range(first.Year, ConventionYears))
            {
                _desk.Take("PlanBudget", new PlanBudget(year, 100_000 * (5 + _chance.Next(20)), new(ballot), at)
                    .Decide(_desk.Read<Workstream>(stream), _desk.Read<Roadmap>(Roadmap.Stream(roadmap)), _desk.Read<Ballot>(Ballot.Stream(ballot))));
            }

            // Every other one waits for the one before: for its first step, or for all of it.
            if (_workstreams.Count % 2 == 1)
                WaitFor(id, _workstreams[^1], _workstreams.Count % 4 == 1, at);
            _workstreams.Add(id);
            Things.Add("workstream", id);
            Things.Add("milestone", milestone);
        }
    }

    private void WaitFor(WorkstreamId id, WorkstreamId prerequisite, bool whole, EffectiveTime at)
    {
        var (dependencies, needed) = (_desk.Read<Dependencies>(Dependencies.Stream), _desk.Read<Workstream>(Workstream.Stream(prerequisite)));
        var milestone = whole ? (MilestoneId?)null : ((Workstream.Known)needed.Latest).Plan.Milestones[0].Id;
        IReadOnlyList<Timeline<Workstream>> cycle = [.. RecordDependency.Cycle(id, prerequisite, dependencies, at).Select(w => _desk.Read<Workstream>(Workstream.Stream(w)))];
        _desk.Take("RecordDependency", new RecordDependency(id, prerequisite, milestone, "Ce qui en est repris.", at)
            .Decide(dependencies, _desk.Read<Workstream>(Workstream.Stream(id)), needed, cycle));
        Things.Add("prerequisite", prerequisite);
    }

    // A commitment in most months, paid the month after for about what it was, or cancelled; of what a convention funds, some of its money.
    private void Spend(DateOnly first)
    {
        var roadmap = _desk.Read<Roadmap>(Roadmap.Stream(_roadmap));
        foreach (var id in _workstreams)
        {
            var stream = Workstream.Stream(id);
            if (_desk.Read<Workstream>(stream).Latest is not Workstream.Known { Plan: var plan })
                continue;
            var on = _desk.On(first.AddDays(28));
            foreach (var open in plan.Expenses.Where(e => e is { Paid: null, Cancelled: null }))
            {
                _desk.Take(
                    Happens(90) ? "PayExpense" : "CancelExpense",
                    Happens(90)
                        ? new PayExpense(open.Id, open.Cents + _chance.Next(5_000), $"Facture de {Month(first)}", on).Decide(_desk.Read<Workstream>(stream))
                        : new CancelExpense(open.Id, "Ce n'est plus utile.", on).Decide(_desk.Read<Workstream>(stream)));
            }

            if (roadmap.Latest is not Roadmap.Open open_ || first.Year > open_.LastYear || !Happens(60))
                continue;
            var expense = _desk.New<ExpenseId>(on);
            var convention = plan.Funding.Keys.Order(Comparer<ConventionId>.Create((a, b) => a.Value.CompareTo(b.Value))).Cast<ConventionId?>().FirstOrDefault();
            _desk.Take("CommitExpense", new CommitExpense(
                expense, first.Year, $"Dépense de {Month(first)}", 20_000 + _chance.Next(60_000), $"Devis de {Month(first)}", Happens(50) ? convention : null, Paid: false, on)
                .Decide(_desk.Read<Workstream>(stream), roadmap));
            Things.Add("expense", expense);
        }
    }

    private void ReportOnWorkstreams(DateOnly first)
    {
        foreach (var (n, id) in _workstreams.Index())
        {
            var stream = Workstream.Stream(id);
            var on = _desk.On(first.AddDays(27));
            switch (_desk.Read<Workstream>(stream).Latest)
            {
                case Workstream.Adopted when n < 6:
                    _desk.Give<Workstream>("StartWorkstream", stream, on, new WorkstreamStarted());
                    break;
                case Workstream.Underway underway when first.Month % 3 == 0:
                    _desk.Give<Workstream>("ReportProgress", stream, on, new ProgressReported($"Point de {Month(first)} : le chantier avance.", (Assessment)_chance.Next(3), "Suite du travail"));
                    if (underway.Plan.Milestones is [{ Reached: null } milestone] && n % 2 == 0 && milestone.Due < on)
                        _desk.Give<Workstream>("ReachMilestone", stream, on, new MilestoneReached(milestone.Id));
                    break;
            }
        }
    }

    private async Task DeliverAsync(DateOnly first)
    {
        if (_convention is null || (first.Month == 1 && first.Year - _convention.Value.FirstYear == ConventionYears))
            DraftConvention(first);
        var (id, indicator, tranche, begun) = _convention!.Value;
        var (stream, book) = (Convention.Stream(id), DeliveryBook.Stream(id));
        var day = DayIn(first);
        for (var n = 0; n < 2; n++)
        {
            var delivery = _desk.New<DeliveryId>(_desk.On(day));
            var pair = Some(2).Select(c => new DeliveryCentre(c.Id, DeliveryRole.Pair)).ToList();
            _desk.Give<DeliveryBook>("PlanDelivery", book, _desk.On(first), new DeliveryPlanned(id, delivery, indicator, DeliveryKind.Webinar, $"Webinaire de {Month(first)}, {n + 1}", _desk.On(day), 1, pair));
            if (n == 0 || Happens(80))
                _desk.Give<DeliveryBook>("CarryOutDelivery", book, _desk.On(day), new DeliveryCarriedOut(delivery, 20 + _chance.Next(60)));
            Things.Add("delivery", delivery);
        }

        // Amended once, and at the end once more, which is still to be signed.
        if (first == new DateOnly(begun + 1, 6, 1) || first == _size.Until.AddMonths(-1))
        {
            var amendment = _desk.New<AmendmentId>(_desk.On(first));
            _desk.Give<Convention>("DraftAmendment", stream, _desk.On(first.AddDays(28)), new AmendmentDrafted(amendment, $"Avenant de {Month(first)}", "Le calendrier change."));
            if (first.Year == begun + 1 && first.Month == 6)
                _desk.Give<Convention>("SignAmendment", stream, _desk.On(first.AddDays(28)), new AmendmentSigned(amendment));
            Things.Add("amendment", amendment);
        }

        if (first.Month != 2 || first.Year == begun)
            return;
        var year = first.Year - 1;
        var on = _desk.On(first.AddDays(10));
        var document = _desk.New<DocumentId>(on);
        var content = await _keep(Id, document, $"Compte rendu financier de {year} de l'association {_number + 1}.");
        _desk.Give<Document>("FileDocument", Document.Stream(document), on, new DocumentFiled(document, $"Compte rendu financier {year}", DocumentKind.Annex, content, new Audience(AudienceKind.Association), Retention.Forever));
        var thing = new Thing(stream);
        _desk.Give<Folder>("AttachDocument", Folder.StreamOf(thing), on, new DocumentAttached(document, thing));
        _desk.Give<Convention>(
            "FileReport", stream, on, new TrancheReceived(tranche, 1_000_000), new ReportLineRecorded(year, "Personnel", 4_000_000, 3_900_000), new ReportLineRecorded(year, "Déplacements", 500_000, 620_000),
            new ReportFiled(year, document));
        Things.Add("document", document);
        Things.Add("year", year.ToString(CultureInfo.InvariantCulture));
    }

    private void DraftConvention(DateOnly first)
    {
        var on = _desk.On(first);
        var (id, objective, indicator, tranche) = (_desk.New<ConventionId>(on), _desk.New<ObjectiveId>(on), _desk.New<IndicatorId>(on), _desk.New<TrancheId>(on));
        var stream = Convention.Stream(id);
        _desk.Give<Convention>(
            "DraftConvention", stream, on,
            [
                new ConventionDrafted(id, $"Convention {first.Year}-{first.Year + 2}", "Agence nationale", new DateOnly(first.Year, 1, 1), new DateOnly(first.Year + 2, 12, 31), 9_000_000),
                new ObjectiveAdded(objective, "Animation", "Animer le réseau des centres."),
                new IndicatorAdded(indicator, objective, "Webinaires", DeliveryKind.Webinar),
                .. Enumerable.Range(first.Year, ConventionYears).Select(year => new TargetSet(indicator, year, 24)),
                new TrancheAgreed(tranche, "Premier versement", 3_000_000, _desk.On(new DateOnly(first.Year, 12, 1))),
                new ConventionSigned(),
            ]);
        foreach (var workstream in _workstreams.Take(3))
            _desk.Give<Workstream>("FundWorkstream", Workstream.Stream(workstream), _desk.On(first.AddDays(28)), new WorkstreamFunded(id, [objective]));
        _convention = (id, indicator, tranche, first.Year);
        Things.Add("convention", id);
    }

    private void Contribute(DateOnly first)
    {
        if (first.Month == 1)
        {
            var on = _desk.On(first.AddDays(8));
            var call = _desk.New<ContributionCallId>(on);
            _desk.Give<ContributionCall>("CallForContributions", ContributionCall.Stream(call), on, new ContributionsCalled(call, "Agence nationale", first.Year, "Ce que les territoires observent."));
            _contributions.Clear();
            for (var n = 1; n <= 2; n++)
            {
                var (id, ballot) = (_desk.New<ContributionId>(on), _desk.New<BallotId>(on));
                _desk.Give<Ballot>("TranscribeOutcome", Ballot.Stream(ballot), on, new OutcomeTranscribed(ballot, DecisionKind.Contribution, $"Retenir le sujet {n} de {first.Year}", Verdict.Adopted, _board));
                _desk.Give<Contribution>(
                    "ProposeSubject", Contribution.Stream(id), on, new SubjectProposed(id, call, $"Sujet {n} de {first.Year}", "Que voit-on ?"), new SubjectDiscussed("Utile à tous."), new SubjectValidated(new DecisionReference(ballot)));
                _contributions.Add(id);
                Things.Add("contribution", id);
            }
        }

        foreach (var id in _contributions)
        {
            var stream = Contribution.Stream(id);
            if (first.Month is 3 or 4)
                _desk.Give<Contribution>("CollectObservation", stream, _desk.On(DayIn(first)), [.. Some(5).Select(c => new ObservationCollected(c.Id, "Sur ce territoire, la demande augmente."))]);
            if (first.Month == 10 && _desk.Read<Contribution>(stream).Latest is Contribution.Known { Stage: ContributionStage.Observed })
                _desk.Give<Contribution>(
                    "PublishContribution", stream, _desk.On(DayIn(first)), new ObservationsAnalysed("Une même tendance."), new TeachingsDebated("À porter ensemble."), new ContributionPresented("La direction"), new ContributionPublished("Site"));
        }
    }

    private void Gather(DateOnly first)
    {
        if (first.Month == 2)
            Plan(_desk.On(first.AddDays(5)), new DateOnly(first.Year, 9, 15));
        if (_gathering is not { } gathering)
            return;
        var stream = Gathering.Stream(gathering.Id);
        Timeline<Gathering> Read() => _desk.Read<Gathering>(stream);
        if (first.Month is 4 or 5)
        {
            foreach (var centre in Some(20).Where(c => ((Gathering.Planned)Read().Latest).Registrations.All(r => r.Person != c.Person)))
            {
                var registration = _desk.New<RegistrationId>(_desk.On(first));
                _desk.Take("RegisterGuests", new RegisterGuests(registration, GuestKind.MemberTeams, 1, centre.Person, null, _desk.On(first.AddDays(10)))
                    .Decide(Read(), _desk.Read<Person>(Person.Stream(centre.Person))));
                gathering.Registrations.Add(registration);
                Things.Add("registration", registration);
            }
        }

        if (first.Month != 9)
            return;
        var then = _desk.On(new DateOnly(first.Year, 9, 16));
        foreach (var registration in gathering.Registrations)
            _desk.Take("RecordGatheringAttendance", new RecordGatheringAttendance(registration, Happens(90) ? 1 : 0, then).Decide(Read()));
        _desk.Take("ReviewWorkingGroup", new ReviewWorkingGroup(_groups[0].Id, "Le groupe a tenu son calendrier.", then).Decide(Read(), _desk.Read<WorkingGroup>(WorkingGroup.Stream(_groups[0].Id))));
        var follow = _desk.New<FollowUpId>(then);
        _desk.Take("AgreeFollowUp", new AgreeFollowUp(follow, "Préciser les collèges", FollowUpKind.Amendment, then).Decide(Read()));
        Things.Add("followUp", follow);
        _gathering = null;
    }

    private void Plan(EffectiveTime on, DateOnly starts)
    {
        var id = _desk.New<GatheringId>(on);
        var stream = Gathering.Stream(id);
        _desk.Take("PlanGathering", new PlanGathering(id, _gatherings.Count + 1, $"Rencontre {starts.Year}", "Lille", _desk.On(starts), 2, 400, on)
            .Decide(_desk.Read<Gathering>(stream), _desk.Read<RegisterOfGatherings>(RegisterOfGatherings.Stream), [.. _gatherings.Select(g => _desk.Read<Gathering>(Gathering.Stream(g)))]));
        _desk.Take("InviteGuests", new InviteGuests([GuestKind.MemberTeams, GuestKind.SignatoryPartners], on).Decide(_desk.Read<Gathering>(stream)));
        for (var n = 0; n < 6; n++)
        {
            var session = _desk.New<SessionId>(on);
            var (day, from) = (starts.AddDays(n / 3), 540 + (n % 3 * 120));
            _desk.Take("PlanSession", new PlanSession(session, $"Séance {n + 1}", _desk.At(day, from), _desk.At(day, from + 90), "Salle A", on).Decide(_desk.Read<Gathering>(stream), Zone));
            Things.Add("session", session);
        }

        _gatherings.Add(id);
        _gathering = (id, []);
        Things.Add("gathering", id);
    }

    // In its fifth year an association amends its statutes.
    private void Amend(DateOnly first)
    {
        if (first == _size.Until.AddMonths(-2))
            Draft("Projet de statuts", first);
        if (first != Founded.AddYears(5))
            return;
        var (draft, on) = (Draft($"Statuts de {first.Year}", first), _desk.On(first.AddDays(20)));
        var ballot = _desk.New<BallotId>(on);
        _desk.Take("TranscribeOutcome", new TranscribeOutcome(ballot, DecisionKind.Statutes, $"Adopter les statuts de {first.Year}", Verdict.Adopted, _assembly, null, null, _statutes, null, null, on)
            .Decide(_desk.Read<Ballot>(Ballot.Stream(ballot)), _desk.Read<Body>(Body.Stream(_assembly)), _desk.Read<StatutesVersions>(StatutesVersions.Stream)));
        _desk.Take("AdoptStatutes", new AdoptStatutes(draft, on, new(ballot), on)
            .Decide(_desk.Read<StatutesVersions>(StatutesVersions.Stream), _desk.Read<Ballot>(Ballot.Stream(ballot)), new(null, Zone)));
        _undeclared.Add((_desk.Last, _desk.DayOf(on)));
        _desk.Statutes = draft;
    }

    private StatutesVersionId Draft(string title, DateOnly first)
    {
        var on = _desk.On(first.AddDays(2));
        var id = _desk.New<StatutesVersionId>(on);
        _desk.Take("DraftStatutes", new DraftStatutes(id, title, _statutes, Articles("Les membres se réunissent au moins deux fois par an."), Rules(), on).Decide(_desk.Read<StatutesVersions>(StatutesVersions.Stream)));
        Things.Add("version", id);
        Things.Add("other", _statutes);
        return id;
    }
}
