using System.Security.Cryptography;
using System.Text;
using Governance.Api.Proofs;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Members;
using Governance.Domain.Voting;
using Governance.EventStore.Log;
using Governance.Tests.Architecture;
using Governance.Tests.Domain.Ballots;
using Governance.Tests.Domain.Meetings;
using Microsoft.Playwright;
using Xunit;
using static Governance.Tests.Domain.Ballots.BallotStory;

namespace Governance.Tests.Proofs;

/// <summary>A window with the page that every bundle carries, opened from a folder as whoever receives the bundle does.</summary>
public sealed class VerifierWindow(Browser browser) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("governance-verifier-").FullName;

    public IPage Page { get; private set; } = null!;

    public string Address => new Uri(Path.Combine(_folder, "verify.html")).AbsoluteUri;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "verify.html"), VerifierPage.Bytes);
        Page = await browser.Open(View.Wide);
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The page that every bundle carries, loaded anew for each test.</summary>
public sealed class VerifierPageTests(Browser browser, VerifierWindow window) : IClassFixture<VerifierWindow>, IAsyncLifetime
{
    private IPage _page = window.Page;

    public async ValueTask InitializeAsync() => await _page.GotoAsync(PageAddress);

    // A test that looked through a window of its own closes it.
    public async ValueTask DisposeAsync()
    {
        if (_page != window.Page)
            await _page.Context.CloseAsync();
    }

