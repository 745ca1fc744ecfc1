using System.Globalization;
using System.Text.Json;
using Governance.Api.Access;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Roadmaps;
using Governance.Api.Statutes;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.Roadmaps;
using Governance.Projections;
using Governance.Projections.Runtime;

namespace Governance.Api.Changes;

/// <summary>All that the pages of an association show at one moment, in one form: what two of them differ in is what changed.</summary>
/// <param name="Figures">In the order in which they are told.</param>
/// <param name="InForce">The version of the statutes in force, whole; null where there is none.</param>
public sealed record Snapshot(IReadOnlyList<State> Things, IReadOnlyList<KeyValuePair<Figure, long>> Figures, StatutesVersions.Version? InForce)
{
    /// <param name="zone">The association's clocks.</param>
    /// <param name="reader">Ballots are read by who may read ballots. What was voted is nowhere in here.</param>
    public static async ValueTask<Snapshot> ReadAsync(ReadView view, TimeZoneInfo zone, Actor reader, CancellationToken ct)
    {
        var words = new Words(zone);
        var bodies = await Bodies.ListAsync(view, ct);
        var mandates = await Projections.Mandates.ListAsync(view, ct);
        var members = await Projections.Members.RegisterAsync(view, ct);
        var ballots = reader.May(Permission.ReadBallots) ? await Projections.Ballots.ListedAsync(view, ct) : [];
        var work = await RoadmapWork.AtAsync(view, zone, ct);
        var workstreams = work.All;
        var groups = await Projections.WorkingGroups.ListAsync(view, ct);
        var meetings = (await GroupMeetings.ListAsync(view, ct)).CountBy(m => m.Group).ToDictionary();
        var tools = await Projections.SharedTools.ListAsync(view, ct);
        var registrations = await GatheringRegistrations.ListAsync(view, ct);
        var versions = await StatutesVersions.ListAsync(view, ct);
        var inForce = await StatutesVersions.InForceAsync(view, ct);
        return new(
            [
                .. await Projections.Associations.FindAsync(view, ct) is { } association ? [words.Of(association)] : Array.Empty<State>(),
                .. inForce is null ? Array.Empty<State>() : [words.InForce(inForce, view.Association)],
                .. members.Select(words.Of),
                .. bodies.Select(words.Of),
                .. mandates.Select(words.Of),
                .. ballots.Select(words.Of),
                .. (await Projections.Roadmaps.ListAsync(view, ct)).Select(words.Of),
                .. workstreams.Select(workstream => words.Of(workstream, work)),
                .. workstreams.SelectMany(workstream => work.Milestones[workstream.Id]).Select(words.Of),
                .. groups.Select(group => words.Of(group, meetings.GetValueOrDefault(group.Id))),
                .. tools.Select(words.Of),
                .. (await Projections.Meetings.ListAsync(view, ct)).Select(words.Of),
                .. (await Projections.Gatherings.ListAsync(view, ct)).Select(gathering => words.Of(gathering, [.. registrations[gathering.Id]])),
                .. (await Projections.Conventions.ListAsync(view, ct)).Select(words.Of),
                .. (await Deliveries.ListAsync(view, ct)).Select(words.Of),
                .. (await Projections.Contributions.ListAsync(view, ct)).Select(words.Of),
                .. versions.Select(words.Of),
                .. (await Projections.People.ListAsync(view, ct)).Select(words.Of),
            ],
            [
                Figured("members", "members", members.Count(m => m.Standing is MembershipStanding.Active or MembershipStanding.Suspended)),
                Figured("suspended", "members", members.Count(m => m.Standing == MembershipStanding.Suspended)),
                Figured("applicants", "members", members.Count(m => m.Standing == MembershipStanding.Applicant)),
                Figured("mandates", "colleges", mandates.Count),
                .. bodies.Select(body => KeyValuePair.Create(
                    new Figure("holders", body.Id, $"colleges/{body.Id}"), mandates.LongCount(m => m.Body == body.Id || body.Colleges.Contains(m.Body)))),
                .. reader.May(Permission.ReadBallots)
                    ? [Figured("ballots-open", "ballots", ballots.Count(b => b.TakesVotesAt(view.AsOf.Instant)))]
                    : Array.Empty<KeyValuePair<Figure, long>>(),
                Figured("workstreams-underway", "roadmap", workstreams.Count(w => w.Stage == WorkstreamStage.Underway)),
                Figured("workstreams-late", "roadmap", work.Slipping.Count),
                Figured("groups", "working-groups", groups.Count(g => g.Stage == Projections.WorkingGroups.Stage.Active)),
                Figured("tools", "shared-tools", tools.Count(t => t.Ended is null)),
            ],
            inForce);
    }

