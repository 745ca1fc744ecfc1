using System.Collections.Immutable;
using Governance.Domain.Associations;
using Governance.Domain.Ballots;
using Governance.Domain.Chronicles;
using Governance.Domain.Colleges;
using Governance.Domain.Contributions;
using Governance.Domain.Conventions;
using Governance.Domain.Documents;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Elections;
using Governance.Domain.Gatherings;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Domain.SharedTools;
using Governance.Domain.Statutes;
using Governance.Domain.WorkingGroups;
using Governance.Projections.Runtime;

namespace Governance.Projections;

/// <summary>
/// What can be searched, in the words that it had on any date: a row for each thing and for each part of one that can be found by itself. People are not
/// here, nor anything that is sealed, nor what somebody voted: names are opened when a search asks for them (docs/adr/0031-search.md).
/// </summary>
public sealed class SearchEntries : TimelineModel<SearchEntries.Entry>
{
    internal const string Stored = "search_entries_2";

    /// <param name="Thing">What has the page on which it stands: itself, or what it is a part of.</param>
    /// <param name="Title">Empty where it goes by the name of its thing.</param>
    /// <param name="Body">What else is searched and shown in part; empty for none.</param>
    /// <param name="Number">Of an article.</param>
    /// <param name="Live">Not ended, cancelled, set aside: found before what is.</param>
    /// <param name="On">When it is or was: what a list shows beside it.</param>
    public sealed record Entry(SearchKind Kind, Guid Thing, string Title, string Body, bool Live, EffectiveTime On, string? Number = null);

    private const int MostBody = 60_000, LongestWord = 200;

    public override string Name => Stored;

    public override IReadOnlyList<string> StreamKinds =>
    [
        "association", "member", "body", "statutes", "meeting", "minutes", "ballot", "election", "dues-campaign", "roadmap", "workstream", "convention", "deliveries",
        "contribution", "contribution-call", "working-group", "gathering", "shared-tool", "document", "chronicle",
    ];

    public override IReadOnlyList<Type> Events { get; } =
    [
        typeof(AssociationFounded), typeof(AssociationRenamed), typeof(PurposeChanged), typeof(SeatMoved), typeof(AssociationTransformed), typeof(AssociationDissolved),
        typeof(DeclarationFiled), typeof(DeclarationReceiptRecorded),
        typeof(MembershipRequested), typeof(MembershipRefused), typeof(MemberAdmitted), typeof(MemberRenamed),
        typeof(MemberResigned), typeof(MemberExcluded), typeof(MemberReadmitted),
        typeof(BodyConstituted), typeof(BodyRenamed), typeof(BodyDissolved), typeof(CollegeConstituted), typeof(CollegeReviewed), typeof(CollegeRefined),
        typeof(StatutesDrafted), typeof(ArticleAmended), typeof(ArticleRepealed), typeof(StatutesAdopted),
        typeof(MeetingPlanned), typeof(MeetingMoved), typeof(MeetingCancelled), typeof(AgendaItemAdded), typeof(AgendaItemReworded), typeof(AgendaItemWithdrawn),
        typeof(ResolutionProposed), typeof(ResolutionAmended), typeof(ResolutionWithdrawn), typeof(DebateNoted), typeof(IncidentRecorded),
        typeof(MinutesAmended), typeof(MinutesCorrected),
        typeof(BallotDrafted), typeof(BallotAnnulled), typeof(OutcomeTranscribed),
        typeof(ElectionCalled), typeof(DuesCampaignOpened), typeof(DuesBracketSet), typeof(DuesBracketRemoved), typeof(DuesCampaignClosed),
        typeof(RoadmapOpened), typeof(WorkstreamProposed), typeof(MilestonePlanned), typeof(MilestoneMoved), typeof(MilestoneReached), typeof(ProgressReported),
        typeof(WorkstreamPaused), typeof(WorkstreamResumed), typeof(WorkstreamCompleted), typeof(WorkstreamAbandoned),
        typeof(ConventionDrafted), typeof(ObjectiveAdded), typeof(IndicatorAdded), typeof(TrancheAgreed), typeof(AmendmentDrafted), typeof(ConventionEvaluated), typeof(ConventionEnded),
        typeof(DeliveryPlanned), typeof(DeliveryMoved), typeof(DeliveryCarriedOut), typeof(DeliveryCancelled),
        typeof(ContributionsCalled), .. ContributionEvents.Types.Where(type => type != typeof(SubjectValidated)),
        typeof(WorkingGroupCreated), typeof(WorkingGroupRenamed), typeof(WorkingGroupTransformed), typeof(WorkingGroupSucceeded), typeof(WorkingGroupMerged),
        typeof(WorkingGroupClosed), typeof(GroupsCrossed), typeof(WorkingGroupMet), typeof(OutputPlanned), typeof(OutputPublished),
        typeof(GatheringPlanned), typeof(GatheringMoved), typeof(GatheringCancelled), typeof(SessionPlanned), typeof(SessionWithdrawn), typeof(GroupReviewed), typeof(FollowUpAgreed),
        typeof(SharedToolLaunched), typeof(SharedToolReworked), typeof(SharedToolReleased), typeof(SharedToolMerged), typeof(SharedToolRetired), typeof(SourcesEntrusted),
        typeof(SharedToolLeft),
        typeof(DocumentFiled), typeof(DocumentDestroyed),
        typeof(ChronicleEntryRecorded),
    ];