    private string PageAddress => window.Address;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(37)]
    public async Task A_bundle_of_any_size_is_verified(int events)
    {
        var bundle = EvidenceBundle.Plain(events);
        foreach (var size in Enumerable.Range(1, events))
            bundle.Earlier(size);

        await VerifiedAsync(bundle);

        Assert.Equal(events == 0 ? "none" : "passed", await StateAsync("consistency"));
        Assert.Equal(Convert.ToBase64String(Root(bundle)), await _page.TextContentAsync("[data-fact=root]"));
        Assert.Equal($"{EvidenceBundle.Signer(1).Key}", await _page.TextContentAsync("[data-fact=key]"));
        Assert.Equal("27 novembre 2026 à 02:00 UTC", await _page.TextContentAsync("[data-fact=made]"));
    }

    public static TheoryData<string, string> Documents => new()
    {
        { "all are there", "passed" },
        { "one is not there", "passed" },
        { "another content under the name of one", "failed" },
        { "one that no event names", "failed" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Documents_are_held_against_the_hashes_in_the_events_by_this_page_and_by_the_command(string how, string state)
    {
        // Given a document of two versions, one that was destroyed, and one about somebody
        static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        static DocumentContent Content(string content) => new("text/plain", content.Length, Hash(content));
        var (one, two, three) = (Governance.Tests.Domain.Story.Named<DocumentId>("one"), Governance.Tests.Domain.Story.Named<DocumentId>("two"), Governance.Tests.Domain.Story.Named<DocumentId>("three"));
        DocumentFiled Filed(DocumentId id, string content, PersonId? about = null) =>
            new(id, "Titre", DocumentKind.Annex, Content(content), new(AudienceKind.Association), Retention.Forever, about);
        var facts = new (DocumentId Document, IEvent Event)[]
        {
            (one, Filed(one, "un")), (one, new DocumentReplaced(2, Content("deux"))), (two, Filed(two, "détruit")), (two, new DocumentDestroyed(DestructionReason.FiledByMistake)),
            (three, Filed(three, "sur quelqu'un", Person(1))),
        };
        var bundle = EvidenceBundle.Of([.. facts.Select((fact, i) => new Recorded(
            EventId.Of(Guid.Parse($"00000000-0000-4000-8000-{i + 1:x12}")), Document.Stream(fact.Document), facts.Take(i + 1).Count(f => f.Document == fact.Document), i + 1, fact.Event, EffectiveTime.At(Opening), Opening))]);
        bundle.Texts[$"documents/{Hash("un")}"] = "un";
        if (how != "one is not there")
            bundle.Texts[$"documents/{Hash("deux")}"] = how == "another content under the name of one" ? "autre" : "deux";
        if (how == "one that no event names")
            bundle.Texts[$"documents/{Hash("inconnu")}"] = "inconnu";

        await CheckAsync(bundle.Zip());
        var command = (await Governance.Api.Proofs.Bundles.BundleVerification.RunAsync(new MemoryStream(bundle.Zip()), null, [], DateTimeOffset.UtcNow, TestContext.Current.CancellationToken))
            .Single(check => check.Of == Governance.Api.Proofs.Bundles.CheckOf.Documents);

        Assert.Equal((state, state), (await StateAsync("documents"), command.State == Governance.Api.Proofs.Bundles.CheckState.Passed ? "passed" : "failed"));
        if (state == "passed")
            Assert.Equal((how == "all are there" ? "2/1/1/0" : "1/1/1/1"), string.Join('/', System.Text.RegularExpressions.Regex.Matches(command.Reason, "[0-9]+").Select(m => m.Value)));
    }

    // The sixth, who is there, holds the proxy of the first; the second is its substitute.
    private static BallotStory Left(HolderLeaves leaves, Func<BallotStory, DateTimeOffset, BallotStory> leaving)
    {
        var rule = RulesInForce.Defaults.Proxies(BodyKind.Board, DecisionKind.Ordinary).Content with { HolderLeaves = leaves };
        var story = WithBoard(5, Set(rule)).Represented(6).Drafted();
        PersonId? substitute = leaves == HolderLeaves.NamedSubstitute ? Person(2) : null;
        story.Then(story.When(new GiveProxy(TheBallot, Mandate(1), Person(6), null, ProxyForm.Paper, Opening.AddHours(-1), substitute)));
        return leaving(
            story.Opened(HeldIn.Meeting, [new(Mandate(2), Presence.InPerson), new(Mandate(6), Presence.InPerson)]).Voted(Choice.For, 2), Opening.AddMinutes(30));
    }

    public static TheoryData<string> Ballots => [.. Stories.Keys];

    private static readonly Dictionary<string, Func<BallotStory>> Stories = new()
    {
        ["motion"] = () => WithBoard(16).Drafted().Opened().Voted(Choice.For, 1, 2, 3, 4, 5, 6, 7).Voted(Choice.Against, 8, 9).Voted(Choice.Abstain, 10).Voted(Choice.Blank, 11),
        ["motion by colleges"] = () => WithColleges(2, 3, Set(new CollegesRule(CollegeMode.Normalised, MissingCollege.Block, []))).Drafted(Assembly).Opened()
            .Voted(Choice.For, 1, 2).Voted(Choice.Against, 101, 102, 103),
        ["motion in a meeting, parted by the chair"] = () => WithBoard(6, Set(new TieRule(TieBreak.CastingVote)), Set(QuorumRule.OfMembers(new Fraction(1, 2)))).Drafted()
            .Opened(HeldIn.Meeting, [new(Mandate(1), Presence.InPerson), new(Mandate(2), Presence.InPerson), new(Mandate(3), Presence.Remote)], 1)
            .Voted(Choice.For, 1).Voted(Choice.Against, 2),
        ["motion in a meeting with proxies"] = () => Represented(WithBoard(6, Set(QuorumRule.OfMembers(new Fraction(1, 2)))).Drafted()),
        ["motion in a meeting, whose holder of a proxy left"] = () => Left(HolderLeaves.Void, (story, at) => story.Given(Body.Stream(Board), new MandateEnded(Mandate(6), EndReason.Resignation), at)),
        ["motion in a meeting, whose holder of a proxy was suspended and replaced"] = () =>
            Left(HolderLeaves.NamedSubstitute, (story, at) => story.OfMember(6, new MemberSuspended("Cotisations"), at)),
        ["motion in a meeting, whose holder of a proxy was suspended and is back"] = () =>
            Left(HolderLeaves.Void, (story, at) => story.OfMember(6, new MemberSuspended("Cotisations"), at).OfMember(6, new MemberReinstated(), at.AddMinutes(1))),
        ["motion in a meeting, whose body was dissolved under it"] = () => Left(HolderLeaves.Void, (story, at) => story.Given(Body.Stream(Board), new BodyDissolved("Fin"), at)),
        ["show of hands in a meeting, by colleges, parted by the chair"] = () => MeetingStory.OfColleges(3, 3, Set(new TieRule(TieBreak.CastingVote)), Set(new InterestRule(true, false, true)))
            .Opened(1, 2, 3, 101, 102).Done(new DeclareInterest(MeetingStory.TheMeeting, MeetingStory.Accounts, Person(2), null, MeetingStory.AtMinute(2))).Voting()
            .Done(new CountHands(TheBallot, [new(Choice.For, 1, Presidents), new(Choice.Against, 1, Presidents), new(Choice.Abstain, 2, Teams)], Choice.For, MeetingStory.Minute(11))).Log,
        ["show of hands in a meeting with a proxy, whose quorum was checked as it opened"] = () =>
            MeetingStory.OfBoard(5, Set(QuorumRule.OfMembers(new Fraction(1, 2)) with { Check = QuorumCheck.AtOpening })).Convened().Done(MeetingStory.Give(3, 1)).There(1, 2)
                .Done(MeetingStory.Open()).Voting().Done(MeetingStory.Count(2, 1)).Log,
        ["roll call in a second meeting"] = () => CalledAgain(),
        ["vote changed"] = () => Changed(WithBoard(3, ChangeAllowed).Drafted().Opened().Voted(Choice.For, 1, 2)),
        ["secret motion"] = () => Secret(WithBoard(6, Set(new SecrecyRule(VoteForm.Secret, 5))).Drafted().Opened()),
        ["motion tied under a lot, which parts no motion"] = () =>
            WithBoard(2, Set(new TieRule(TieBreak.Lot))).Drafted().Opened().Voted(Choice.For, 1).Voted(Choice.Against, 2),
        ["consent"] = () => WithBoard(3).Contested(Of(new Consent(), "A")).Opened().Voted(new Paper.Consents(), 1).Voted(new Paper.Objects("Trop tôt."), 2),
        ["plurality"] = () => WithBoard(6).Contested(Of(new Plurality(), "A", "B", "C")).Opened().Voted(Choose("B"), 1, 2, 3).Voted(Choose("A"), 4).Voted(new Paper.Blank(), 5),
        ["approval"] = () => WithBoard(3).Contested(Of(new Approval(), "A", "B", "C")).Opened().Voted(Choose("A", "C"), 1, 2).Voted(Choose("C"), 3),
        ["points"] = () => WithBoard(2).Contested(Of(new Points(10), "A", "B")).Opened().Voted(new Paper.Points([new("A", 7), new("B", 3)]), 1).Voted(new Paper.Points([new("B", 10)]), 2),
        ["schulze"] = () => WithColleges(2, 3).Contested(Of(new Schulze(), "A", "B", "C"), Assembly).Opened().Voted(Rank("A"), 1).Voted(Rank("B", "C"), 101, 102),
        ["majority judgment"] = () => WithBoard(3).Contested(Of(new MajorityJudgment(["bien", "passable", "à rejeter"]), "A", "B")).Opened()
            .Voted(new Paper.Grades([new("A", "passable"), new("B", "bien")]), 1, 2).Voted(new Paper.Grades([new("A", "bien")]), 3),
        ["single transferable vote"] = () => WithBoard(5).Contested(Of(new SingleTransferableVote(2), "A", "B", "C")).Opened().Voted(Rank("A", "B"), 1, 2, 3).Voted(Rank("C"), 4, 5),
    };

    [Theory]
    [MemberData(nameof(Ballots))]
    public async Task A_ballot_is_counted_and_judged_again(string ballot)
    {
        await VerifiedAsync(Told(ballot));

        Assert.Equal(("passed", "passed"), (await StateAsync("tallies"), await StateAsync("outcomes")));
    }

    [Theory]
    [MemberData(nameof(Ballots))]
    public async Task Another_verdict_is_found_even_where_everything_is_signed_again(string ballot)
    {
        var bundle = Told(ballot);
        var result = bundle.First("result_proclaimed")["data"]!;
        (result["outcome"] ?? result["method"])!["verdict"] = "no-quorum";

        await RefusedAsync(bundle.SignAgain(), "outcomes");
    }

    [Theory]
    [MemberData(nameof(Ballots))]
    public async Task A_count_that_is_not_that_of_the_votes_is_found(string ballot)
    {
        var bundle = Told(ballot);
        bundle.First("ballot_counted")["data"]!["papersHash"] = new string('a', 64);

        await RefusedAsync(bundle.SignAgain(), "tallies");
    }

    public static TheoryData<TieBreak, string, string> Ties => new()
    {
        { TieBreak.Lot, "as it was drawn", "passed" },
        { TieBreak.Eldest, "as it was declared", "passed" },
        { TieBreak.Lot, "from another root", "failed" },
        { TieBreak.Lot, "from another checkpoint", "failed" },
        { TieBreak.Lot, "in another order", "failed" },
        { TieBreak.Lot, "with a source", "failed" },
        { TieBreak.Eldest, "with another result", "failed" },
        { TieBreak.Eldest, "without somebody tied", "failed" },
        { TieBreak.Eldest, "with somebody twice", "failed" },
        { TieBreak.Eldest, "with somebody unknown", "failed" },
        { TieBreak.Eldest, "without a source", "failed" },
        { TieBreak.Eldest, "with a source of nothing", "failed" },
        { TieBreak.Eldest, "with a seed", "failed" },
        { TieBreak.Eldest, "before a late fact was settled", "failed" },
        { TieBreak.Eldest, "after a late fact was settled", "passed" },
    };

    [Theory]
    [MemberData(nameof(Ties))]
    public async Task A_lot_is_drawn_again_from_the_log_by_this_page_and_by_the_command(TieBreak rule, string how, string state)
    {
        // Given a result that left two options tied, in a log that begins with other events
        var story = WithBoard(4, Set(new TieRule(rule))).Contested(Of(new Approval(), "A", "B", "C")).Opened().Voted(Choose("A"), 1, 2).Voted(Choose("B"), 3, 4);
        Assert.Equal(Verdict.Tied, story.Proclaimed().Verdict);
        var size = story.Log.Count + (how == "from another checkpoint" ? -1 : 0);
        var root = EvidenceBundle.Of(story.Log).CheckpointAt(size).Split('\n')[2];
        PartTie parting = rule == TieBreak.Lot
            ? new(TheBallot, null, null, new(size, how == "from another root" ? Convert.ToBase64String(new byte[32]) : root), After)
            : new(TheBallot, ["B", "A"], "Pièces d’identité", null, After);
        var parted = Accepted<DeclaredTieParted>(parting.Decide(story.Ballots(TheBallot)));
        if (how.Contains("late fact", StringComparison.Ordinal))
            story.Given(Ballot.Stream(TheBallot), new IrregularityRaised(TheBallot, EventId.Of(Id(70)), EventId.Of(Id(71))), After);
        if (how == "after a late fact was settled")
            story.Given(Ballot.Stream(TheBallot), new IrregularityConfirmed(TheBallot, EventId.Of(Id(70)), "Sans effet"), After);
        story.Given(Ballot.Stream(TheBallot), how switch
        {
            "in another order" => parted with { Order = [.. parted.Order.Reverse()] },
            "with another result" => parted with { Method = parted.Method with { Elected = ["A"] } },
            // What comes of these is what the order says all the same.
            "without somebody tied" => parted with { Order = ["B"] },
            "with somebody twice" => parted with { Order = ["B", "A", "B"] },
            "with somebody unknown" => parted with { Order = ["B", "A", "Z"] },
            "without a source" => parted with { Source = null },
            "with a source of nothing" => parted with { Source = " " },
            "with a source" => parted with { Source = "Pièces d’identité" },
            "with a seed" => parted with { Seed = new(size, root) },
            _ => parted,
        }, After);

        // When it is verified
        var zip = EvidenceBundle.Of(story.Log).Zip();
        await CheckAsync(zip);
        var command = (await Governance.Api.Proofs.Bundles.BundleVerification.RunAsync(new MemoryStream(zip), null, [], DateTimeOffset.UtcNow, TestContext.Current.CancellationToken))
            .Single(check => check.Of == Governance.Api.Proofs.Bundles.CheckOf.Outcomes);

        // Then both say the same of the outcome
        Assert.Equal((state, state), (await StateAsync("outcomes"), command.State == Governance.Api.Proofs.Bundles.CheckState.Passed ? "passed" : "failed"));
    }

    [Theory]
    [InlineData("lot", "passed")]
    [InlineData("second-round", "failed")]
    public async Task What_a_last_round_is_judged_by_is_told_by_the_rule_and_the_round(string opened, string state)
    {
        // Given a tie, and its only second round, whose tie a lot is to part
        var story = WithBoard(4, Set(new TieRule(TieBreak.SecondRound, Then: TieBreak.Lot))).Contested(Of(new Approval(), "A", "B", "C")).Opened().Voted(Choose("A"), 1, 2).Voted(Choose("B"), 3, 4);
        Assert.Equal(Verdict.Tied, story.Proclaimed().Verdict);
        story.Then(story.When(DraftOf(Of(new Approval(), "A", "B")) with { Ballot = Other, SecondRoundOf = TheBallot }));
        story.Then(story.When(story.Open(ballot: Other)));
        story.Then(story.When(new CloseBallot(Other, ClosedBy.Time, After)));
        story.Then(story.When(new CountBallot(Other, After)));
        story.Then(story.When(new ProclaimResult(Other, After)));
        var bundle = EvidenceBundle.Of(story.Log);
        bundle.Events.Last(e => (string)e["type"]! == "ballot_opened")["data"]!["rules"]!["tie"]!["content"] = new System.Text.Json.Nodes.JsonObject { ["break"] = opened };
        var zip = bundle.SignAgain().Zip();

        await CheckAsync(zip);
        var command = (await Governance.Api.Proofs.Bundles.BundleVerification.RunAsync(new MemoryStream(zip), null, [], DateTimeOffset.UtcNow, TestContext.Current.CancellationToken))
            .Single(check => check.Of == Governance.Api.Proofs.Bundles.CheckOf.Outcomes);

        Assert.Equal((state, state), (await StateAsync("outcomes"), command.State == Governance.Api.Proofs.Bundles.CheckState.Passed ? "passed" : "failed"));
    }

    [Fact]
    public async Task A_vote_that_reads_otherwise_than_it_was_counted_is_found()
    {
        var bundle = Told("motion");
        bundle.First("vote_cast")["data"]!["choice"] = "against";

        await RefusedAsync(bundle.SignAgain(), "tallies");
    }

    [Theory]
    [InlineData("roll")]
    [InlineData("groups")]
    [InlineData("papers")]
    public async Task A_count_that_says_nothing_that_can_be_read_is_refused(string field)
    {
        var bundle = EvidenceBundle.Of(Stories["motion"]().Counted().Log);
        await VerifiedAsync(bundle);
        bundle.First("ballot_counted")["data"]![field] = "beaucoup";

        await RefusedAsync(bundle.SignAgain(), "tallies");
    }

    [Theory]
    [InlineData(1)] // others than were counted
    [InlineData(40)] // and more than there are votes in the room
    public async Task Hands_that_read_otherwise_than_they_were_counted_are_found(int hands)
    {
        var bundle = Told("show of hands in a meeting with a proxy, whose quorum was checked as it opened");
        bundle.First("hands_counted")["data"]!["groups"]![0]!["count"] = hands;

        await RefusedAsync(bundle.SignAgain(), "tallies");
    }

    [Fact]
    public async Task A_secret_paper_that_reads_otherwise_than_it_was_counted_is_found()
    {
        var bundle = Told("secret motion");
        bundle.First("papers_published")["data"]!["papers"]![0]!["choice"] = "blank";

        await RefusedAsync(bundle.SignAgain(), "tallies");
    }

    [Fact]
    public async Task A_proxy_that_ended_otherwise_than_the_count_has_it_is_found()
    {
        var bundle = Told("motion in a meeting with proxies");
        bundle.First("proxy_revoked")["data"]!["because"] = "giver-came";

        await RefusedAsync(bundle.SignAgain(), "tallies");
    }

    [Fact]
    public async Task A_holder_of_a_proxy_who_did_not_leave_where_the_count_says_so_is_found()
    {
        var bundle = Told("motion in a meeting, whose holder of a proxy left");
        bundle.First("mandate_ended")["data"]!["mandate"] = Mandate(3).ToString();

        await RefusedAsync(bundle.SignAgain(), "tallies");
    }

    [Fact]
    public async Task Another_rule_than_that_of_the_statutes_is_found()
    {
        var bundle = Told("motion");
        bundle.First("ballot_opened")["data"]!["rules"]!["majority"]!["content"]!["share"] = "1/5";

        await RefusedAsync(bundle.SignAgain(), "outcomes");
    }

    [Fact]
    public async Task Transcribed_results_are_counted_and_have_nothing_to_judge()
    {
        var story = new BallotStory().Given(Ballot.Stream(TheBallot), new OutcomeTranscribed(TheBallot, DecisionKind.Ordinary, "Comptes", Verdict.Adopted), January);

        await VerifiedAsync(EvidenceBundle.Of(story.Log));

        Assert.Equal("none", await StateAsync("outcomes"));
        Assert.Contains("1 résultat transcrit", await ReasonAsync("outcomes"), StringComparison.Ordinal);
    }

    /// <summary>What somebody does to a signed bundle, and the first check that says so.</summary>
    private static readonly Dictionary<string, (string Check, string Where, Action<EvidenceBundle> Do)> Tampering = new()
    {
        ["an event changed"] = ("tree", "racine", b => b.Events[13]["data"]!["word"] = "autre"),
        ["an event dropped"] = ("indexes", "ligne 8, événement 8", b => b.Events.RemoveAt(7)),
        ["an event dropped and the others numbered anew"] = ("streams", "ligne 9, événement 9", b =>
        {
            b.Events.RemoveAt(8);
            b.Renumbered();
        }
        ),
        ["two events swapped"] = ("indexes", "ligne 4, événement 4", b => (b.Events[3], b.Events[4]) = (b.Events[4], b.Events[3])),
        ["an event twice"] = ("indexes", "ligne 6, événement 6", b => b.Events.Insert(5, b.Events[4].DeepClone().AsObject())),
        ["an event inserted"] = ("tree", "porte sur 25", b =>
        {
            var inserted = b.Events[24].DeepClone().AsObject();
            (inserted["id"], inserted["stream"], inserted["version"]) = ("99999999-0000-4000-8000-000000000001", "thing:inserted", 1);
            b.Events.Add(inserted);
            b.Renumbered();
        }
        ),
        ["an event back-dated"] = ("times", "ligne 7, événement 7", b => b.Events[6]["recorded"] = "2023-01-01T00:00:00.000000Z"),
        ["an identifier twice"] = ("streams", "ligne 9, événement 9", b => b.Events[8]["id"] = (string)b.Events[1]["id"]!),
        ["an event of another association"] = ("events", "ligne 3, événement 3", b => b.Events[2]["association"] = "11111111-5a3f-4d0e-9c64-6a1f2f2b9d01"),
        ["a field more"] = ("events", "ligne 3, événement 3", b => b.Events[2]["note"] = "x"),
        ["the end cut off"] = ("tree", "checkpoint.txt", b => b.Events.RemoveRange(20, 5)),
        ["a file of events gone"] = ("files", "events/000003.jsonl", b => b.Afterwards = files => files.Remove("events/000003.jsonl")),
        ["a file changed behind the manifest"] = ("files", "README.txt", b => b.Afterwards = files => files["README.txt"] = [.. files["README.txt"].Reverse()]),
        ["a file that nobody names"] = ("files", "more.txt", b => b.Afterwards = files => files["more.txt"] = [1]),
        ["a line with a space"] = ("files", "events/000001.jsonl", b => b.Afterwards = files => files["events/000001.jsonl"] = [(byte)'{', (byte)' ', .. files["events/000001.jsonl"].Skip(1)]),
        ["signed with another key"] = ("signature", "checkpoint.txt", b => b.Sign(EvidenceBundle.Signer(2))),
        ["signed for another association"] = ("signature", "checkpoint.txt", b => b.Sign(EvidenceBundle.Signer(1), origin: "governance/11111111-5a3f-4d0e-9c64-6a1f2f2b9d01")),
        ["a key of another association"] = ("signature", "governance/other", b => b.Keys = $"{EvidenceBundle.Signer(1, "governance/other").Key}\n"),
        ["an earlier checkpoint of another past"] = ("consistency", "earlier/000012", b =>
        {
            b.Earlier(12);
            b.Events[4]["data"]!["word"] = "autre";
            b.SignAgain();
        }
        ),
        ["a proof with a hash too few"] = ("consistency", "Il manque", b => b.Earlier(7).Proof(7, b.ProofOf(7)[..^1])),
        ["a proof with a hash too many"] = ("consistency", "de trop", b => b.Earlier(7).Proof(7, [.. b.ProofOf(7), new byte[32]])),
        ["a proof with a short hash"] = ("consistency", "32 octets", b => b.Earlier(7).Proof(7, [new byte[31], .. b.ProofOf(7)[1..]])),
        ["a proof from nothing"] = ("consistency", "d’autres tailles", b => b.Earlier(7).Texts["earlier/000007.json"] = """{"from":0,"to":25,"hashes":[]}"""),
        ["a change of key that the old key did not sign"] = ("keys", "n’est pas signé", b =>
        {
            b.Keys = $"{EvidenceBundle.Signer(1).Key}\n{EvidenceBundle.Signer(2).Key}\n---\n{Rotation(EvidenceBundle.Signer(2), 20, EvidenceBundle.Signer(2))}";
            b.Sign(EvidenceBundle.Signer(2));
        }
        ),
    };

    public static TheoryData<string> Tampered => [.. Tampering.Keys];

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task Tampering_is_named_by_the_check_that_finds_it(string tampering)
    {
        var (check, where, tamper) = Tampering[tampering];
        var bundle = EvidenceBundle.Plain(25);
        tamper(bundle);

        await RefusedAsync(bundle, check);

        Assert.Contains(where, await ReasonAsync(check), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_took_over_with_the_old_ones_word_signs()
    {
        var (old, next) = (EvidenceBundle.Signer(1), EvidenceBundle.Signer(2));
        var bundle = EvidenceBundle.Plain(25).Earlier(12).Sign(next);
        bundle.Keys = $"{old.Key}\n{next.Key}\n---\n{Rotation(next, 20, old, next)}";

        await VerifiedAsync(bundle);

        Assert.Equal("passed", await StateAsync("keys"));

        // One that signs only from beyond the bundle is in the list of keys all the same.
        bundle = EvidenceBundle.Plain(25);
        bundle.Keys = $"{old.Key}\n{next.Key}\n---\n{Rotation(next, 26, old, next)}";
        await VerifiedAsync(bundle);
        // The new one has to say so itself.
        bundle.Keys = $"{old.Key}\n{next.Key}\n---\n{Rotation(next, 26, old)}";
        await RefusedAsync(bundle, "keys");
    }

    [Fact]
    public async Task A_checkpoint_kept_from_earlier_is_held_against_the_bundle()
    {
        var (bundle, other) = (EvidenceBundle.Plain(25), EvidenceBundle.Plain(30));
        other.Events[3]["data"]!["word"] = "autre";

        await OwnAsync(bundle.CheckpointAt(9));
        await VerifiedAsync(bundle);
        Assert.Equal("passed", await StateAsync("own"));

        await OwnAsync(other.CheckpointAt(9));
        await RefusedAsync(bundle, "own");
        await OwnAsync(other.CheckpointAt(30));
        await RefusedAsync(bundle, "own");
        Assert.Contains("coupé", await ReasonAsync("own"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("held back", false, "passed")]
    [InlineData("held back", true, "unjudged")]
    [InlineData("cut at the opening", false, "unjudged")]
    [InlineData("other hashes", false, "failed")]
    [InlineData("cut elsewhere", false, "failed")]
    public async Task A_checkpoint_of_later_than_the_opening_of_a_ballot_is_judged_by_hashes_and_by_nothing_that_is_merely_claimed(string how, bool closed, string state)
    {
        var bundle = Told("motion");
        var own = bundle.CheckpointAt(bundle.Events.Count);
        var opening = bundle.Events.IndexOf(bundle.First("ballot_opened"));
        bundle.HoldBackFrom(how == "cut elsewhere" ? opening : opening + 1);
        if (how.StartsWith("cut", StringComparison.Ordinal))
            bundle.Texts.Remove("held-back.txt");
        if (how == "other hashes")
            bundle.Texts["held-back.txt"] = bundle.Texts["held-back.txt"][..^45] + Convert.ToBase64String(new byte[32]) + "\n";
        var closes = DateTimeOffset.Parse((string)bundle.First("ballot_drafted")["recorded"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (how != "cut elsewhere")
            closes = DateTimeOffset.Parse((string)bundle.Events[^1]["data"]!["closes"]!["instant"]!, System.Globalization.CultureInfo.InvariantCulture);
        await _page.EvaluateAsync("now => { Date.now = () => now; }", closes.AddMinutes(closed ? 1 : -1).ToUnixTimeMilliseconds());

        await OwnAsync(own);
        await CheckAsync(bundle.Zip());
        Assert.Equal(state, await StateAsync("own"));
        Assert.Equal(
            state switch { "passed" => "Dossier vérifié", "failed" => "Dossier refusé", _ => "Rien n’a échoué, mais tout n’a pas pu être jugé" },
            await _page.TextContentAsync("#verdict h2"));
    }

    [Fact]
    public async Task Cosignatures_count_for_whoever_has_the_witness_s_key_and_are_checked_for_everybody()
    {
        var (witness, other) = (new Cosigner("witness.example.org", [1, .. new byte[31]]), new Cosigner("other.example.org", [2, .. new byte[31]]));
        var bundle = EvidenceBundle.Plain(25);
        bundle.Texts["witnesses.txt"] = $"{witness.Key}\n";
        bundle.Texts["cosigned/12.txt"] = bundle.CosignedAt(12, witness);

        await VerifiedAsync(bundle);
        Assert.Equal("none", await StateAsync("witnesses"));
        Assert.Contains("witness.example.org, 12 événements, le 2023-11-14 22:13 UTC", await ReasonAsync("witnesses"), StringComparison.Ordinal);
        await NameAsync(witness.Key.ToString());
        await VerifiedAsync(bundle);
        Assert.Equal("passed", await StateAsync("witnesses"));
        await NameAsync($"{witness.Key}\n{other.Key}");
        await RefusedAsync(bundle, "witnesses");
        Assert.Contains(other.Key.ToString(), await ReasonAsync("witnesses"), StringComparison.Ordinal);
        // One that the reader has from elsewhere counts as well.
        await OwnAsync(bundle.CosignedAt(20, other));
        await VerifiedAsync(bundle);
        await NameAsync("no key");
        await RefusedAsync(bundle, "witnesses");
        await NameAsync("");

        var lines = bundle.Texts["cosigned/12.txt"].Split('\n');
        var signature = Convert.FromBase64String(lines[^2].Split(' ')[2]);
        signature[^1] ^= 1;
        bundle.Texts["cosigned/12.txt"] = string.Join('\n', [.. lines[..^2], $"— witness.example.org {Convert.ToBase64String(signature)}", ""]);
        await RefusedAsync(bundle, "witnesses");
        bundle.Texts["cosigned/12.txt"] = EvidenceBundle.Plain(12, EvidenceBundle.Signer(2)).CosignedAt(12, witness);
        await RefusedAsync(bundle, "witnesses");
    }

    [Fact]
    public async Task The_page_and_the_command_say_what_is_decided_and_what_is_not_in_the_same_words()
    {
        var texts = new System.Resources.ResourceManager("Governance.Api.Proofs.Bundles.Bundle", typeof(VerifierPage).Assembly);
        foreach (var (key, ofCommand) in new[]
        {
            ("own-longer", null), ("own-beyond", null), ("own-overdue", null), ("own-held-back", null), ("held-back", null), ("one-key", null), ("key-unsigned", null),
            ("keys-unreadable", "no-keys"), ("keys.one", "passed-keys.One"), ("keys.other", "passed-keys.Other"), ("witnesses", "passed-witnesses"), ("not-witnessed", null), ("cosigned-unnamed", null),
            ("no-cosignatures", null), ("cosignature", null), ("witnesses-unjudged", null), ("no-witness-key", null),
        })
        {
            foreach (var language in new[] { "fr", "en" })
            {
                var page = await _page.EvaluateAsync<string>("([language, key]) => key.split('.').reduce((words, part) => words[part], verifier.words[language].reasons)", new[] { language, key });
                var command = texts.GetString(ofCommand ?? key, System.Globalization.CultureInfo.GetCultureInfo(language))!;
                Assert.Equal(Plain(command), Plain(page));
            }
        }

        static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, "{[^}]+}", "{}").Replace('’', '\'');
    }

    [Theory]
    [InlineData("", "zip")]
    [InlineData("not an archive", "zip")]
    public async Task What_is_no_bundle_is_refused_in_words(string content, string said)
    {
        await CheckAsync(System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Equal("Dossier refusé", await _page.TextContentAsync("#verdict h2"));
        Assert.Contains(said, await ReasonAsync("files"), StringComparison.Ordinal);
        Assert.Equal("none", await StateAsync("outcomes"));
    }

    [Fact]
    public async Task An_archive_cut_anywhere_is_refused()
    {
        var whole = EvidenceBundle.Plain(25).Zip();
        foreach (var length in new[] { whole.Length - 1, whole.Length / 2, 30 })
        {
            await CheckAsync(whole[..length]);
            Assert.Equal("failed", await StateAsync("files"));
        }
    }

    [Fact]
    public async Task The_engine_gives_the_outcome_of_every_example_of_the_tally_contract()
    {
        await _page.EvaluateAsync(await TextAsync(Path.Combine(Checkout.Root, "Governance.Tests/Proofs/tally-files.js")) + "\n0");
        var examples = Path.Combine(Checkout.Root, "docs/tally/examples");
        var differences = new List<string?>();
        foreach (var expected in Directory.GetFiles(examples, "*.outcome.json"))
        {
            var input = expected.Replace(".outcome.json", ".json", StringComparison.Ordinal);
            var blt = Path.ChangeExtension(input, ".blt");
            differences.Add(await _page.EvaluateAsync<string?>(
                """
                ([blt, input, expected]) => {
                  const { title, rule, ...outcome } = JSON.parse(expected);
                  const file = input === "" ? readBlt(blt) : JSON.parse(input);
                  return verifier.firstDifference(outcome, judgeFile(verifier, file)) ?? null;
                }
                """,
                new[] { await TextAsync(blt), await TextAsync(input), await TextAsync(expected) }));
        }

        Assert.Equal(Enumerable.Repeat<string?>(null, 16), differences);
    }

    [Fact]
    public async Task More_events_than_it_takes_are_refused_before_they_are_read()
    {
        var bundle = EvidenceBundle.Plain(3);
        bundle.Afterwards = files => files["manifest.json"] = System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(files["manifest.json"]).Replace("\"size\":3", "\"size\":1000001", StringComparison.Ordinal)
                .Replace("\"last\":3", "\"last\":1000001", StringComparison.Ordinal));

        await CheckAsync(bundle.Zip());

        Assert.Contains("verify", await ReasonAsync("files"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_asks_nobody_for_anything()
    {
        var asked = new List<string>();
        void Hear(object? sender, IRequest request) => asked.Add(request.Url);
        _page.Context.Request += Hear;
        try
        {
            await _page.ReloadAsync();
            await VerifiedAsync(EvidenceBundle.Plain(5));
        }
        finally
        {
            // The window is that of the others too.
            _page.Context.Request -= Hear;
        }

        Assert.Equal([PageAddress], asked.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_speaks_the_language_of_the_browser_until_another_is_chosen()
    {
        var english = await browser.Open(View.Phone with { Locale = "en-GB", Scheme = ColorScheme.Dark });
        await english.GotoAsync(PageAddress);
        Assert.Equal(("en", "Check an evidence bundle"), (await english.GetAttributeAsync("html", "lang"), await english.TextContentAsync("h1")));
        Assert.Equal(0, await english.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        await english.GetByRole(AriaRole.Button, new() { Name = "Français" }).ClickAsync();
        Assert.Equal(("fr", "Vérifier un dossier de preuve"), (await english.GetAttributeAsync("html", "lang"), await english.TextContentAsync("h1")));
        await english.Context.CloseAsync();
    }

    [Fact]
    public async Task The_two_languages_say_the_same_things()
    {
        var missing = await _page.EvaluateAsync<string[]>(
            """
            () => {
              const keys = (words, path = "") => Object.entries(words).flatMap(([name, value]) => typeof value === "string" ? [path + name] : keys(value, `${path}${name}.`));
              const [french, english] = [keys(verifier.words.fr), keys(verifier.words.en)];
              return [...french.filter(key => !english.includes(key)), ...english.filter(key => !french.includes(key))];
            }
            """);
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_it_says_can_be_read_by_everybody(bool phoneInTheDark)
    {
        _page = await browser.Open(phoneInTheDark ? View.Phone with { Scheme = ColorScheme.Dark } : View.Wide);
        await _page.GotoAsync(PageAddress);
        await ReadableAsync();
        await VerifiedAsync(Told("motion"));
        await ReadableAsync();
        var bundle = EvidenceBundle.Plain(25);
        Tampering["an event back-dated"].Do(bundle);
        await RefusedAsync(bundle, "times");
        await ReadableAsync();

        async Task ReadableAsync() => Assert.Empty(await _page.FaultsAsync());
    }

    [Fact]
    public async Task The_report_is_downloaded_as_text()
    {
        var bundle = EvidenceBundle.Plain(25);
        Tampering["an event back-dated"].Do(bundle);
        await RefusedAsync(bundle, "times");

        var download = await _page.RunAndWaitForDownloadAsync(() => _page.ClickAsync("#report"));
        var report = await TextAsync(await download.PathAsync());

        Assert.Equal("bundle-verification.txt", download.SuggestedFilename);
        Assert.Contains("DOSSIER REFUSÉ", report, StringComparison.Ordinal);
        Assert.Contains(" 5. Heures : échoué", report, StringComparison.Ordinal);
        Assert.Contains("events/000001.jsonl, ligne 7, événement 7", report, StringComparison.Ordinal);
    }

    private static string Rotation(NoteSigner next, int size, params NoteSigner[] signers) =>
        SignedNote.Sign($"{EvidenceBundle.Origin}\nkey rotation\n{next.Key}\n{size}\n", signers).ToString();

    private static byte[] Root(EvidenceBundle bundle) => Checkpoint.Parse(SignedNote.Parse(bundle.CheckpointAt(bundle.Events.Count))!.Text)!.Root.ToArray();

    private static EvidenceBundle Told(string ballot)
    {
        var story = Stories[ballot]();
        if (story.State is Ballot.Proclaimed)
            return EvidenceBundle.Of(story.Log);
        story.Closed();
        if (story.Box.Count > 0)
            story.Then(story.When(new PublishPapers(TheBallot, After)));
        story.Then(story.When(new CountBallot(TheBallot, After))).Then(story.When(new ProclaimResult(TheBallot, After)));
        return EvidenceBundle.Of(story.Log);
    }

    private static async Task<string> TextAsync(string path) => File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";

    private static Contest Of(Method method, params string[] options) => new(new Question(method, options));

    private static Paper Choose(params string[] options) => new Paper.Choices(options);

    private static Paper Rank(params string[] options) => new Paper.Ranking([.. options.Select(o => (IReadOnlyList<string>)o.Split('='))]);

    private static BallotStory Changed(BallotStory story) => story.Then(story.When(VoteOf(1, Choice.Against, Opening.AddHours(2))));

    // Two are represented by the second, one of them votes so; the fourth takes a proxy back that the opening counted.
    private static BallotStory Represented(BallotStory story)
    {
        foreach (var (giver, holder) in new[] { (1, 2), (3, 2), (4, 5) })
            story.Then(story.When(new GiveProxy(TheBallot, Mandate(giver), Person(holder), Person(giver), ProxyForm.Platform, Opening.AddHours(-3))));
        story.Opened(HeldIn.Meeting, [new(Mandate(2), Presence.InPerson), new(Mandate(5), Presence.Remote)]);
        story.Then(story.When(new RevokeProxy(TheBallot, Mandate(4), Person(4), ProxyEnd.TakenBack, Opening.AddMinutes(20)), 4));
        return story.Voted(Choice.For, 2).Then(story.When(VoteOf(1, Choice.Against, by: 2)));
    }

    // The first meeting had no quorum; the second needs none.
    private static BallotStory CalledAgain()
    {
        var (again, at) = (MeetingStory.Second, MeetingStory.Starts.AddDays(20));
        var story = MeetingStory.OfBoard(4, Set(QuorumRule.OfMembers(new Fraction(1, 2))), Set(new SecondConvocationRule(true, 8, true))).Convened().There(1)
            .Done(new FindNoQuorum(MeetingStory.TheMeeting, MeetingStory.AtMinute(30)));
        return story
            .Done(story.Plan(again, starts: at, secondOf: MeetingStory.TheMeeting), MeetingStory.Add(MeetingStory.Accounts, "Comptes", again), MeetingStory.Convene(MeetingStory.Starts.AddDays(1), meeting: again))
            .Done(new RecordArrival(again, Person(1), false, At(at), at), new OpenMeeting(again, Person(1), null, [], At(at)), MeetingStory.Propose() with { Meeting = again, On = At(at) })
            .Done(MeetingStory.Put(WayOfVoting.RollCall) with { Meeting = again, Now = at.AddMinutes(1), Closes = at.AddMinutes(30) })
            .Done(new AnswerRollCall(TheBallot, Mandate(1), Choice.For, at.AddMinutes(2)), new CloseBallot(TheBallot, ClosedBy.Hand, at.AddMinutes(3)))
            .Done(new CountBallot(TheBallot, at.AddMinutes(4)), new ProclaimResult(TheBallot, at.AddMinutes(5))).Log;
    }

    private static BallotStory Secret(BallotStory story)
    {
        foreach (var (elector, choice) in new[] { (1, Choice.For), (2, Choice.Against), (3, Choice.For) })
            story.VotedSecretly(elector, Paper($"ABC{elector + 2}", choice));
        return story;
    }

    private async Task OwnAsync(string checkpoint) =>
        await _page.SetInputFilesAsync("#own", new FilePayload { Name = "mine.txt", MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(checkpoint) });

    private async Task NameAsync(string keys)
    {
        await _page.FillAsync("#witnesses", keys);
        await _page.DispatchEventAsync("#witnesses", "change");
    }

    private async Task CheckAsync(byte[] zip)
    {
        // Beside the page until the answer of this bundle is there.
        await _page.EvaluateAsync("document.getElementById('export').hidden = true");
        await _page.SetInputFilesAsync("#bundle", new FilePayload { Name = "bundle.zip", MimeType = "application/zip", Buffer = zip });
        await _page.WaitForSelectorAsync("#export:not([hidden])");
    }

    private async Task VerifiedAsync(EvidenceBundle bundle)
    {
        await CheckAsync(bundle.Zip());
        Assert.Equal("", await FailedAsync());
        Assert.Equal("Dossier vérifié", await _page.TextContentAsync("#verdict h2"));
    }

    /// <summary>The bundle is refused, and this check is the first that says why.</summary>
    private async Task RefusedAsync(EvidenceBundle bundle, string check)
    {
        await CheckAsync(bundle.Zip());
        Assert.Equal("Dossier refusé", await _page.TextContentAsync("#verdict h2"));
        Assert.Equal(check, (await FailedAsync()).Split(' ')[0]);
    }

    private async Task<string> FailedAsync() =>
        string.Join(' ', await _page.EvalOnSelectorAllAsync<string[]>("[data-check].failed", "all => all.map(each => each.dataset.check)"));

    private async Task<string?> StateAsync(string check) => await _page.GetAttributeAsync($"[data-check={check}]", "class");

    private async Task<string> ReasonAsync(string check) =>
        string.Join(' ', await _page.Locator($"[data-check={check}] .reason, [data-check={check}] .where").AllTextContentsAsync());
}