    private static KeyValuePair<Figure, long> Figured(string name, string href, long value) => KeyValuePair.Create(new Figure(name, null, href), value);

    /// <summary>Rows of the read models as what is said of things; an aspect that there is nothing to say of is left out.</summary>
    private sealed class Words(TimeZoneInfo zone)
    {
        public State Of(Projections.Associations.Association a) => new(
            Kinds.Association, a.Id.Value, a.Name, [a.Id.Value],
            Said(Text("name", a.Name), Text("short-name", a.ShortName), Text("purpose", a.Purpose), Text("seat", a.Seat), When("dissolved", a.Dissolved)));

        /// <summary>The version in force, under the association's own key: versions follow each other in one place.</summary>
        public State InForce(StatutesVersions.Version v, AssociationId association) => new(
            Kinds.InForce, association.Value, null, [association.Value, v.Id.Value],
            [
                new("version", [Part.Of(v.Id)]),
                .. Said(When("in-force-from", v.InForceFrom)),
                .. v.Articles.Select(article => new Aspect(
                    "article", [Part.Of(article.Heading + "\n" + article.Text)], ChangesWording.Say("Article", article.Number))),
                .. v.Rules.GroupBy(RuleName).Select(rules => new Aspect(
                    "rule",
                    [.. rules.Select(rule => new Part(Json(rule.Content) + rule.Article, $"{RuleWording.Sentence(rule.Content)} ({rule.Article})"))],
                    rules.Key)),
            ]);

        public State Of(Projections.Members.Entry m) => new(
            Kinds.Member, m.Id.Value, m.Organisation, [m.Id.Value, .. m.Individual is { } individual ? [individual.Value] : Array.Empty<Guid>()],
            Said(
                m.Organisation is { } name ? Text("name", name) : new Aspect("name", [new Part(m.Individual.ToString()!, null, m.Id.Value)]),
                Text("territory", m.Territory), Word("standing", m.Standing), When("since", m.Since), When("suspended-on", m.SuspendedOn),
                When("exclusion-notified", m.ExclusionNotified), When("heard-on", m.HeardOn), Text("remark", m.Remark)));

        public State Of(Bodies.Body b) => new(
            Kinds.Body, b.Id.Value, b.Name, [b.Id.Value],
            Said(
                Text("name", b.Name), Word("body-kind", b.Kind), Number("seats", b.Seats), b.Weight == Fraction.One ? null : Text("weight", b.Weight.ToString()),
                List("colleges", b.Colleges.Select(Part.Of)), When("since", b.Since), b.Reviews == 0 ? null : Number("reviews", b.Reviews),
                b.RefinementWanted ? Text("refinement", ChangesWording.Say("Wanted")) : null));