    public override IReadOnlyList<string> Indexes => ["using gin (words) with (fastupdate = off)"];

    public override Columns<Entry> Columns { get; } = new Columns<Entry>()
        .Choice<SearchKind>("kind", e => e.Kind)
        .Uuid("thing", e => e.Thing)
        .Text("title", e => e.Title)
        .Text("body", e => e.Body)
        .Text("number", e => e.Number, optional: true)
        .Bool("live", e => e.Live)
        .Time("dated", e => e.On);

    // An article is found by its number too.
    private const string Heading = "title || coalesce(' article ' || number, '')";

    public override IReadOnlyList<string> GeneratedColumns =>
    [
        $"heading tsvector not null generated always as ({Lexemes.WordsOfTenant(Heading)}) stored",
        $"words tsvector not null generated always as (setweight({Lexemes.WordsOfTenant(Heading)}, 'A') || {Lexemes.OfTenant("body")}) stored",
    ];

    public override Guid Part(IEvent @event) => @event switch
    {
        DeclarationFiled e => e.Due.Value,
        DeclarationReceiptRecorded e => e.Due.Value,
        StatutesDrafted e => e.Version.Value,
        ArticleAmended e => e.Version.Value,
        ArticleRepealed e => e.Version.Value,
        StatutesAdopted e => e.Version.Value,
        AgendaItemAdded e => e.Item.Value,
        AgendaItemReworded e => e.Item.Value,
        AgendaItemWithdrawn e => e.Item.Value,
        ResolutionProposed e => e.Resolution.Value,
        ResolutionAmended e => e.Resolution.Value,
        ResolutionWithdrawn e => e.Resolution.Value,
        MilestonePlanned e => e.Milestone.Value,
        MilestoneMoved e => e.Milestone.Value,
        MilestoneReached e => e.Milestone.Value,
        ObjectiveAdded e => e.Objective.Value,
        IndicatorAdded e => e.Indicator.Value,
        TrancheAgreed e => e.Tranche.Value,
        AmendmentDrafted e => e.Amendment.Value,
        DeliveryPlanned e => e.Delivery.Value,
        DeliveryMoved e => e.Delivery.Value,
        DeliveryCarriedOut e => e.Delivery.Value,
        DeliveryCancelled e => e.Delivery.Value,
        SessionPlanned e => e.Session.Value,
        SessionWithdrawn e => e.Session.Value,
        FollowUpAgreed e => e.FollowUp.Value,
        _ => Guid.Empty,
    };

    public override IEnumerable<Segment<Entry>> Rows(AssociationId association, IReadOnlyList<Recorded> history)
    {
        var stream = history[0].Stream;
        var part = Part(history[0].Event);
        return stream.Kind switch
        {
            "association" when part != Guid.Empty => Segments.Of(Keys.Of(part, stream), history, default(Entry), OfDeclaration(association), e => e),
            "association" => Segments.Of<Said?, Entry>(
                association.Value, history, null, OfAssociation,
                a => a is null ? null : new(SearchKind.Association, association.Value, a.Name == a.ShortName ? a.Name : $"{a.Name} ({a.ShortName})", Lines(a.Purpose, a.Seat), a.Live, a.Founded)),
            "statutes" => OfStatutes(part, history),
            "minutes" => OfMinutes(stream, history),
            "chronicle" => Each(history, e => e.Event is ChronicleEntryRecorded told ? new(SearchKind.Chronicle, e.Id.Value, told.Title, Lines(told.Text), true, e.On) : null),
            _ when part != Guid.Empty => Segments.Of(part, history, default(Entry), OfPart(stream.Thing()), e => e),
            _ => Segments.Of(stream.Thing(), history.Where(e => !IsText(e.Event)).ToList(), default(Pieced), InPieces(OfThing(stream.Thing())), t => t?.Whole)
                .Concat(TextsOf(stream, history)),
        };
    }

