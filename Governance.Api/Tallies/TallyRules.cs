using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Tallies;

/// <summary>The rule of a file, with defaults for what it leaves out.</summary>
/// <param name="Method">Null for a motion.</param>
/// <param name="Article">The article that sets the method; null for a motion.</param>
/// <param name="Majority">Null but for a motion.</param>
/// <param name="CastingVote">What the chair voted.</param>
internal sealed record TallyRules(
    Method? Method,
    Applied<QuorumRule> Quorum,
    Applied<CollegesRule> Colleges,
    Applied<TieRule> Tie,
    string? Article = null,
    Applied<MajorityRule>? Majority = null,
    Choice? CastingVote = null)
{
    public static readonly IReadOnlyList<(string, Choice)> Choices =
        [("for", Choice.For), ("against", Choice.Against), ("abstain", Choice.Abstain), ("blank", Choice.Blank), ("null", Choice.Null)];

    public static readonly IReadOnlyList<(string Word, Presence Value)> Presences =
        [("in-person", Presence.InPerson), ("represented", Presence.Represented), ("remote", Presence.Remote), ("postal", Presence.Postal)];

    private static readonly IReadOnlyList<(string, Comparison)> Comparisons = [(">", Comparison.MoreThan), (">=", Comparison.AtLeast)];

    private static readonly IReadOnlyList<(string, TieBreak)> Ties =
        [("rejected", TieBreak.Rejected), ("casting-vote", TieBreak.CastingVote), ("second-round", TieBreak.SecondRound), ("eldest", TieBreak.Eldest), ("lot", TieBreak.Lot)];

    private static readonly IReadOnlyList<(string, QuorumExtent)> Extents =
        [("whole", QuorumExtent.Whole), ("each-college", QuorumExtent.EachCollege), ("some-colleges", QuorumExtent.SomeColleges)];

    private static readonly IReadOnlyList<(string, QuorumMeasure)> Measures = [("members", QuorumMeasure.Members), ("votes", QuorumMeasure.Votes)];

    private static readonly IReadOnlyList<(string, Rounding)> Roundings = [("none", Rounding.None), ("up", Rounding.Up), ("down", Rounding.Down)];

    private static readonly IReadOnlyList<(string, MajorityForm)> Forms =
        [("fraction", MajorityForm.Fraction), ("half-plus-one", MajorityForm.HalfPlusOne), ("relative", MajorityForm.Relative)];

    private static readonly IReadOnlyList<(string, MajorityBase)> Bases =
    [
        ("expressed", MajorityBase.Expressed), ("present", MajorityBase.Present), ("present-and-represented", MajorityBase.PresentAndRepresented),
        ("members", MajorityBase.AllMembers),
    ];

    private static readonly IReadOnlyList<(string, Choice)> CountedToo = [("abstentions", Choice.Abstain), ("blanks", Choice.Blank), ("nulls", Choice.Null)];

    private static readonly IReadOnlyList<(string, CollegeMode)> Modes =
    [
        ("pooled", CollegeMode.Pooled), ("normalised", CollegeMode.Normalised), ("some-colleges", CollegeMode.SomeColleges), ("double", CollegeMode.Double),
        ("veto", CollegeMode.Veto),
    ];

    private static readonly IReadOnlyList<(string, MissingCollege)> Treatments =
        [("drop", MissingCollege.Drop), ("against", MissingCollege.Against), ("block", MissingCollege.Block)];

    private static readonly IReadOnlyList<(string, VetoWhen)> Vetoes = [("opposed", VetoWhen.Opposed), ("not-adopted", VetoWhen.NotAdopted)];

    public static TallyRules Default(Method? method) => new(
        method,
        new(RulesInForce.DefaultArticle, QuorumRule.None),
        new(RulesInForce.DefaultArticle, CollegesRule.Pooled),
        new(RulesInForce.DefaultArticle, new TieRule(TieBreak.Rejected)),
        method is null ? null : RulesInForce.DefaultArticle,
        method is null ? new(RulesInForce.DefaultArticle, MajorityRule.MoreThanHalfExpressed) : null);

    /// <param name="fields">Of <c>rule</c>; null where the file has none.</param>
    public static TallyRules Read(JsonFields? fields, Method? method)
    {
        var rules = Default(method);
        if (fields is null)
            return rules;
        fields.AllowOnly(method is null
            ? ["majority", "quorum", "colleges", "tie", "castingVote", "members", "presence", "articles"]
            : ["quorum", "colleges", "tie", "members", "presence", "articles"]);
        string[] cited = method is null ? ["majority", "quorum", "colleges", "tie"] : ["method", "quorum", "colleges", "tie"];
        var articles = fields.Object("articles", cited);
        string Article(string rule) => articles?.Text(rule) ?? RulesInForce.DefaultArticle;

        rules = rules with
        {
            Quorum = new(Article("quorum"), ReadQuorum(fields)),
            Colleges = new(Article("colleges"), ReadColleges(fields)),
            Tie = new(Article("tie"), new TieRule(fields.Word("tie", TieBreak.Rejected, Ties))),
        };
        if (method is not null)
        {
            rules = rules with { Article = Article("method") };
        }
        else
        {
            rules = rules with { Majority = new(Article("majority"), ReadMajority(fields, "majority") ?? MajorityRule.MoreThanHalfExpressed) };
            if (fields.Has("castingVote"))
                rules = rules with { CastingVote = fields.Word("castingVote", Choice.For, Choices) };
        }

        rules.Check(fields);
        return rules;
    }

    public MotionRules ForMotion() => new(null, Quorum, Majority!, Colleges, Tie);

    public MethodRules ForMethod() => new(null, Article!, Quorum, Colleges, Tie);

    /// <summary>The rule in the words of a file, what it left to defaults written out; <c>method</c> as it is stored.</summary>
    public JsonObject Written()
    {
        var articles = new JsonObject();
        if (Article is not null)
            articles["method"] = Article;
        if (Majority is not null)
            articles["majority"] = Majority.Article;
        articles["quorum"] = Quorum.Article;
        articles["colleges"] = Colleges.Article;
        articles["tie"] = Tie.Article;
        var written = new JsonObject();
        if (Method is not null)
            written["method"] = JsonSerializer.SerializeToNode(Method, EventCatalogue.Json);
        if (Majority is not null)
            written["majority"] = Written(Majority.Content);
        if (Quorum.Content.Extent != QuorumExtent.None)
            written["quorum"] = Written(Quorum.Content);
        written["colleges"] = Written(Colleges.Content);
        written["tie"] = WordFor(Ties, Tie.Content.Break);
        if (CastingVote is { } choice)
            written["castingVote"] = WordFor(Choices, choice);
        written["articles"] = articles;
        return written;
    }

    private static string WordFor<T>(IReadOnlyList<(string Word, T Value)> words, T value) => words.First(w => Equals(w.Value, value)).Word;

    private static JsonObject Written(QuorumRule rule)
    {
        var written = new JsonObject
        {
            ["fraction"] = rule.Share.ToString(),
            ["comparison"] = WordFor(Comparisons, rule.Comparison),
            ["base"] = WordFor(Measures, rule.Measure),
            ["extent"] = WordFor(Extents, rule.Extent),
            ["counted"] = new JsonArray([.. rule.Counted.Select(p => JsonValue.Create(WordFor(Presences, p)))]),
            ["rounding"] = WordFor(Roundings, rule.Rounding),
            ["plusOne"] = rule.PlusOne,
        };
        if (rule.Colleges is { } atLeast)
            written["atLeast"] = atLeast;
        return written;
    }

    private static JsonObject Written(MajorityRule rule)
    {
        var written = new JsonObject { ["form"] = WordFor(Forms, rule.Form) };
        if (rule.Form == MajorityForm.Fraction)
        {
            written["fraction"] = rule.Share.ToString();
            written["comparison"] = WordFor(Comparisons, rule.Comparison);
        }

        written["base"] = WordFor(Bases, rule.Base);
        (bool Counted, Choice Choice)[] with = [(rule.WithAbstentions, Choice.Abstain), (rule.WithBlanks, Choice.Blank), (rule.WithNulls, Choice.Null)];
        written["with"] = new JsonArray([.. with.Where(w => w.Counted).Select(w => JsonValue.Create(WordFor(CountedToo, w.Choice)))]);
        return written;
    }

    private static JsonObject Written(CollegesRule rule)
    {
        var written = new JsonObject { ["mode"] = WordFor(Modes, rule.Mode), ["missing"] = WordFor(Treatments, rule.Missing) };
        if (rule.AtLeast is { } atLeast)
            written["atLeast"] = atLeast;
        if (rule.Weights.Count > 0)
            written["weights"] = new JsonObject(rule.Weights.Select(w => KeyValuePair.Create<string, JsonNode?>(w.College, w.Weight.ToString())));
        if (rule.Within is not null)
            written["within"] = Written(rule.Within);
        if (rule.VetoOf is not null)
        {
            written["vetoOf"] = rule.VetoOf;
            written["vetoWhen"] = WordFor(Vetoes, rule.VetoWhen);
        }

        return written;
    }

    private void Check(JsonFields fields)
    {
        void Checked(string name, Applied<QuorumRule>? quorum = null, Applied<MajorityRule>? majority = null, Applied<CollegesRule>? colleges = null)
        {
            var (article, content) = quorum is not null ? (quorum.Article, (RuleContent)quorum.Content)
                : majority is not null ? (majority.Article, majority.Content)
                : (colleges!.Article, colleges.Content);
            if (new Rule(article, default, content).Fault() is { } fault)
                fields.Faults.Add(fields.At(name), InWordsOfTheFile(fault));
        }

        Checked("quorum", quorum: Quorum);
        Checked("colleges", colleges: Colleges);
        if (Majority is not null)
        {
            Checked("majority", majority: Majority);
            if (Majority.Content.Form == MajorityForm.HalfPlusOne && Colleges.Content.Mode == CollegeMode.Normalised)
                fields.Faults.Add(fields.At("majority.form"), "half-plus-one-of-shares");
            if (CastingVote is not null && Tie.Content.Break != TieBreak.CastingVote)
                fields.Faults.Add(fields.At("castingVote"), "casting-vote-unused");
        }
        else if (ForMethod().Fault() is { } fault)
        {
            fields.Faults.Add(fields.At(fault is CollegesNotPooled ? "colleges.mode" : "colleges.missing"), fault);
        }
    }

    private static Refusal InWordsOfTheFile(Refusal fault) => fault switch
    {
        RuleFractionOutOfRange { Field: "share" } r => r with { Field = "fraction" },
        RuleFieldMissing { Field: "share" } r => r with { Field = "fraction" },
        RuleFieldUnused { Field: "share" } r => r with { Field = "fraction" },
        RuleFieldUnused { Field: "withAbstentions" or "withBlanks" or "withNulls" } r => r with { Field = "with" },
        RuleFieldMissing { Rule: RuleKind.Quorum, Field: "colleges" } r => r with { Field = "atLeast" },
        RuleFieldUnused { Rule: RuleKind.Quorum, Field: "colleges" } r => r with { Field = "atLeast" },
        RuleNumberOutOfRange { Rule: RuleKind.Quorum, Field: "colleges" } r => r with { Field = "atLeast" },
        _ => fault,
    };

    private static QuorumRule ReadQuorum(JsonFields rule)
    {
        if (rule.Object("quorum", "fraction", "comparison", "base", "extent", "atLeast", "counted", "rounding", "plusOne") is not { } fields)
            return QuorumRule.None;
        return new(
            fields.Word("extent", QuorumExtent.Whole, Extents),
            fields.Word("base", QuorumMeasure.Members, Measures),
            fields.Word("comparison", Comparison.AtLeast, Comparisons),
            fields.Word("rounding", Rounding.None, Roundings),
            fields.Truth("plusOne"),
            QuorumCheck.AtEachVote,
            fields.Words("counted", Presences) ?? [],
            fields.Fraction("fraction"),
            fields.Whole("atLeast"));
    }

    private static MajorityRule? ReadMajority(JsonFields rule, string name)
    {
        if (rule.Object(name, "form", "fraction", "comparison", "base", "with") is not { } fields)
            return null;
        var form = fields.Word("form", MajorityForm.Fraction, Forms);
        if (form != MajorityForm.Fraction && fields.Has("comparison"))
            fields.Faults.Add(fields.At("comparison"), new RuleFieldUnused(RuleKind.Majority, "comparison"));
        var with = fields.Words("with", CountedToo) ?? [];
        return new(
            form,
            fields.Word("base", MajorityBase.Expressed, Bases),
            fields.Word("comparison", Comparison.MoreThan, Comparisons),
            with.Contains(Choice.Abstain),
            with.Contains(Choice.Blank),
            with.Contains(Choice.Null),
            fields.Fraction("fraction") ?? (form == MajorityForm.Fraction ? new Fraction(1, 2) : null));
    }

    private static CollegesRule ReadColleges(JsonFields rule)
    {
        if (rule.Object("colleges", "mode", "atLeast", "weights", "missing", "within", "vetoOf", "vetoWhen") is not { } fields)
            return CollegesRule.Pooled;
        var weights = new List<CollegeWeight>();
        if (fields.Named("weights") is { } named)
        {
            foreach (var (college, value) in named.Values)
                weights.Add(new(college, named.FractionOf(named.At(college), value) ?? Fraction.One));
        }

        if (fields.Has("vetoWhen") && !fields.Has("vetoOf"))
            fields.Faults.Add(fields.At("vetoWhen"), new RuleFieldUnused(RuleKind.Colleges, "vetoWhen"));
        return new(
            fields.Word("mode", CollegeMode.Pooled, Modes),
            fields.Word("missing", MissingCollege.Block, Treatments),
            weights,
            fields.Whole("atLeast"),
            ReadMajority(fields, "within"),
            fields.Text("vetoOf"),
            fields.Word("vetoWhen", VetoWhen.Opposed, Vetoes));
    }
}