        public State Of(Projections.Mandates.Mandate m) => new(
            Kinds.Mandate, m.Id.Value, null,
            [
                m.Id.Value, m.Body.Value, m.Person.Value, .. m.Member is { } represented ? [represented.Value] : Array.Empty<Guid>(),
                .. m.College is { } college ? [college.Value] : Array.Empty<Guid>(),
            ],
            Said(
                new Aspect("holder", [Part.Of(m.Person)]), Word("office", m.Office), new Aspect("body", [Part.Of(m.Body)]), Named("represents", m.Member), Named("college", m.College),
                When("since", m.Since), When("term-ends", m.TermEnds), m.Terms > 1 ? Number("terms", m.Terms) : null,
                m.InHoldover ? Text("holdover", ChangesWording.Say("Yes")) : null, m.AwaitingRatification ? Text("ratification", ChangesWording.Say("Awaited")) : null,
                m.Interim ? Text("interim", ChangesWording.Say("Yes")) : null, When("ends", m.Ends), m.Reason is { } reason ? Word("reason", reason) : null));

        // Neither counts nor choices: of a ballot only its state, and what was proclaimed.
        public State Of(Projections.Ballots.Ballot b) => new(
            Kinds.Ballot, b.Id.Value, b.Title,
            [b.Id.Value, .. b.Body is { } body ? [body.Value] : Array.Empty<Guid>(), .. b.Workstream is { } workstream ? [workstream.Value] : Array.Empty<Guid>()],
            Said(
                Text("title", b.Title), Text("question", b.Question), Named("body", b.Body), Text("stage", ChangesWording.Say("BallotStage." + b.Stage)), When("opens", b.Opens),
                When("closes", b.Closes), When("closed-on", b.ClosedOn), Number("electors", b.Electors), b.Verdict is { } verdict ? Word("verdict", verdict) : null,
                When("decided-on", b.DecidedOn), Text("annulment", b.Annulment), b.Unsettled == 0 ? null : Number("unsettled", b.Unsettled)));

        public State Of(Projections.Roadmaps.Roadmap r) => new(
            Kinds.Roadmap, r.Id.Value, r.Title, [r.Id.Value],
            Said(Text("title", r.Title), Text("years", string.Create(CultureInfo.InvariantCulture, $"{r.FirstYear}–{r.LastYear}")), When("opened", r.Opened)));

        public State Of(Workstreams.Workstream w, RoadmapWork work) => new(
            Kinds.Workstream, w.Id.Value, w.Title,
            [w.Id.Value, w.Roadmap.Value, .. new[] { w.LeadMember?.Value, w.LeadGroup?.Value, w.Decision?.Value }.OfType<Guid>()],
            Said(
                Text("title", w.Title), Text("description", w.Description), Word("stage", w.Stage), When("stage-since", w.Since), w.Rank is { } rank ? Number("rank", rank) : null,
                w.LeadMember is { } member ? Named("lead", (MemberId?)member) : Named("lead", w.LeadGroup),
                List("carried-by", w.Groups.Select(Part.Of)), When("planned-start", w.Start), When("planned-end", w.End),
                Named("decision", w.Decision),
                w.LastReport is { } report
                    ? new Aspect("report", [Part.Of(string.Join(" – ", new[] { DateWording.Known(report.On, zone), Wording.Name(report.Assessment), report.Text, report.NextStep }.OfType<string>()))])
                    : null,
                List("waits-for", work.WaitsFor(w.Id).Select(d => Part.Of(d.Prerequisite))),
                List("budget", work.Budget(w.Id).Select(y => Part.Of(string.Create(CultureInfo.InvariantCulture, $"{y.Of} : {MoneyWording.Euros(y.Cents)}")))),
                List("expenses", work.Expenses[w.Id].Select(e => Part.Of(Expense(e.Expense)))),
                Text("remark", w.Remark)));

        // What it came to stands for what it was committed for.
        private string Expense(Domain.Roadmaps.Expense e) => e switch
        {
            { Paid: { } paid } => ChangesWording.Say("ExpensePaid", e.Purpose, MoneyWording.Euros(paid.Cents), DateWording.Known(paid.On, zone)),
            { Cancelled: not null } => ChangesWording.Say("ExpenseCancelled", e.Purpose, MoneyWording.Euros(e.Cents)),
            _ => $"{e.Purpose}, {MoneyWording.Euros(e.Cents)}",
        };