    /// <param name="Pieces">What centres say of the thing, in the order in which each first did.</param>
    private sealed record Pieced(Entry Entry, ImmutableList<(MemberId By, string Text)> Pieces)
    {
        public Entry Whole => Pieces.IsEmpty ? Entry : Entry with { Body = Lines([Entry.Body, .. Pieces.Select(p => p.Text)]) };

        public Pieced With(MemberId by, string text) => this with
        {
            Pieces = Pieces.FindIndex(p => p.By == by) is >= 0 and var at ? Pieces.SetItem(at, (by, text)) : Pieces.Add((by, text)),
        };
    }

    // What a centre says again stands in the place of what it said before.
    private static Func<Pieced?, Recorded, Pieced?> InPieces(Func<Entry?, Recorded, Entry?> fold) => (known, e) => (known, e.Event) switch
    {
        (not null, ObservationCollected o) => known.With(o.Centre, o.Observation),
        (not null, SourcesEntrusted s) => known.With(s.Centre, Lines(s.Sources)),
        (not null, SharedToolLeft l) => known with { Pieces = known.Pieces.RemoveAll(p => p.By == l.Centre) },
        _ => fold(known?.Entry, e) is { } entry ? new(entry, known?.Pieces ?? []) : null,
    };

    private sealed record Said(string Name, string ShortName, string Purpose, string Seat, bool Live, EffectiveTime Founded);

    private static Said OfAssociation(Said? a, Recorded e) => (a, e.Event) switch
    {
        (null, AssociationFounded f) => new(f.Name, f.ShortName, f.Purpose, f.Seat, true, e.On),
        (not null, AssociationRenamed r) => a with { Name = r.Name, ShortName = r.ShortName },
        (not null, PurposeChanged p) => a with { Purpose = p.Purpose },
        (not null, SeatMoved s) => a with { Seat = s.Seat },
        (not null, AssociationTransformed t) => a with { Name = t.Name, ShortName = t.ShortName, Purpose = t.Purpose },
        (not null, AssociationDissolved) => a with { Live = false },
        _ => throw Impossible(a, e),
    };

    private static Func<Entry?, Recorded, Entry?> OfDeclaration(AssociationId association) => (d, e) => (d, e.Event) switch
    {
        (null, DeclarationFiled f) => new(SearchKind.Declaration, association.Value, "", f.Reference, true, e.On),
        (not null, DeclarationReceiptRecorded r) => d with { Body = Lines(d.Body, r.Receipt) },
        _ => throw Impossible(d, e),
    };

