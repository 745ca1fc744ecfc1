using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;
using static Governance.Tests.Domain.Meetings.MeetingStory;

namespace Governance.Tests.Domain.Meetings;

/// <summary>What minutes say is composed from the events; what becomes of them is decided.</summary>
public sealed class MinutesTests
{
    private static MeetingStory Held() => OfBoard(5)
        .Convened()
        .Done(Give(4, 1), Arrive(1), Arrive(2), Arrive(3, remote: true), Open())
        .Done(new TakeAgendaItem(TheMeeting, Accounts, AtMinute(1)), Propose(minute: 2))
        .Done(new NoteDebate(TheMeeting, Accounts, "Le trésorier présente les comptes.", AtMinute(3)))
        .Done(new AmendResolution(TheMeeting, Text, "L'assemblée donne quitus au trésorier.", "À la demande d'un membre", AtMinute(4)))
        .Done(Arrive(5, 5), Put(), Count(@for: 4, against: 1))
        .Done(Leave(2, 20), new CloseMeeting(TheMeeting, AtMinute(30)));

    [Fact]
    public void A_meeting_held_is_told_in_order_with_its_annexes()
    {
        var told = Composed(Held());

        Assert.Equal(
            [
                MinutesPart.Opening, MinutesPart.Convocation, MinutesPart.Agenda, MinutesPart.Attendance, MinutesPart.Officers, MinutesPart.Quorum, MinutesPart.Item,
                MinutesPart.Item, MinutesPart.Closing, MinutesPart.Documents, MinutesPart.Signatures, MinutesPart.Sheet, MinutesPart.Proxies,
            ],
            told.Sections.Select(s => s.Part));
        Assert.Equal(["Comptes", "Outils"], told.Sections.Where(s => s.Part == MinutesPart.Item).Select(s => s.Title));
        Assert.IsType<ItemNotTaken>(told.Sections.Single(s => s.Title == "Outils").Passages[0]);
    }

    [Fact]
    public void Who_was_in_the_room_remote_represented_and_absent_at_the_opening_is_told()
    {
        var named = Of<AttendanceNamed>(Held());

        Assert.Equal([Mandate(1), Mandate(2)], named.InRoom);
        Assert.Equal([Mandate(3)], named.Remote);
        Assert.Equal([new RepresentedBy(Mandate(4), Person(1))], named.Represented);
        Assert.Equal([Mandate(5)], named.Absent);
    }

    [Fact]
    public void A_resolution_is_told_word_for_word_as_amended_with_what_was_amended_its_vote_and_its_verdict()
    {
        var told = Held();

        Assert.Equal("L'assemblée donne quitus au trésorier.", Of<ResolutionText>(told).Text);
        Assert.Equal(("L'assemblée donne quitus.", "L'assemblée donne quitus au trésorier."), (Of<ResolutionAmendedTo>(told).Before, Of<ResolutionAmendedTo>(told).After));
        Assert.Equal(WayOfVoting.ShowOfHands, Of<VoteTaken>(told).Way);
        Assert.Equal((4, 1), (Of<VotesCounted>(told).All.For.Heads, Of<VotesCounted>(told).All.Against.Heads));
        Assert.Equal(Verdict.Adopted, Of<VoteDecided>(told).Outcome.Verdict);
    }

    [Fact]
    public void Who_comes_and_goes_during_the_meeting_is_told_where_it_happened()
    {
        var moved = Composed(Held()).Passages.OfType<ComingsAndGoings>().SelectMany(p => p.Movements).ToList();

        Assert.Equal([(Person(5), false), (Person(2), true)], moved.Select(m => (m.Person, m.Left)));
    }

    [Fact]
    public void Every_passage_names_events_of_the_meeting()
    {
        var story = Held();
        var known = Source(story).Events.Select(e => e.Id).ToHashSet();

        Assert.All(Composed(story).Passages, p => Assert.True(p.Events.Count > 0 && p.Events.All(known.Contains), p.Key));
        Assert.Equal(Composed(story).Passages.Count(), Composed(story).Passages.Select(p => p.Key).Distinct().Count());
    }

