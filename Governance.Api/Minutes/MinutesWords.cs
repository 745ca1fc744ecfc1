using Governance.Api.Ballots;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Api.Voting;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Minutes;

/// <summary>Puts a composition into the words of the reader's language.</summary>
/// <param name="association">Its name and clocks.</param>
public sealed class MinutesWords(
    AssociationEntry association, MinutesNames names, IStringLocalizer<MinutesText> t, IStringLocalizer<BallotText> ballots, IStringLocalizer<MethodText> methods)
{
    /// <summary>Beyond so many in one go, who came and left is a table.</summary>
    private const int MostInSentences = 12;

    private DateOnly _day;

    /// <summary>The minutes of a meeting, with the wordings of a version.</summary>
    /// <param name="minutes">Null where nothing was drafted: what would be.</param>
    /// <param name="version">Whose wordings are told; null for none.</param>
    public WordedDocument Say(MinutesComposition composition, Meeting.Known meeting, Domain.Meetings.Minutes.Written? minutes, int? version)
    {
        _day = LocalTime.DayOf(meeting.Starts.Instant, association.Zone);
        var wordings = minutes is not null && version is { } number ? minutes.WordingsOf(number) : [];
        var said = composition.Sections.Select(s => new WordedSection(s.Part, s.Key, Title(s), [.. s.Passages.Select(p => Say(p, minutes, wordings))])).ToList();
        var keys = composition.Passages.Select(p => p.Key).ToHashSet();
        // A wording whose passage is no longer composed is still told.
        List<WordedPassage> orphans =
        [
            .. wordings.Where(w => !keys.Contains(w.Passage)).GroupBy(w => w.Passage).Select(w => new WordedPassage(w.Key, [], [.. w.SelectMany(Words)], [], [.. w], false)),
        ];
        if (orphans.Count > 0)
            said.Insert(said.FindIndex(s => s.Part == MinutesPart.Signatures) is >= 0 and var at ? at : said.Count, new(MinutesPart.Closing, "additions", t["Part.Additions"].Value, orphans));
        return new(
            t[meeting is Meeting.WithoutQuorum ? "Title.WithoutQuorum" : "Title", OfMeeting(meeting)].Value,
            $"{association.Name}, {DateWording.WithWeekday(_day)}", said);
    }

    /// <summary>The attendance sheet and the list of proxies alone.</summary>
    public WordedDocument SaySheet(MinutesComposition composition, Meeting.Known meeting)
    {
        _day = LocalTime.DayOf(meeting.Starts.Instant, association.Zone);
        return new(
            t["Title.Sheet", OfMeeting(meeting)],
            $"{association.Name}, {DateWording.WithWeekday(_day)}{(meeting.Starts.Precision == Precision.Instant ? " " + When(meeting.Starts) : "")}",
            // Alone it is no annex: its tables are named by their captions.
            [.. composition.Sections.Select(s => new WordedSection(s.Part, s.Key, null, [.. s.Passages.Select(p => Say(p, null, []))]))]);
    }

    private string OfMeeting(Meeting.Known meeting) =>
        meeting.Plan.Kind == MeetingKind.Extraordinary ? t["Title.Extraordinary", meeting.Plan.Title].Value : meeting.Plan.Title;

    private string? Title(MinutesSection section) => section.Part switch
    {
        MinutesPart.Opening => null,
        MinutesPart.Item when section.Number is { } number => t["Part.Item", number, section.Title!].Value,
        MinutesPart.Item => t["Part.ItemOff", section.Title!].Value,
        _ => t["Part." + section.Part].Value,
    };

    private WordedPassage Say(Passage passage, Domain.Meetings.Minutes.Written? minutes, IReadOnlyList<PassageWording> all)
    {
        List<WordedBlock> composed = [.. Blocks(passage, minutes)];
        List<PassageWording> own = [.. all.Where(w => w.Passage == passage.Key)];
        var replaced = own.FindLast(w => w.Way == Rewording.Replaces);
        return new(
            passage.Key, passage.Events, [.. replaced is null ? composed : Words(replaced), .. own.Where(w => w.Way == Rewording.Follows).SelectMany(Words)],
            replaced is null ? [] : composed, own, passage.IsWorded, replaced?.Text ?? string.Join('\n', composed.SelectMany(b => b.Lines)));
    }

    private IEnumerable<WordedBlock> Words(PassageWording wording) => wording.Reason is { } reason
        ? [new WordedBlock.Erratum(t["Erratum", wording.Version, reason], wording.Text)]
        : Split(wording.Text).Select(text => new WordedBlock.Paragraph(text));

    private static IEnumerable<string> Split(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private IEnumerable<WordedBlock> Blocks(Passage passage, Domain.Meetings.Minutes.Written? minutes) => passage switch
    {
        MeetingHeld p => Held(p),
        ConvocationSaid p => Convocation(p),
        AgendaSaid p => [Says("Agenda"), new WordedBlock.Numbered([.. p.Items.Select(i => i.Title)])],
        AgendaItemJoined p => [Says("Agenda.Joined", p.Title, When(p.On), p.By switch
        {
            null => "",
            AgendaAuthor.EachMember when p.Asking is { } asking => t.Count("Agenda.By.Members", asking, NumberWording.WithFigures(asking)),
            { } by => t["Agenda.By." + by].Value,
        })],
        AgendaItemPlaced p => [p.After is { } after ? Says("Agenda.Placed", p.Title, after, When(p.On)) : Says("Agenda.PlacedFirst", p.Title, When(p.On))],
        AgendaItemDropped p => [Says("Agenda.Dropped", p.Title, When(p.On), Ended(p.Reason))],
        AttendanceCounted p => [Attendance(p)],
        AttendanceNamed p => Attendance(p),
        OthersThere p => [Says("Others", Listed(p.People.Select(names.Person)))],
        OfficersNamed p => Officers(p),
        QuorumSaid p => Quorum(p),
        ComingsAndGoings p => Movements(p),
        ItemIntroduced p => p.Text is { } text ? [Says("Item.Taken", When(p.On)), .. Split(text).Select(line => new WordedBlock.Paragraph(line))] : [Says("Item.Taken", When(p.On))],
        ItemTakenAgain p => [Says("Item.TakenAgain", When(p.On))],
        ItemNotTaken => [Says("Item.NotTaken")],
        DebateSaid p => Split(p.Text).Select(text => new WordedBlock.Paragraph(text)),
        IncidentSaid p => [Says("Incident", When(p.On), Ended(p.Text))],
        InterestSaid p => [p.Note is { } note ? Says("Interest.Note", names.Person(p.Person), Ended(note)) : Says("Interest", names.Person(p.Person))],
        ResolutionAmendedTo p => [Says("Amended", p.Title, Ended(p.Reason)), new WordedBlock.Quotation(t["Amended.Before"], [.. Split(p.Before)]), new WordedBlock.Quotation(t["Amended.After"], [.. Split(p.After)])],
        ResolutionDropped p => [new WordedBlock.Quotation(p.Title, [.. Split(p.Text)]), Says("Dropped", p.Title, Ended(p.Reason))],
        ResolutionText p => [new WordedBlock.Quotation(t[p.Amended ? "Resolution.Amended" : "Resolution", p.Title], [.. Split(p.Text)])],
        VoteTaken p => Vote(p),
        VotesCounted p => [Counts(p)],
        VoteDecided p => Decided(p),
        ContestDecided p => Decided(p),
        OutcomeFromDocument p => Outcome(p),
        VoteWithoutResult p => [Says("Vote.WithoutResult", p.Title)],
        VoteAnnulled p => [Says(p.Retroactive ? "Vote.AnnulledFromTheFirst" : "Vote.Annulled", p.Title, DateWording.When(p.On, association.Zone), Ended(p.Reason))],
        ChairChanged p => [Says("Chair.Changed", When(p.On), names.Person(p.Chair))],
        Suspended p => [p.Resumes is { } resumes ? Says("Suspended.Until", When(p.On), When(resumes), Ended(p.Reason)) : Says("Suspended", When(p.On), Ended(p.Reason))],
        Resumed p => [Says("Resumed", When(p.On))],
        ClosingSaid { Cancelled: { } reason } p => [Says("Closing.Cancelled", DateWording.When(p.On, association.Zone), Ended(reason))],
        ClosingSaid { WithoutQuorum: true } p => [Says("Closing.WithoutQuorum", When(p.On))],
        ClosingSaid p => [Says("Closing", When(p.On))],
        NoticeTooShortSaid p => [Says("Irregular.Notice", Days(p.Notice.Days, p.Notice.Count), Days(p.Notice.Needed, p.Notice.Count), Article(p.Notice.Article), Ended(p.Reason))],
        AttendanceRecordedLate p =>
        [
            Says("Irregular.Attendance", names.Person(p.Person), When(p.When), t.Count("Acts", p.Acts)),
            p.Confirmed is { } why ? Says("Irregular.Confirmed", Ended(why)) : Says("Irregular.Open"),
        ],
        VoteIrregular p => [Says(p.FirstRoundAnnulled ? "Irregular.FirstRound" : "Irregular.Vote", p.Title), p.Confirmed is { } why ? Says("Irregular.Confirmed", Ended(why)) : Says("Irregular.Open")],
        DocumentsListed p => Documents(p),
        ToBeSigned p => Signatures(p, minutes),
        SheetSaid p => Sheet(p),
        ProxiesSaid p => [Proxies(p)],
        _ => throw new InvalidOperationException($"No words for {passage}."),
    };

    // What follows a college's name in a sentence, or begins it.
    private WordedBlock.Paragraph Begun(string key, params object[] arguments) => new(BallotWords.Capital(t[key, arguments].Value));

    private WordedBlock.Paragraph Says(string key, params object[] arguments) => new(t[key, arguments]);

    private IEnumerable<WordedBlock> Held(MeetingHeld p)
    {
        var begins = p.Opened ?? p.Starts;
        var dated = begins.Precision is Precision.Instant or Precision.Day
            ? NumberWording.Dated(TimeZoneInfo.ConvertTime(begins.Instant, association.Zone).DateTime, begins.Precision == Precision.Instant)
            : BallotWords.Capital(DateWording.When(begins, association.Zone));
        var place = (p.Place, p.Remote) switch
        {
            ({ } where, true) => t["Held.Both", where],
            ({ } where, false) => t["Held.Place", where],
            _ => t["Held.Remote"],
        };
        yield return p.Group is { } group
            ? Says("Held.Group", dated, names.Thing(group.Value), association.Name, place.Value)
            : Says(
                p.Opened is null ? "Held.NotOpened" : p.Kind == MeetingKind.Extraordinary ? "Held.Extraordinary" : "Held", dated, p.Body is { } body ? names.Thing(body.Value) : "–",
                association.Name, place.Value);
        if (p.Opened is { Precision: Precision.Instant } opened && p.Starts.Precision == Precision.Instant && opened.Instant > p.Starts.Instant && When(opened) != When(p.Starts))
            yield return Says("Held.Late", When(p.Starts));
        if (p.First is { } first)
            yield return Says("Held.Second", DateWording.When(first, association.Zone));
    }

    private IEnumerable<WordedBlock> Convocation(ConvocationSaid p)
    {
        if (p.Act is not { } act)
        {
            yield return Says("Convocation.None");
            yield break;
        }

        yield return Says(
            "Convocation", DateWording.When(p.On!.Value, association.Zone), act is { By: Convener.FractionOfMembers, Asking: { } asking } ? t.Count("By.Members", asking, NumberWording.WithFigures(asking)) : t["By." + act.By].Value,
            t["Channel." + act.Channel].Value, act.Persons > 0 ? " " + t.Count("Convocation.Persons", act.Persons, NumberWording.WithFigures(act.Persons, feminine: true)) : "");
        if (act.Notice is { } notice)
            yield return Says(act.Irregular is null ? "Notice.InTime" : "Notice.Short", Days(notice.Days, notice.Count), Days(notice.Needed, notice.Count), Article(notice.Article));
        if (act.Irregular is { } irregular)
            yield return Says("Notice.Despite", Ended(irregular));
        if (p.Sent > 0)
            yield return new WordedBlock.Paragraph(t.Count(
                "Convocation.Sent", p.Sent, NumberWording.WithFigures(p.Sent), t[p.Proved == 0 ? "Convocation.NoProof" : "Convocation.Proof", NumberWording.WithFigures(p.Proved)].Value));
        if (p.Bounced.Count > 0)
            yield return Says("Convocation.Bounced", Listed(p.Bounced.Select(b => $"{names.Person(b.Person)} ({b.Reason})")));
    }

    private WordedBlock.Table Attendance(AttendanceCounted p)
    {
        IReadOnlyList<string> Row(string name, params Tally[] tallies) => [name, .. tallies.Select(Of)];
        List<IReadOnlyList<string>> rows = [.. p.Colleges.Select(c => Row(College(c.College), c.Members, c.InRoom, c.Remote, c.Represented, c.InRoom + c.Remote + c.Represented, c.Absent))];
        if (p.Colleges.Count > 1)
        {
            Tally Sum(Func<CollegeAttendance, Tally> of) => p.Colleges.Aggregate(Tally.Zero, (sum, c) => sum + of(c));
            rows.Add(Row(t["Whole"], Sum(c => c.Members), Sum(c => c.InRoom), Sum(c => c.Remote), Sum(c => c.Represented), Sum(c => c.InRoom + c.Remote + c.Represented), Sum(c => c.Absent)));
        }

        return new(
            t["Attendance.Caption"],
            [t["College"], t["Attendance.Members"], t["Attendance.InRoom"], t["Attendance.Remote"], t["Attendance.Represented"], t["Attendance.TakingPart"], t["Attendance.Absent"]],
            rows, Figures: 1);
    }

    // Heads, and the votes where each head is not one.
    private string Of(Tally tally) => tally.Weight == tally.Heads ? CountWording.Number(tally.Heads)
        : t.Count("Tally", tally.Heads, BallotWords.Number(tally.Weight));

    private IEnumerable<WordedBlock> Attendance(AttendanceNamed p)
    {
        string College() => p.College is null ? "" : this.College(p.College) + ", ";
        string Sorted(IEnumerable<MandateId> mandates) => Listed(mandates.Select(names.Mandate).Order(StringComparer.CurrentCulture));
        if (p.InRoom.Count > 0)
            yield return Begun("Named.InRoom", College(), Sorted(p.InRoom));
        if (p.Remote.Count > 0)
            yield return Begun("Named.Remote", College(), Sorted(p.Remote));
        if (p.Represented.Count > 0)
            yield return Begun("Named.Represented", College(), string.Join(t["Semicolon"].Value, p.Represented.Select(r => t["Named.By", names.Mandate(r.Giver), names.Person(r.Holder)].Value).Order(StringComparer.CurrentCulture)));
        if (p.Absent.Count > 0)
            yield return Begun("Named.Absent", College(), Sorted(p.Absent));
    }

    private IEnumerable<WordedBlock> Officers(OfficersNamed p)
    {
        yield return p.Secretary is { } secretary ? Says("Officers.Both", names.Person(p.Chair), names.Person(secretary)) : Says("Officers.Chair", names.Person(p.Chair));
        if (p.Scrutineers.Count > 0)
            yield return Says("Officers.Scrutineers", Listed(p.Scrutineers.Select(names.Person)));
    }

    private IEnumerable<WordedBlock> Quorum(QuorumSaid p)
    {
        var working = string.Join(' ', p.Quorum.Steps.Select(Working));
        // Where none is asked for, none is checked.
        if (p.Quorum.Steps.Count > 0 && p.Quorum.Steps.All(s => s is QuorumNotRequired))
        {
            yield return new WordedBlock.Paragraph(working);
            yield break;
        }

        yield return new WordedBlock.Paragraph(
            $"{t["Quorum." + p.Moment, When(p.On)].Value}{(working.Length > 0 ? " " + working : "")} {t[p.Quorum.Reached ? "Quorum.Reached" : "Quorum.Missing"].Value}");
        if (p is { Moment: QuorumMoment.Suspension, Quorum.Reached: false })
            yield return Says("Quorum.Lost");
        if (p.Statutes is { } statutes && names.Thing(statutes.Value) is not "–" and var title)
            yield return Says("Quorum.Statutes", title);
    }

    private string Working(Step step) => step switch
    {
        QuorumNotRequired s => t["Working.NoQuorum", Article(s.Article)],
        QuorumChecked s => BallotWords.Capital(t[
            "Working.Quorum", names.College(s.College) is { } college ? t["Working.In", college].Value : "",
            t.Count(s.Measure == QuorumMeasure.Members ? "Working.Members" : "Working.Votes", Whole(s.Total), BallotWords.Number(s.Total)), BallotWords.Number(s.TakingPart),
            Needed(s.Comparison, s.Threshold), FractionWording.InWords((long)s.Share.Numerator, (long)s.Share.Denominator), Article(s.Article)]),
        MajorityJudged s => BallotWords.Capital(t[
            "Working.Majority" + (s.Form == MajorityForm.Relative ? ".Relative" : ""), names.College(s.College) is { } college ? t["Working.In", college].Value : "", BallotWords.Number(s.For), BallotWords.Number(s.Against),
            BallotWords.Number(s.Base), Needed(s.Comparison, s.Threshold),
            s.Share is { } share ? FractionWording.InWords((long)share.Numerator, (long)share.Denominator) : t["Working.HalfPlusOne"].Value, Article(s.Article)]),
        CollegeNormalised s => t[
            "Working.Normalised", names.College(s.College) ?? t["NoCollege"].Value, BallotWords.Number(s.For), BallotWords.Number(s.Against), BallotWords.Number(s.Base),
            BallotWords.Number(s.Weight), BallotWords.Number(s.WeighedFor), BallotWords.Number(s.WeighedAgainst), Article(s.Article)],
        _ => Other(step),
    };

    // What is rarer is told as the page of the vote tells it, in one sentence.
    private string Other(Step step)
    {
        var told = BallotWords.Steps([step], id => names.College(id), ballots, new(option => option, id => names.College(id), methods))[0];
        var lines = string.Join(", ", told.Lines.Select(l => $"{l.Label} {l.Value}"));
        return $"{told.Title}{(lines.Length > 0 ? $" ({lines})" : "")}{t["Colon"].Value}{told.Conclusion?.TrimEnd('.')} ({Article(told.Article)}).";
    }

    private string Needed(Comparison comparison, Fraction threshold) =>
        t[comparison == Comparison.MoreThan ? "Needed.MoreThan" : "Needed.AtLeast", BallotWords.Number(threshold)];

    private static long Whole(Fraction value) => (long)(value.Numerator / value.Denominator);

    private IEnumerable<WordedBlock> Movements(ComingsAndGoings p) => p.Movements.Count > MostInSentences
        ?
        [
            new WordedBlock.Table(
                t["Movements.Caption"], [t["Person"], t["Movement"], t["Hour"]],
                [.. p.Movements.Select(m => (IReadOnlyList<string>)[names.Person(m.Person), t[m.Left ? "Movement.Left" : m.Remote ? "Movement.Remote" : "Movement.InRoom"], When(m.On)])]),
        ]
        : p.Movements.Select(m => Says(m.Left ? "Moved.Left" : m.Remote ? "Moved.Remote" : "Moved.InRoom", When(m.On), names.Person(m.Person)));

    private IEnumerable<WordedBlock> Vote(VoteTaken p)
    {
        yield return Says("Way." + p.Way, When(p.On), p.Roll is { } roll ? " " + t.Count("Vote.Roll", roll, NumberWording.WithFigures(roll)) : "");
        if (p.Contest is { } contest)
            yield return Says("Vote.Contest", Listed(contest.Question.Options.Select(o => names.Option(contest, o))));
    }

    private WordedBlock.Table Counts(VotesCounted p)
    {
        IReadOnlyList<string> Row(string name, Counts c) => [name, Of(c.For), Of(c.Against), Of(c.Abstention), Of(c.Blank), Of(c.Null), Of(c.NotVoting)];
        return new(
            t["Counts.Caption"],
            [t["College"], t["Counts.For"], t["Counts.Against"], t["Counts.Abstention"], t["Counts.Blank"], t["Counts.Null"], t["Counts.NotVoting"]],
            [.. p.Colleges.Select(c => Row(names.College(c.College) ?? t["NoCollege"], c.Counts)), Row(t["Whole"], p.All)], Figures: 1);
    }

    private IEnumerable<WordedBlock> Decided(VoteDecided p)
    {
        var counts = p.Outcome.Counts;
        yield return Says(
            "Verdict." + p.Outcome.Verdict, p.Title, Votes(counts.For.Weight), Votes(counts.Against.Weight), t.Count("Abstentions", Whole(counts.Abstention.Weight), Votes(counts.Abstention.Weight)));
        if (p.Outcome.Steps.Count > 0)
            yield return new WordedBlock.Paragraph(string.Join(' ', p.Outcome.Steps.Select(Working)));
    }

    private string Votes(Fraction weight) => weight.Denominator.IsOne ? NumberWording.WithFigures((long)weight.Numerator, feminine: true) : BallotWords.Number(weight);

    private IEnumerable<WordedBlock> Decided(ContestDecided p)
    {
        string Name(string option) => names.Option(p.Contest, option);
        yield return p.Outcome.Verdict switch
        {
            Verdict.Elected => Says(p.Contest.Of == Domain.Ballots.ContestOptions.People ? "Contest.Elected" : "Contest.Ranked", p.Title, Listed(p.Outcome.Elected.Select(Name))),
            Verdict.Tied => Says("Contest.Tied", p.Title, Listed(p.Outcome.Tied.Select(Name))),
            _ => Says("Contest." + p.Outcome.Verdict, p.Title),
        };
        if (p.Outcome.Ranking.Count > 0)
            yield return new WordedBlock.Numbered([.. p.Outcome.Ranking.Select(group => Listed(group.Select(Name)))]);
        var words = new MethodWords(Name, id => names.College(id), methods);
        foreach (var step in BallotWords.Steps([.. p.Outcome.Steps.Where(s => s is not (StrongestPaths or PairsCompared))], id => names.College(id), ballots, words))
            yield return new WordedBlock.Paragraph($"{step.Title}{t["Colon"].Value}{step.Conclusion}");
    }

    private IEnumerable<WordedBlock> Outcome(OutcomeFromDocument p)
    {
        yield return p.Verdict is { } verdict ? Says("Document." + verdict, p.Title) : Says("Vote.WithoutResult", p.Title);
        if (p.Counts is { } counts)
        {
            List<string> said =
            [
                .. new[] { ("Counts.For", counts.For), ("Counts.Against", counts.Against), ("Counts.Abstention", counts.Abstention), ("Counts.Blank", counts.Blank), ("Counts.Null", counts.Null) }
                    .Where(c => c.Item2 is not null).Select(c => $"{t[c.Item1].Value} {CountWording.Number(c.Item2!.Value)}"),
            ];
            if (said.Count > 0)
                yield return Says("Document.Counts", string.Join(", ", said));
        }
    }

    private IEnumerable<WordedBlock> Documents(DocumentsListed p)
    {
        if (p.Documents.Count > 0)
        {
            yield return Says("Documents.Listed");
            yield return new WordedBlock.Numbered(
            [
                .. p.Documents.Select(d => (d.Kind is { } kind ? Wording.Name(kind) : t["Documents.Destroyed"].Value) is var what && d.Item is { } item
                    ? t["Documents.LineOfItem", d.Title, what, item].Value
                    : t["Documents.Line", d.Title, what].Value),
            ]);
        }

        if (p.Sheet || p.Proxies)
            yield return Says((p.Sheet, p.Proxies) switch { (true, true) => "Documents.Annexed", (true, false) => "Documents.AnnexedSheet", _ => "Documents.AnnexedProxies" });
    }

    private IEnumerable<WordedBlock> Signatures(ToBeSigned p, Domain.Meetings.Minutes.Written? minutes)
    {
        string? Signed(Signatory quality) => minutes?.Given.FirstOrDefault(s => s.What.As == quality) is { } given
            ? t["Signed", names.Person(given.What.Person), Moment(given.On)].Value
            : null;
        List<(string, string, string?)> places = [(t["Signatory.Chair"], p.Chair is { } chair ? names.Person(chair) : "", Signed(Signatory.Chair))];
        if (p.Secretary is { } secretary)
            places.Add((t["Signatory.Secretary"], names.Person(secretary), Signed(Signatory.Secretary)));
        places.AddRange(p.Scrutineers.Select(s => (t["Signatory.Scrutineer"].Value, names.Person(s), (string?)null)));
        yield return new WordedBlock.Signatures(places);
        if (minutes?.Given.Count > 0)
            yield return Says("Signed.Level");
    }

    private IEnumerable<WordedBlock> Sheet(SheetSaid p)
    {
        foreach (var college in p.Colleges)
        {
            yield return new WordedBlock.Table(
                college.College is { } id ? t["Sheet.Of", names.Thing(id.Value)] : t["Sheet.All"],
                [t["Sheet.Name"], t["Sheet.Member"], t["Sheet.Votes"], t["Sheet.Quality"], t["Sheet.Signature"]],
                [
                    .. college.Lines.Select(l => (IReadOnlyList<string>)[names.Person(l.Person), names.Member(l.Member) ?? "", BallotWords.Number(l.Votes), Quality(l), ""])
                        .OrderBy(l => l[0], StringComparer.CurrentCulture).ThenBy(l => l[1], StringComparer.CurrentCulture),
                ],
                Signed: true);
        }
    }

    private string Quality(SheetLine line)
    {
        var stays = line.Stays.Select(s => t[
            (s.Remote ? "Sheet.Remote" : "Sheet.InRoom") + (s.Until is null ? "" : ".Until"), When(s.From), s.Until is { } until ? When(until) : ""].Value);
        var there = string.Join(" ; ", stays);
        return there.Length > 0 ? there : line.Holder is { } holder ? t["Sheet.Represented", names.Person(holder)] : "";
    }

    private WordedBlock.Table Proxies(ProxiesSaid p) => new(
        t["Proxies.Caption"], [t["Proxies.Giver"], t["Proxies.Holder"], t["Proxies.Form"], t["Proxies.On"], t["Proxies.State"]],
        [
            .. p.Lines.Select(l => (IReadOnlyList<string>)
            [
                names.Mandate(l.Giver), l.Holder is { } holder ? names.Person(holder) : t["Proxies.Blank"].Value, Wording.Name(l.Form), HistoryTime(l.On),
                l.Ended is { } ended ? t["Proxies.TakenBack", Moment(ended)] : l.Fault is { } fault ? t["Proxies.Void", Wording.Name(fault)].Value : t["Proxies.Stands"].Value,
            ]).OrderBy(l => l[0], StringComparer.CurrentCulture),
        ]);

    private string College(BodyId? college) => college is { } id ? names.Thing(id.Value) : t["NoCollege"];

    // In full: « article 12 ».
    private string Article(string article) => article.StartsWith("art. ", StringComparison.OrdinalIgnoreCase) ? t["Article", article["art. ".Length..]]
        : char.IsDigit(article[0]) ? t["Article", article]
        : Wording.Article(article);

    private string Days(int days, DayCount count) => t.Count("Days." + count, days, NumberWording.WithFigures(days));

    private string Listed(IEnumerable<string> named) => MethodWords.Listed(named, methods);

    // A reason that somebody typed ends a sentence.
    private static string Ended(string text) => text.TrimEnd() is var trimmed && trimmed.EndsWith('.') ? trimmed : trimmed + ".";

    /// <summary>« 18 h 42 » on the day of the meeting, the whole date on another; a period as closely as it is known.</summary>
    private string When(EffectiveTime on)
    {
        if (on.Precision != Precision.Instant)
            return DateWording.When(on, association.Zone);
        var local = TimeZoneInfo.ConvertTime(on.Instant, association.Zone).DateTime;
        var time = DateWording.Time(TimeOnly.FromDateTime(local));
        return DateOnly.FromDateTime(local) == _day ? t["At", time] : t["AtOn", DateWording.Full(DateOnly.FromDateTime(local)), time];
    }

    /// <summary>« le 14 octobre 2023 à 18 h 42 »; a period as closely as it is known.</summary>
    private string Moment(EffectiveTime on) => on.Precision == Precision.Instant
        ? t["AtOn", DateWording.Full(LocalTime.DayOf(on.Instant, association.Zone)), DateWording.Time(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(on.Instant, association.Zone).DateTime))]
        : DateWording.When(on, association.Zone);

    private string HistoryTime(EffectiveTime on) => History.HistoryWording.When(on, association.Zone);
}