    private static Func<Entry?, Recorded, Entry?> OfThing(Guid thing) => (t, e) => (t, e.Event) switch
    {
        (_, MembershipRequested m) => new(SearchKind.Member, thing, m.Name.Organisation ?? "", Lines(m.Territory), false, e.On),
        (_, MemberAdmitted m) => new(SearchKind.Member, thing, m.Name.Organisation ?? "", Lines(m.Territory, m.Remark), true, e.On),
        (not null, MemberRenamed m) => t with { Title = m.Name.Organisation ?? "" },
        (not null, MembershipRefused or MemberResigned or MemberExcluded) => t with { Live = false, On = e.On },
        (not null, MemberReadmitted) => t with { Live = true, On = e.On },

        (null, BodyConstituted b) => new(SearchKind.Body, thing, b.Name, "", true, e.On),
        (null, CollegeConstituted c) => new(SearchKind.Body, thing, c.Name, "", true, e.On),
        (not null, BodyRenamed b) => t with { Title = b.Name },
        (not null, CollegeReviewed r) => t with { Body = Lines(t.Body, r.Findings) },
        (not null, CollegeRefined r) => t with { Body = Lines(t.Body, r.Remark) },
        (not null, BodyDissolved) => null,

        (null, MeetingPlanned m) => new(SearchKind.Meeting, thing, m.Title, Lines(m.Place), true, m.Starts),
        (not null, MeetingMoved m) => t with { Body = Lines(m.Place), On = m.Starts },
        (not null, MeetingCancelled m) => t with { Live = false, Body = Lines(t.Body, m.Reason) },

        (null, BallotDrafted b) => new(SearchKind.Ballot, thing, b.Title, Lines([b.Question, b.Motion, b.Reference, .. Options(b.Contest)]), true, e.On),
        (null, OutcomeTranscribed b) => new(SearchKind.Ballot, thing, b.Title, Lines(b.Motion, b.Reference), true, e.On),
        (not null, BallotAnnulled b) => t with { Live = false, Body = Lines(t.Body, b.Reason) },
        (null, ElectionCalled c) => new(SearchKind.Election, thing, c.Title, "", true, e.On),

        (null, DuesCampaignOpened c) => new(SearchKind.DuesCampaign, thing, c.Period, Lines(c.MeasureName), true, c.From),
        (not null, DuesBracketSet b) => t with { Body = Lines(Without(t.Body, b.Name), b.Name) },
        (not null, DuesBracketRemoved b) => t with { Body = Without(t.Body, b.Name) },
        (not null, DuesCampaignClosed c) => t with { Live = false, Body = Lines(t.Body, c.Remark) },

        (null, RoadmapOpened r) => new(SearchKind.Roadmap, thing, r.Title, $"{r.FirstYear}-{r.LastYear}", true, e.On),
        (null, WorkstreamProposed w) => new(SearchKind.Workstream, thing, w.Title, Lines(w.Description), true, e.On),
        (not null, WorkstreamPaused w) => t with { Body = Lines(t.Body, w.Reason) },
        (not null, WorkstreamResumed w) => t with { Body = Lines(t.Body, w.Remark) },
        (not null, WorkstreamCompleted w) => t with { Live = false, Body = Lines(t.Body, w.Outcome) },
        (not null, WorkstreamAbandoned w) => t with { Live = false, Body = Lines(t.Body, w.Reason) },

        (null, ConventionDrafted c) => new(SearchKind.Convention, thing, c.Title, Lines(c.Funder, c.Beneficiary), true, e.On),
        (not null, ConventionEvaluated c) => t with { Body = Lines(t.Body, c.Conclusion) },
        (not null, ConventionEnded c) => t with { Live = false, Body = Lines(t.Body, c.Reason) },

        (null, ContributionsCalled c) => new(SearchKind.ContributionCall, thing, c.Funder, Lines($"{c.Year}", c.Text), true, e.On),
        (null, SubjectProposed c) => new(SearchKind.Contribution, thing, c.Subject, Lines(c.Question), true, e.On),
        (not null, SubjectDiscussed c) => t with { Body = Lines(t.Body, c.Summary) },
        (not null, ObservationsAnalysed c) => t with { Body = Lines(t.Body, c.Findings) },
        (not null, TeachingsDebated c) => t with { Body = Lines(t.Body, c.Teachings) },
        (not null, ContributionPresented c) => t with { Body = Lines(t.Body, c.To) },
        (not null, ContributionPublished c) => t with { Body = Lines(t.Body, c.Reference) },
        (not null, ContributionSetAside c) => t with { Live = false, Body = Lines(t.Body, c.Reason) },

        (null, WorkingGroupCreated g) => new(SearchKind.WorkingGroup, thing, g.Name, Lines(g.Mission), true, e.On),
        (not null, WorkingGroupRenamed g) => t with { Title = g.Name },
        (not null, WorkingGroupTransformed g) => t with { Title = g.Name, Body = Lines(g.Mission) },
        (not null, GroupsCrossed g) => t with { Body = Lines(t.Body, g.Topic) },
        (not null, WorkingGroupClosed g) => t with { Live = false, Body = Lines(t.Body, g.Reason) },
        (not null, WorkingGroupSucceeded or WorkingGroupMerged) => t with { Live = false },

        (null, GatheringPlanned g) => new(SearchKind.Gathering, thing, g.Title, g.Place, true, g.Starts),
        (not null, GatheringMoved g) => t with { Body = g.Place, On = g.Starts },
        (not null, GatheringCancelled g) => t with { Live = false, Body = Lines(t.Body, g.Reason) },

        (null, SharedToolLaunched s) => new(SearchKind.SharedTool, thing, s.Name, Lines(s.Purpose, s.KeptBy), true, e.On),
        (not null, SharedToolReworked s) => t with { Body = Lines(t.Body, s.Remark) },
        (not null, SharedToolReleased s) => t with { Body = Lines(t.Body, s.Release, s.Remark) },
        (not null, SharedToolRetired s) => t with { Live = false, Body = Lines(t.Body, s.Reason) },
        (not null, SharedToolMerged) => t with { Live = false },

        // Of a document its title alone: what is in it is sealed, and who may read of it is asked each time.
        (null, DocumentFiled d) => new(SearchKind.Document, thing, d.Title, "", true, e.On),
        (not null, DocumentDestroyed) => t with { Live = false },
        _ => throw Impossible(t, e),
    };