    [Fact]
    public void The_documents_of_the_meeting_and_of_its_items_are_listed_with_the_annexes_and_its_own_minutes_on_paper_are_not()
    {
        var story = Held();
        File(story, 80, "Rapport moral", DocumentKind.Annex, null);
        File(story, 81, "Bilan de l'exercice", DocumentKind.Annex, Accounts);
        File(story, 82, "Procès-verbal signé", DocumentKind.Minutes, null);

        var listed = Of<DocumentsListed>(story);
        Assert.Equal([("Rapport moral", null), ("Bilan de l'exercice", "Comptes")], listed.Documents.Select(d => (d.Title, d.Item)));
        Assert.Equal((true, true), (listed.Sheet, listed.Proxies));
    }

    [Fact]
    public void A_document_that_some_alone_may_read_is_not_named_in_minutes_that_everybody_reads_nor_when_it_is_destroyed()
    {
        var story = Held();
        File(story, 80, "Rapport moral", DocumentKind.Annex, null);
        foreach (var number in new[] { 81, 82 })
        {
            var kept = File(story, number, "Procédure disciplinaire", DocumentKind.Annex, null);
            story.Log.Given(Document.Stream(kept), new DocumentAudienceChanged(new(AudienceKind.SecretariatAndAuditors)), Minute(40));
            if (number == 82)
                story.Log.Given(Document.Stream(kept), new DocumentDestroyed(DestructionReason.FiledByMistake), Minute(50));
        }

        Assert.Equal(["Rapport moral"], Of<DocumentsListed>(story).Documents.Select(d => d.Title));
    }

    [Fact]
    public void A_document_that_was_destroyed_stays_listed_without_its_hash_and_one_taken_from_the_meeting_is_not_listed()
    {
        var story = Held();
        var gone = File(story, 80, "Rapport moral", DocumentKind.Annex, null);
        var taken = File(story, 81, "Bilan de l'exercice", DocumentKind.Annex, Accounts);
        var hash = Composed(story).Hash();
        story.Log.Given(Document.Stream(gone), new DocumentDestroyed(DestructionReason.FiledByMistake), Minute(50))
            .Given(Folder.StreamOf(new(Meeting.Stream(TheMeeting), Accounts.Value)), new DocumentDetached(taken), Minute(50));

        var line = Assert.Single(Of<DocumentsListed>(story).Documents);
        Assert.Equal(("Rapport moral", null), (line.Title, line.Sha256));
        Assert.NotEqual(hash, Composed(story).Hash());
    }

    [Fact]
    public void What_was_known_at_a_position_composes_the_same_minutes_whatever_is_known_later()
    {
        var story = Held();
        var (position, hash) = (Source(story).Position, Composed(story).Hash());
        story.Done(Leave(3, 2, entered: 40));

        Assert.NotEqual(hash, Composed(story).Hash());
        Assert.Equal(hash, MinutesComposition.Of(Source(story).KnownBy(position))!.Hash());
    }

    [Fact]
    public void What_was_drafted_as_minutes_were_made_before_still_gives_its_hash_and_what_another_meeting_says_does_not()
    {
        // Drafted and signed when every document was listed, the disciplinary one too.
        var story = Held();
        File(story, 80, "Rapport moral", DocumentKind.Annex, null);
        var before = new MinutesDrafted(TheMeeting, 1, Source(story).Position, Composed(story).Hash());
        Assert.Equal(MinutesMaking.Present, MinutesComposition.MakingOf(Source(story), before));
        Assert.StartsWith(EveryDocumentListed, before.Hash, StringComparison.Ordinal);

        var listed = Held();
        var kept = File(listed, 80, "Rapport moral", DocumentKind.Annex, null, new(AudienceKind.SecretariatAndAuditors));
        var signed = new MinutesDrafted(TheMeeting, 1, Source(listed).Position, before.Hash);
        Assert.NotEqual(before.Hash, Composed(listed).Hash());
        Assert.Equal(MinutesMaking.EveryDocument, MinutesComposition.MakingOf(Source(listed), signed));
        Assert.DoesNotContain(kept, Composed(listed).Passages.OfType<DocumentsListed>().SelectMany(d => d.Documents).Select(d => d.Document));

        Assert.Null(MinutesComposition.MakingOf(Source(listed), signed with { Hash = new string('0', 64) }));
    }