        public State Of(Milestones.Milestone m) => new(
            Kinds.Milestone, m.Id.Value, m.Title, [m.Id.Value, m.Workstream.Value],
            Said(
                new Aspect("workstream", [Part.Of(m.Workstream)]), Text("title", m.Title), When("due", m.Due), m.Moves == 0 ? null : Number("moves", m.Moves),
                When("reached", m.Reached), Text("remark", m.Remark)));

        public State Of(Projections.WorkingGroups.Group g, int meetings) => new(
            Kinds.Group, g.Id.Value, g.Name, [g.Id.Value, .. g.From.Select(from => from.Value)],
            Said(
                Text("name", g.Name), Text("mission", g.Mission), Text("stage", ChangesWording.Say("GroupStage." + g.Stage)), When("since", g.Since), List("continues", g.From.Select(Part.Of)),
                Named("into", g.Into), When("ended", g.Ended), Text("remark", g.Reason), List("centres", g.Centres.Select(Part.Of)), Number("centres-counted", g.Counted),
                List("pilots", g.Pilots.Where(p => p.Role == Domain.WorkingGroups.PilotRole.Pilot).Select(p => Part.Of(p.Centre))),
                List("co-pilots", g.Pilots.Where(p => p.Role != Domain.WorkingGroups.PilotRole.Pilot).Select(p => Part.Of(p.Centre))),
                g.Rotation is { } rotation ? Text("rotation", rotation.Share.ToString()) : null,
                List("crossings", g.Crossings.Select(c => new Part(c.With.ToString() + c.Topic, c.Topic, c.With.Value))),
                meetings == 0 ? null : Number("meetings", meetings),
                List("plans", g.Plans.Select(p => Part.Of(string.Create(CultureInfo.InvariantCulture, $"{p.Year} : {p.AtLeast}–{p.AtMost}")))),
                List("outputs", g.Outputs.Select(o => Part.Of(o.Published is { } out_ ? ChangesWording.Say("Published", o.Title, DateWording.Known(out_, zone)) : o.Title)))));

        public State Of(Projections.SharedTools.Tool t) => new(
            Kinds.Tool, t.Id.Value, t.Name, [t.Id.Value, .. t.Into is { } into ? [into.Value] : Array.Empty<Guid>()],
            Said(
                Text("name", t.Name), Text("purpose", t.Purpose), Text("kept-by", t.KeptBy), Text("stage", ChangesWording.Say("ToolStage." + t.Stage)), When("launched", t.Launched),
                List("centres", t.Centres.Select(Part.Of)), Number("centres-counted", t.Counted),
                List("releases", t.Releases.Select(r => Part.Of($"{r.Name} ({DateWording.Known(r.On, zone)})"))), Named("into", t.Into), When("ended", t.Ended),
                Text("remark", t.Remark),
                t.Rota.All.LastOrDefault() is { } turns
                    ? new Aspect("turns", [Part.Of(ChangesWording.Say("From", DateWording.Full(turns.Week))), .. turns.Order.Select(Part.Of)])
                    : null,
                List("swaps", t.Rota.Swapped.OrderBy(s => s.Key).Select(s => new Part($"{s.Key:O} {s.Value}", DateWording.Full(s.Key)))),
                List("sources", t.Sources.SelectMany(s => s.Sources.Select(source => new Part($"{s.Centre} {source}", source, null))))));