    private static Func<Entry?, Recorded, Entry?> OfPart(Guid thing) => (p, e) => (p, e.Event) switch
    {
        (null, AgendaItemAdded i) => new(SearchKind.AgendaItem, thing, i.Title, Lines(i.Text), true, e.On),
        (not null, AgendaItemReworded i) => p with { Title = i.Title, Body = Lines(i.Text) },
        (not null, AgendaItemWithdrawn i) => p with { Live = false, Body = Lines(p.Body, i.Reason) },
        (null, ResolutionProposed r) => new(SearchKind.Resolution, thing, r.Title, Lines([r.Text, .. Options(r.Contest)]), true, e.On),
        (not null, ResolutionAmended r) => p with { Body = Lines(r.Text) },
        (not null, ResolutionWithdrawn r) => p with { Live = false, Body = Lines(p.Body, r.Reason) },
        (null, MilestonePlanned m) => new(SearchKind.Milestone, thing, m.Title, "", true, m.Due),
        (not null, MilestoneMoved m) => p with { On = m.Due, Body = Lines(p.Body, m.Reason) },
        (not null, MilestoneReached m) => p with { Body = Lines(p.Body, m.Remark) },
        (null, ObjectiveAdded o) => new(SearchKind.ConventionPart, thing, o.Domain, Lines(o.Commitment), true, e.On),
        (not null, ObjectiveAdded o) => p with { Title = o.Domain, Body = Lines(o.Commitment) },
        (_, IndicatorAdded i) => new(SearchKind.ConventionPart, thing, i.Name, "", true, e.On),
        (_, TrancheAgreed t) => new(SearchKind.ConventionPart, thing, t.Title, "", true, t.Expected),
        (_, AmendmentDrafted a) => new(SearchKind.ConventionPart, thing, a.Title, Lines(a.Reason), true, e.On),
        (null, DeliveryPlanned d) => new(SearchKind.Delivery, thing, d.Title, Lines(d.Place), true, d.When),
        (not null, DeliveryMoved d) => p with { On = d.When, Body = Lines(p.Body, d.Reason) },
        (not null, DeliveryCarriedOut) => p with { On = e.On },
        (not null, DeliveryCancelled d) => p with { Live = false, Body = Lines(p.Body, d.Reason) },
        (_, SessionPlanned s) => new(SearchKind.Session, thing, s.Title, Lines(s.Room), true, s.Starts),
        (not null, SessionWithdrawn) => null,
        (null, FollowUpAgreed f) => new(SearchKind.FollowUp, thing, f.Title, "", true, e.On),
        _ => throw Impossible(p, e),
    };

    private static bool IsText(IEvent @event) =>
        @event is ProgressReported or DebateNoted or IncidentRecorded or WorkingGroupMet or OutputPlanned or OutputPublished or GroupReviewed;

    private static IEnumerable<Segment<Entry>> TextsOf(StreamId stream, IReadOnlyList<Recorded> history)
    {
        var thing = stream.Thing();
        return Each(history, e => e.Event switch
        {
            ProgressReported r => new(SearchKind.ProgressReport, thing, "", Lines(r.Text, r.NextStep), true, e.On),
            DebateNoted d => new(SearchKind.Minutes, thing, "", Lines(d.Text), true, e.On),
            IncidentRecorded i => new(SearchKind.Minutes, thing, "", Lines(i.Text), true, e.On),
            WorkingGroupMet { Logbook: { } logbook } met => new(SearchKind.Logbook, thing, "", Lines(logbook, met.Place), true, e.On),
            _ => null,
        }).Concat(
            from review in history.Where(e => e.Event is GroupReviewed).GroupBy(e => ((GroupReviewed)e.Event).Group)
            from segment in Segments.Of(
                Keys.Of(thing, review.Key.Value), [.. review], default(Entry), (_, e) => new(SearchKind.Review, thing, "", Lines(((GroupReviewed)e.Event).Findings), true, e.On), r => r)
            select segment).Concat(
            from output in history.Where(e => e.Event is OutputPlanned or OutputPublished).GroupBy(e => OutputOf(e.Event), StringComparer.Ordinal)
            from segment in Segments.Of(
                Keys.Of(thing, new StreamId("output:" + output.Key)), [.. output], default(Entry),
                (known, e) => e.Event switch
                {
                    OutputPlanned p => new(SearchKind.Output, thing, p.Title, Lines(p.Description), true, e.On),
                    OutputPublished p => new(SearchKind.Output, thing, p.Title, Lines(known?.Body, p.Reference), true, e.On),
                    _ => known,
                },
                o => o)
            select segment);
    }