    // How the hash of this meeting begins that was stored when every document was listed: it holds for good. Where it changes, the way of before has to be kept.
    private const string EveryDocumentListed = "bd8b30cab3ae4699d785714360f7af81f66a5a38c7f8ef80c3";

    [Fact]
    public void A_meeting_without_quorum_has_minutes_that_say_so()
    {
        var story = OfBoard(5, HalfPresent).Convened().There(1).Done(new FindNoQuorum(TheMeeting, AtMinute(30)));

        Assert.True(Of<ClosingSaid>(story).WithoutQuorum);
        Assert.False(Of<QuorumSaid>(story).Quorum.Reached);
    }

    [Fact]
    public void Minutes_are_drafted_once_for_what_is_known_and_again_when_more_is()
    {
        var story = Held();
        var minutes = Drafted(story);

        new DraftMinutes(TheMeeting, AtMinute(50)).Decide(minutes, Source(story)).ThenNothing();
        story.Done(Leave(3, 2, entered: 40));
        new DraftMinutes(TheMeeting, AtMinute(51)).Decide(minutes, Source(story)).Then<MinutesDrafted>();
    }

    [Fact]
    public void Nothing_is_drafted_of_a_meeting_that_was_not_opened() =>
        new DraftMinutes(TheMeeting, AtMinute(0)).Decide(None, Source(OfBoard(3).Convened())).ThenRefused<NothingToMinute>();

    [Fact]
    public void A_passage_is_worded_by_a_person_in_its_place_and_after_it()
    {
        var story = Held();
        var minutes = Drafted(story);
        minutes = Then(minutes, new AmendMinutes(TheMeeting, "closing", Rewording.Replaces, "La séance est levée.", 1, AtMinute(60)).Decide(minutes, Source(story)));
        minutes = Then(minutes, new AmendMinutes(TheMeeting, "closing", Rewording.Follows, "Un verre suit.", 2, AtMinute(61)).Decide(minutes, Source(story)));

        var written = Assert.IsType<Minutes.Draft>(minutes.Latest);
        Assert.Equal(["La séance est levée.", "Un verre suit."], written.WordingsOf(3).Select(w => w.Text));
        Assert.Equal(["La séance est levée."], written.WordingsOf(2).Select(w => w.Text));
        Assert.Equal(3, written.Versions.Select(written.HashOf).Distinct().Count());
        new AmendMinutes(TheMeeting, "closing", Rewording.Replaces, "Autre", 2, AtMinute(62)).Decide(minutes, Source(story)).ThenRefused(new MinutesVersionPassed(2, 3));
    }

    [Fact]
    public void What_is_recorded_and_not_worded_cannot_be_replaced()
    {
        var story = Held();
        Decision Word(string passage) => new AmendMinutes(TheMeeting, passage, Rewording.Replaces, "Autre chose", 1, AtMinute(60)).Decide(Drafted(story), Source(story));

        Word("nowhere").ThenRefused<PassageNotFound>();
        Word("sheet").ThenRefused<PassageNotWorded>();
        Word("signatures").ThenRefused<PassageNotWorded>();
    }

    [Fact]
    public void Nobody_words_minutes_that_are_not_there() =>
        new AmendMinutes(TheMeeting, "closing", Rewording.Follows, "Autre", 1, AtMinute(60)).Decide(None, Source(Held())).ThenRefused<MinutesNotDrafted>();

    [Fact]
    public void Whoever_presided_signs_and_nobody_words_them_after_that()
    {
        var story = Held();
        var minutes = Drafted(story);
        new SignMinutes(TheMeeting, Signatory.Chair, Person(2), 1, AtMinute(60)).Decide(minutes, Source(story)).ThenRefused<NotTheSignatory>();
        new SignMinutes(TheMeeting, Signatory.Secretary, Person(1), 1, AtMinute(60)).Decide(minutes, Source(story)).ThenRefused<NotTheSignatory>();
        minutes = Then(minutes, Sign(minutes, story));

        Assert.IsType<Minutes.Signed>(minutes.Latest);
        Sign(minutes, story).ThenNothing();
        new AmendMinutes(TheMeeting, "closing", Rewording.Follows, "Autre", 1, AtMinute(62)).Decide(minutes, Source(story)).ThenRefused<MinutesAreSigned>();
        new DraftMinutes(TheMeeting, AtMinute(62)).Decide(minutes, Source(story)).ThenRefused<MinutesAreSigned>();
        new CorrectMinutes(TheMeeting, "closing", Rewording.Follows, "Autre", "Erreur", AtMinute(62)).Decide(minutes, Source(story)).ThenRefused<MinutesNotApproved>();
    }