        // Neither who came nor what was voted: of a meeting its plan and how far it is.
        public State Of(Projections.Meetings.Meeting m) => new(
            Kinds.Meeting, m.Id.Value, m.Title, [m.Id.Value, .. new[] { m.Body?.Value, m.Group?.Value }.OfType<Guid>()],
            Said(
                Text("title", m.Title), Named("body", m.Body), Named("group", m.Group), Word("meeting-kind", m.Kind), Text("stage", ChangesWording.Say("MeetingStage." + m.Stage)),
                When("starts", m.Starts), Text("place", m.Place), m.Remote ? Text("remote", ChangesWording.Say("Yes")) : null, Named("second-of", m.SecondOf),
                When("convened-on", m.ConvenedOn), m.Items == 0 ? null : Number("items", m.Items), m.Resolutions == 0 ? null : Number("resolutions", m.Resolutions),
                m.Unsettled == 0 ? null : Number("unsettled", m.Unsettled)));

        // Guests are counted and named by nobody.
        public State Of(Projections.Gatherings.Gathering g, IReadOnlyList<GatheringRegistrations.Registration> registrations) => new(
            Kinds.Gathering, g.Id.Value, g.Title, [g.Id.Value, .. g.Reviews.Select(r => r.Group.Value)],
            Said(
                Text("title", g.Title), Number("edition", g.Edition), Text("stage", ChangesWording.Say("GatheringStage." + g.Stage)), When("starts", g.Starts),
                Number("gathering-days", g.Days), Text("place", g.Place), Number("capacity", g.Capacity), Text("remark", g.Reason),
                List("invited", g.Invited.Order().Select(k => new Part(k.ToString(), Wording.Name(k)))),
                registrations.Where(r => !r.Waiting).Sum(r => r.Places) is > 0 and var taken ? Number("registered", taken) : null,
                registrations.Where(r => r.Waiting).Sum(r => r.Places) is > 0 and var waiting ? Number("waiting", waiting) : null,
                registrations.Sum(r => r.Present ?? 0) is > 0 and var present ? Number("present", present) : null,
                List("programme", g.Sessions.Select(s => Part.Of($"{s.Title} ({DateWording.When(s.Starts, zone)})"))),
                List("group-reviews", g.Reviews.Select(r => new Part(r.Group + r.Findings, null, r.Group.Value))),
                List("follow-ups", g.FollowUps.Select(f => Part.Of(f.Started is null ? f.Title : ChangesWording.Say("Started", f.Title))))));

        public State Of(Projections.Conventions.Entry c) => new(
            Kinds.Convention, c.Id.Value, c.Title, [c.Id.Value],
            Said(
                Text("title", c.Title), Text("stage", ChangesWording.Say("ConventionStage." + c.Stage)), Text("funder", c.File.Funder), Text("beneficiary", c.File.Beneficiary),
                Text("days", DateWording.Span(c.File.InForce.Terms.FirstDay, c.File.InForce.Terms.LastDay)), Text("amount", MoneyWording.Euros(c.File.InForce.Terms.Cents)),
                List("objectives", c.File.InForce.Terms.Objectives.Select(o => new Part(o.Id.ToString(), $"{o.Domain} – {o.Commitment}"))),
                List("targets", c.File.InForce.Terms.Indicators.SelectMany(i => i.Targets.Select(t => Part.Of(string.Create(CultureInfo.InvariantCulture, $"{i.Name}, {t.Key} : {t.Value}"))))),
                List("tranches", c.File.InForce.Terms.Tranches.Select(t => Part.Of($"{t.Title} : {MoneyWording.Euros(t.Cents)}"))),
                List("receipts", c.File.Receipts.Select(r => Part.Of($"{MoneyWording.Euros(r.Cents)} ({DateWording.Known(r.On, zone)})"))),
                List("amendments", c.File.Versions.Where(v => v is { Number: > 0, Signed: not null }).Select(v => new Part(v.Number.ToString(CultureInfo.InvariantCulture), v.Title))),
                List("reports-filed", c.File.Reports.Where(r => r.Filed is not null).Select(r => Part.Of(r.Year.ToString(CultureInfo.InvariantCulture)))),
                When("ended", c.Ended), Text("remark", c.Reason)));

