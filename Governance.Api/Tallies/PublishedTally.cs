using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Domain.Ballots;
using Governance.Domain.Voting;
using Choice = Governance.Domain.Voting.Choice;

namespace Governance.Api.Tallies;

/// <summary>A counted ballot as a file that <c>./run tally</c> judges again, by itself: see docs/tally/README.md.</summary>
internal static class PublishedTally
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>False where the rules count by college and electors of no college stand on the roll, which a file cannot say.</summary>
    public static bool CanSay(BallotRules rules, BallotCounted count) => IsByCollege(count) || !SecretBallot.CountsByCollege(rules);

    private static bool IsByCollege(BallotCounted count) => count.Roll.All(g => g.College is not null);

    /// <param name="contest">Null for a motion.</param>
    /// <param name="chunked">The papers of the chunks that follow the count, in order; none when they stand in it.</param>
    /// <param name="option">What an option is called; null where nobody knows.</param>
    /// <param name="college">What a college is called, by its id.</param>
    /// <returns>UTF-8; null where <see cref="CanSay"/> is false.</returns>
    public static byte[]? Write(
        string title, Contest? contest, BallotRules rules, BallotCounted count, IReadOnlyList<PapersAlike> chunked, Func<string, string?> option, Func<string, string?> college)
    {
        if (!CanSay(rules, count))
            return null;
        var byCollege = IsByCollege(count);
        var options = Named(contest?.Question.Options ?? [], option);
        var colleges = Named([.. count.Roll.Select(g => g.College).OfType<string>()], college);
        string Option(string id) => options[id];

        var file = new JsonObject { ["title"] = title };
        if (contest is { Question: var question })
        {
            foreach (var (name, value) in MethodOf(question.Method))
                file[name] = value;
            file["options"] = Texts(question.Options.Select(Option));
            if (question.Withdrawn is { Count: > 0 } withdrawn)
                file["withdrawn"] = Texts(withdrawn.Select(Option));
            if (question.TieOrder is { } order)
                file["tieOrder"] = Texts(order.Select(Option));
        }
        else
        {
            file["method"] = "motion";
        }

        file["rule"] = RuleOf(contest, rules, count, byCollege, colleges);
        file["papers"] = new JsonArray(
        [
            .. count.Groups.Select(g => PaperOf(g.Count, g.Weight, g.College, new() { ["choice"] = ChoiceOf(g.Choice) })),
            .. (count.Alike ?? chunked).Select(p => PaperOf(p.Count, p.Weight, p.College, Said(p.Paper, Option))),
        ]);
        return JsonSerializer.SerializeToUtf8Bytes(file, Json);

        JsonObject PaperOf(long papers, Domain.Kernel.Fraction weight, string? of, JsonObject said)
        {
            var paper = new JsonObject { ["count"] = papers, ["weight"] = weight.ToString() };
            if (byCollege && of is not null)
                paper["college"] = colleges[of];
            foreach (var (name, value) in said)
                paper[name] = value?.DeepClone();
            return paper;
        }
    }

    // By their names where these tell them apart; an erased person has none, and two centres may be called the same.
    private static Dictionary<string, string> Named(IReadOnlyList<string> ids, Func<string, string?> name)
    {
        var named = ids.Select(id => (Id: id, Name: name(id))).ToList();
        var apart = named.All(n => n.Name is { } known && Domain.Kernel.Texts.Name("options", known) is null) && named.DistinctBy(n => n.Name).Count() == ids.Count;
        return named.ToDictionary(n => n.Id, n => apart ? n.Name! : n.Id, StringComparer.Ordinal);
    }

    private static JsonObject RuleOf(Contest? contest, BallotRules rules, BallotCounted count, bool byCollege, Dictionary<string, string> colleges)
    {
        var content = rules.Colleges.Content;
        var weighed = content with
        {
            VetoOf = content.VetoOf is { } holder ? colleges.GetValueOrDefault(holder, holder) : null,
            Weights = content.Mode != CollegeMode.Normalised ? []
                : [.. count.Roll.Select(g => new CollegeWeight(colleges[g.College!], content.Weights.FirstOrDefault(w => w.College == g.College)?.Weight ?? g.Weight))],
        };
        var method = contest?.Question.Method;
        var written = new TallyRules(
            method, rules.Quorum, rules.Colleges with { Content = weighed }, rules.Tie, method is null ? null : RulesInForce.DefaultArticle,
            method is null ? rules.Majority : null, count.CastingVote).Written();
        written.Remove("method");
        written["members"] = ByCollege(g => TallyOf(g.Members), () => TallyOf(Sum(count.Roll.Select(g => g.Members))));
        if (count.Roll.All(g => g.Presence is not null))
        {
            written["presence"] = ByCollege(
                g => PresenceOf(g.Presence!),
                () => PresenceOf([.. count.Roll.SelectMany(g => g.Presence!).GroupBy(p => p.Presence).Select(p => new PresenceTally(p.Key, Sum(p.Select(t => t.Tally))))]));
        }

        return written;

        JsonObject ByCollege(Func<RollGroup, JsonObject> one, Func<JsonObject> all) => byCollege
            ? new() { ["byCollege"] = new JsonObject(count.Roll.Select(g => KeyValuePair.Create<string, JsonNode?>(colleges[g.College!], one(g)))) }
            : all();
    }

    private static Tally Sum(IEnumerable<Tally> tallies) => tallies.Aggregate(Tally.Zero, (sum, t) => sum + t);

    private static JsonObject TallyOf(Tally tally) => new() { ["heads"] = tally.Heads, ["weight"] = tally.Weight.ToString() };

    private static JsonObject PresenceOf(IReadOnlyList<PresenceTally> presence) =>
        new(presence.Select(p => KeyValuePair.Create<string, JsonNode?>(TallyRules.Presences.First(w => w.Value == p.Presence).Word, TallyOf(p.Tally))));

    private static string ChoiceOf(Choice choice) => TallyRules.Choices.First(c => c.Item2 == choice).Item1;

    private static IEnumerable<(string Name, JsonNode Value)> MethodOf(Method method)
    {
        (string name, int? seats) = method switch
        {
            Plurality m => ("plurality", m.Seats),
            Approval m => ("approval", m.Seats),
            Points m => ("points", m.Seats),
            Schulze m => ("schulze", m.Seats),
            MajorityJudgment m => ("majority-judgment", m.Seats),
            SingleTransferableVote m => ("stv", m.Seats),
            Consent => ("consent", (int?)null),
            _ => throw new InvalidOperationException($"No name for {method.GetType().Name}."),
        };
        yield return ("method", name);
        if (seats is { } number)
            yield return ("seats", number);
        if (method is Plurality { Rounds: var rounds, MostChoices: var most })
        {
            yield return ("rounds", rounds);
            if (most is { } choices)
                yield return ("mostChoices", choices);
        }

        if (method is Points { Each: var each })
            yield return ("points", each);
        if (method is MajorityJudgment { Grades: var grades })
            yield return ("grades", Texts(grades));
    }

    private static JsonObject Said(Paper paper, Func<string, string> option) => paper switch
    {
        Paper.Choices p => new() { ["choices"] = Texts(p.Options.Select(option)) },
        Paper.Ranking p => new() { ["ranking"] = new JsonArray([.. p.Groups.Select(g => Texts(g.Select(option)))]) },
        Paper.Grades p => new() { ["grades"] = new JsonObject(p.Given.Select(g => KeyValuePair.Create<string, JsonNode?>(option(g.Option), g.Grade))) },
        Paper.Points p => new() { ["points"] = new JsonObject(p.Given.Select(g => KeyValuePair.Create<string, JsonNode?>(option(g.Option), g.Points))) },
        Paper.Objects p => new() { ["choice"] = "object", ["reason"] = p.Reason },
        Paper.Consents => new() { ["choice"] = "consent" },
        Paper.StandsAside => new() { ["choice"] = "stand-aside" },
        Paper.Abstains => new() { ["choice"] = ChoiceOf(Choice.Abstain) },
        Paper.Blank => new() { ["choice"] = ChoiceOf(Choice.Blank) },
        _ => new() { ["choice"] = ChoiceOf(Choice.Null) },
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