    [Fact]
    public void Minutes_of_a_meeting_that_goes_on_are_drafted_and_not_signed()
    {
        var story = OfBoard(3).Opened(1, 2);
        var minutes = Drafted(story);

        Sign(minutes, story).ThenRefused<MinutesOfRunningMeeting>();
    }

    [Fact]
    public void Minutes_that_more_became_known_of_are_drafted_again_before_they_are_signed()
    {
        var story = Held();
        var minutes = Drafted(story);
        story.Done(Leave(3, 2, entered: 40));

        Sign(minutes, story).ThenRefused<MinutesOutdated>();
        new SignMinutes(TheMeeting, Signatory.Chair, Person(1), 2, AtMinute(60)).Decide(minutes, Source(story)).ThenRefused<MinutesVersionPassed>();
    }

    [Fact]
    public void Signed_minutes_are_approved_by_a_ballot_that_stands_and_corrected_by_an_erratum()
    {
        var story = Held();
        var minutes = Drafted(story);
        Approve(minutes, story, Adopted(Later)).ThenRefused(new MinutesNotSigned(Signatory.Chair));
        minutes = Then(minutes, Sign(minutes, story));
        Approve(minutes, story, new Timeline<Ballot>(Ballot.Stream(Later), 0, [])).ThenRefused<BallotNotFound>();
        Approve(minutes, story, Adopted(Later, Verdict.Rejected)).ThenRefused<DecisionDoesNotStand>();
        Approve(minutes, story, Adopted(Later, body: Teams)).ThenRefused<ApprovedByAnotherBody>();
        Approve(minutes, story, story.Log.Ballots(TheBallot), TheBallot).ThenRefused<ApprovedInTheirOwnMeeting>();
        minutes = Then(minutes, Approve(minutes, story, Adopted(Later)));
        Approve(minutes, story, Adopted(Later)).ThenNothing();

        new AmendMinutes(TheMeeting, "closing", Rewording.Follows, "Autre", 1, AtMinute(90)).Decide(minutes, Source(story)).ThenRefused<MinutesAreApproved>();
        minutes = Then(minutes, new CorrectMinutes(TheMeeting, "closing", Rewording.Follows, "À 19 heures.", "L'heure manquait", AtMinute(91)).Decide(minutes, Source(story)));
        var corrected = Assert.IsType<Minutes.Approved>(minutes.Latest);
        Assert.Equal(2, corrected.Last.Number);
        Assert.Empty(corrected.WordingsOf(1));
        Assert.Equal("L'heure manquait", Assert.Single(corrected.WordingsOf(2)).Reason);
    }

    [Fact]
    public void What_was_decided_about_something_else_approves_no_minutes()
    {
        var story = Held();
        var minutes = Then(Drafted(story), Sign(Drafted(story), story));
        Timeline<Ballot> Transcribed(OutcomeTranscribed outcome, int minute) => new(
            Ballot.Stream(Later), 1, [new(EventId.Of(Id(71)), Ballot.Stream(Later), 1, 1, outcome, AtMinute(minute), Minute(minute))]);
        OutcomeTranscribed approval = new(Later, DecisionKind.Ordinary, "Approbation", Verdict.Adopted, Board);

        Approve(minutes, story, Transcribed(approval with { Decision = DecisionKind.Budget }, 70)).ThenRefused<DecisionOfAnotherKind>();
        Approve(minutes, story, Transcribed(approval with { Workstream = WorkstreamId.Of(Id(80)) }, 70)).ThenRefused<ApprovedBySomethingElse>();
        Approve(minutes, story, Transcribed(approval, 10)).ThenRefused<ApprovedBySomethingElse>();
        Assert.IsType<Decision.Accepted>(Approve(minutes, story, Transcribed(approval, 70)));
    }