        public State Of(Projections.Contributions.Entry c) => new(
            Kinds.Contribution, c.Id.Value, c.Subject, [c.Id.Value, c.Call.Value, .. c.Observations.Select(o => o.Centre.Value)],
            Said(
                Text("title", c.Subject), Text("question", c.Question), Word("stage", c.Stage), Named("decision", c.Decision), Named("paper", c.Document),
                List("observations", c.Observations.Select(o => new Part(o.Centre + o.Text, $"{DateWording.Known(o.On, zone)} – {o.Text}")))));

        public State Of(Deliveries.Entry d) => new(
            Kinds.Delivery, d.Delivery.Id.Value, d.Delivery.Title, [d.Delivery.Id.Value, d.Convention.Value, .. d.Delivery.Centres.Select(c => c.Centre.Value).Distinct()],
            Said(
                new Aspect("convention", [Part.Of(d.Convention)]), Text("title", d.Delivery.Title), Word("delivery-kind", d.Delivery.Kind), When("planned", d.Delivery.Planned),
                When("carried-out", d.Delivery.CarriedOut), Text("cancelled", d.Delivery.Cancelled), List("centres", d.Delivery.Centres.Select(c => c.Centre).Distinct().Select(Part.Of)),
                Text("place", d.Delivery.Place), d.Delivery.Participants is { } people ? Number("participants", people) : null, Named("evidence", d.Delivery.Evidence)));

        public State Of(StatutesVersions.Version v) => new(
            Kinds.Statutes, v.Id.Value, v.Title, [v.Id.Value],
            Said(
                Text("title", v.Title), Text("stage", ChangesWording.Say(v.Adopted is null ? "StatutesStage.Draft" : "StatutesStage.Adopted")), When("adopted", v.Adopted),
                When("in-force-from", v.InForceFrom), Named("decision", v.Decision),
                List("articles", v.Articles.Select(a => new Part($"{a.Number}\n{a.Heading}\n{a.Text}", ChangesWording.Say("Article", a.Number)))),
                List("rules", v.Rules.Select(r => new Part(RuleName(r) + Json(r.Content) + r.Article, RuleName(r))))));

        // The name is compared sealed and opened only to be told.
        public State Of(Projections.People.Entry p) => new(
            Kinds.Person, p.Key, null, [p.Key],
            Said(
                new Aspect("name", [new Part(p.Name?.Ciphertext ?? "", null, p.Key)]), p.Erased ? Text("erased", ChangesWording.Say("Yes")) : null,
                When("legal-hold", p.HeldUntil)));

        private static string RuleName(Domain.Voting.Rule rule) => $"{RuleWording.Name(rule.Content.Kind)} ({RuleWording.Scope(rule.Scope)})";

        private static string Json<T>(T value) => JsonSerializer.Serialize(value, EventCatalogue.Json);

        private static IReadOnlyList<Aspect> Said(params IReadOnlyList<Aspect?> aspects) => [.. aspects.OfType<Aspect>()];

        private static Aspect? Text(string name, string? text) => string.IsNullOrEmpty(text) ? null : new(name, [Part.Of(text)]);

        private static Aspect? Number(string name, int? number) => number is { } count ? new(name, [Part.Of(CountWording.Number(count))]) : null;

        private static Aspect Word<TEnum>(string name, TEnum value) where TEnum : struct, Enum => new(name, [new Part(value.ToString(), Wording.Name(value))]);

        private static Aspect? Named<TId>(string name, TId? id) where TId : struct, IIdentifier<TId> => id is { } known ? new(name, [Part.Of(known)]) : null;

        private static Aspect? List(string name, IEnumerable<Part> parts) => parts.ToList() is { Count: > 0 } all ? new(name, all, IsList: true) : null;

        private Aspect? When(string name, EffectiveTime? on) =>
            on is { } time ? new(name, [new Part(Instants.Write(time.Instant) + time.Precision, History.HistoryWording.When(time, zone))]) : null;
    }
}