    private static string OutputOf(IEvent @event) => @event is OutputPlanned planned ? planned.Title : ((OutputPublished)@event).Title;

    private static IEnumerable<Segment<Entry>> Each(IReadOnlyList<Recorded> history, Func<Recorded, Entry?> row)
    {
        foreach (var e in history)
        {
            if (row(e) is { } entry)
                yield return new(e.Id.Value, e.On.Instant, null, entry);
        }
    }

    // The wordings of a person that hold; what is composed is found where it was recorded.
    private static IEnumerable<Segment<Entry>> OfMinutes(StreamId stream, IReadOnlyList<Recorded> history) => Segments.Of(
        Keys.Of(stream.Thing(), stream), history, (Wordings: ImmutableList<PassageWording>.Empty, On: default(EffectiveTime)),
        (known, e) => (known.Wordings.Add(e.Event switch
        {
            MinutesAmended a => new(a.Passage, a.Way, a.Text, a.Version),
            MinutesCorrected c => new(c.Passage, c.Way, c.Text, c.Version, c.Reason),
            _ => throw Impossible(null, e),
        }), e.On),
        m => new Entry(SearchKind.Minutes, stream.Thing(), "", Lines(PassageWording.Holding(m.Wordings).Select(w => w.Text)), true, m.On));

    private static IEnumerable<Segment<Entry>> OfStatutes(Guid version, IReadOnlyList<Recorded> history)
    {
        var numbers = history.SelectMany(e => e.Event switch
        {
            StatutesDrafted d => d.Articles.Select(a => a.Number),
            ArticleAmended a => [a.Article.Number],
            _ => [],
        }).Distinct(StringComparer.Ordinal);
        var ofVersion = Segments.Of(version, history, default(Entry), (v, e) => (v, e.Event) switch
        {
            (null, StatutesDrafted d) => new(SearchKind.Statutes, version, d.Title, "", true, e.On),
            (not null, StatutesAdopted a) => v with { On = a.InForceFrom },
            (not null, _) => v,
            _ => throw Impossible(v, e),
        }, v => v);
        return numbers.Aggregate(ofVersion, (rows, number) => rows.Concat(Segments.Of(
            Keys.Of(version, new StreamId("article:" + number)), history, default((Entry? Article, EffectiveTime? InForce)),
            (known, e) => e.Event switch
            {
                StatutesDrafted d when d.Articles.FirstOrDefault(a => a.Number == number) is { } article => (Of(article, e.On), null),
                ArticleAmended a when a.Article.Number == number => (Of(a.Article, e.On), known.InForce),
                ArticleRepealed r when r.Number == number => (null, known.InForce),
                StatutesAdopted a => (known.Article, a.InForceFrom),
                _ => known,
            },
            known => known.Article is { } article ? article with { On = known.InForce ?? article.On } : null)));

        Entry Of(Article article, EffectiveTime on) => new(SearchKind.Article, version, article.Heading, Lines(article.Text), true, on, article.Number);
    }

    // People who are options are named by their ids, and workstreams by theirs: words alone are searched.
    private static IEnumerable<string> Options(Contest? contest) => contest is { Of: ContestOptions.Words } ? contest.Question.Options : [];

    private static string Without(string lines, string line) => string.Join('\n', lines.Split('\n').Where(known => known != line));

    private static string Lines(params IEnumerable<string?> texts) => Bounded(string.Join('\n', texts.Where(text => !string.IsNullOrWhiteSpace(text))));

    // No index takes what is too long, nor a word that is: what has no end of a word is parted.
    private static string Bounded(string text)
    {
        var bounded = text.Length <= MostBody ? text : text[..MostBody];
        for (int at = 0, began = 0; at < bounded.Length; at++)
        {
            if (char.IsWhiteSpace(bounded[at]))
                began = at + 1;
            else if (at - began == LongestWord)
                (bounded, began) = (bounded.Insert(at, " "), at + 1);
        }

        return bounded;
    }

    private static ImpossibleHistoryException Impossible(object? known, Recorded e) => ImpossibleHistoryException.After(known ?? "nothing to be found", e.Event, e.On);
}