    [Fact]
    public void A_vote_that_names_minutes_approves_those_and_no_others_and_one_whose_day_alone_is_known_may_be_of_the_day_they_were_written()
    {
        var story = Held();
        var minutes = Then(Drafted(story), Sign(Drafted(story), story));
        Timeline<Ballot> Transcribed(OutcomeTranscribed outcome, EffectiveTime on) => new(
            Ballot.Stream(Later), 1, [new(EventId.Of(Id(71)), Ballot.Stream(Later), 1, 1, outcome, on, Minute(70))]);
        OutcomeTranscribed approval = new(Later, DecisionKind.Ordinary, "Approbation", Verdict.Adopted, Board);

        Approve(minutes, story, Transcribed(approval with { Minutes = Second }, AtMinute(70))).ThenRefused<ApprovesOtherMinutes>();
        Assert.IsType<Decision.Accepted>(Approve(minutes, story, Transcribed(approval with { Minutes = TheMeeting }, AtMinute(70))));
        Assert.IsType<Decision.Accepted>(Approve(minutes, story, Transcribed(approval, Story.Time("2024-03-20"))));
        Approve(minutes, story, Transcribed(approval, Story.Time("2024-03-19"))).ThenRefused<ApprovedBySomethingElse>();
    }

    [Fact]
    public void A_vote_that_names_minutes_approves_the_version_that_was_before_the_voters_and_none_that_was_worded_after_it_was_opened()
    {
        var story = Held();
        var minutes = Drafted(story);
        minutes = Then(minutes, new AmendMinutes(TheMeeting, "closing", Rewording.Replaces, "La séance est levée.", 1, AtMinute(60)).Decide(minutes, Source(story)));
        minutes = Then(minutes, new SignMinutes(TheMeeting, Signatory.Chair, Person(1), 2, AtMinute(64)).Decide(minutes, Source(story)));

        Approve(minutes, story, Voted(opened: 55, proclaimed: 65)).ThenRefused(new VotedOnAnotherVersion(1, 2, AtMinute(60)));
        Approve(minutes, story, Voted(opened: 40, proclaimed: 65)).ThenRefused(new VotedOnAnotherVersion(null, 2, AtMinute(60)));
        Assert.Equal(2, Approve(minutes, story, Voted(opened: 61, proclaimed: 65)).Then<MinutesApproved>().Version);
    }

    [Fact]
    public void Minutes_worded_back_to_what_the_voters_had_before_them_are_approved_by_their_vote()
    {
        var story = Held();
        var minutes = Drafted(story);
        foreach (var (version, text) in new[] { "La séance est levée.", "Autre chose.", "La séance est levée." }.Index())
        {
            minutes = Then(minutes, new AmendMinutes(TheMeeting, "closing", Rewording.Replaces, text, version + 1, AtMinute(60 + version)).Decide(minutes, Source(story)));
        }

        minutes = Then(minutes, new SignMinutes(TheMeeting, Signatory.Chair, Person(1), 4, AtMinute(64)).Decide(minutes, Source(story)));
        Assert.Equal(4, Approve(minutes, story, Voted(opened: 60, proclaimed: 65)).Then<MinutesApproved>().Version);
    }

    [Fact]
    public void Minutes_signed_as_they_were_made_before_are_overtaken_by_what_was_recorded_since_and_not_by_the_way_of_making()
    {
        var story = Held();
        File(story, 80, "Rapport moral", DocumentKind.Annex, null);
        var hash = Composed(story).Hash();
        story = Held();
        File(story, 80, "Rapport moral", DocumentKind.Annex, null, new(AudienceKind.SecretariatAndAuditors));
        var signed = new MinutesDrafted(TheMeeting, 1, Source(story).Position, hash);

        Assert.NotEqual(hash, Composed(story).Hash());
        Assert.False(MinutesComposition.IsOvertaken(Source(story), signed));
        story.Done(Leave(3, 2, entered: 40));
        Assert.True(MinutesComposition.IsOvertaken(Source(story), signed));
        Assert.False(MinutesComposition.IsOvertaken(Source(story).KnownBy(signed.Position), signed));
    }

    [Fact]
    public void What_is_put_to_a_vote_says_which_minutes_it_approves()
    {
        var story = OfBoard(3).Opened(1, 2).Done(new TakeAgendaItem(TheMeeting, Accounts, AtMinute(1)));
        var written = Drafted(Held());
        Decision Approving(MeetingId meeting, Timeline<Minutes> minutes) =>
            new ProposeResolution(TheMeeting, Another, Accounts, DecisionKind.Ordinary, "Approbation", "Le procès-verbal est approuvé.", null, null, AtMinute(2), Minutes: meeting)
                .Decide(story.Meetings(TheMeeting), null, minutes);

        Approving(Second, new(Minutes.Stream(Second), 0, [])).ThenRefused<MinutesNotDrafted>();
        Approving(TheMeeting, written).ThenRefused<ApprovedInTheirOwnMeeting>();
        var proposed = Approving(Second, written);
        Assert.Equal(Second, Assert.Single(Assert.IsType<Decision.Accepted>(proposed).Facts).Event is ResolutionProposed { Minutes: { } named } ? named : default);
    }

    private static readonly BallotId Later = BallotId.Of(Id(70));

    private static Timeline<Minutes> None => new(Minutes.Stream(TheMeeting), 0, []);

    private static Rule HalfPresent => Set(QuorumRule.None with { Extent = QuorumExtent.Whole, Share = new Fraction(1, 2) });

    private static DocumentId File(MeetingStory story, int number, string title, DocumentKind kind, AgendaItemId? item, Audience? audience = null)
    {
        var document = DocumentId.Of(Id(number));
        var thing = new Thing(Meeting.Stream(TheMeeting), item?.Value);
        story.Log.Given(
                Document.Stream(document),
                new DocumentFiled(document, title, kind, new("application/pdf", 12, new string('a', 64)), audience ?? new(AudienceKind.Association), Retention.Forever), Minute(40))
            .Given(Folder.StreamOf(thing), new DocumentAttached(document, thing), Minute(40));
        return document;
    }

    private static T Of<T>(MeetingStory story) where T : Passage => Composed(story).Passages.OfType<T>().First();

    private static MinutesComposition Composed(MeetingStory story) => MinutesComposition.Of(Source(story))!;

    private static MinutesSource Source(MeetingStory story) => story.MinutesSource();

    private static Timeline<Minutes> Drafted(MeetingStory story) => Then(None, new DraftMinutes(TheMeeting, AtMinute(45)).Decide(None, Source(story)));

    private static Decision Sign(Timeline<Minutes> minutes, MeetingStory story) =>
        new SignMinutes(TheMeeting, Signatory.Chair, Person(1), 1, AtMinute(60)).Decide(minutes, Source(story));

    private static Decision Approve(Timeline<Minutes> minutes, MeetingStory story, Timeline<Ballot> ballot, BallotId? by = null) =>
        new ApproveMinutes(TheMeeting, new(by ?? Later), AtMinute(80)).Decide(minutes, story.Meetings(TheMeeting), ballot, null, Story.Paris);

    private static Timeline<Ballot> Adopted(BallotId id, Verdict verdict = Verdict.Adopted, BodyId? body = null) => new(
        Ballot.Stream(id), 1,
        [new(EventId.Of(Id(71)), Ballot.Stream(id), 1, 1, new OutcomeTranscribed(id, DecisionKind.Ordinary, "Approbation", verdict, body ?? Board), AtMinute(70), Minute(70))]);

    // By the board's next meeting, which names the minutes that it approves: put to the vote at one minute, proclaimed at another.
    private static Timeline<Ballot> Voted(int opened, int proclaimed) => OfBoard(3).Opened(1, 2)
        .Given(
            Meeting.Stream(TheMeeting),
            new ResolutionProposed(TheMeeting, Another, Accounts, DecisionKind.Ordinary, "Approbation", "Le procès-verbal est approuvé.", Minutes: TheMeeting), Minute(1))
        .Done(Put(minute: opened, resolution: Another, ballot: Later), Count(@for: 2, minute: proclaimed) with { Ballot = Later })
        .Log.Ballots(Later);

    private static Timeline<Minutes> Then(Timeline<Minutes> minutes, Decision decision) => minutes.After(Assert.IsType<Decision.Accepted>(decision).Facts);
}
