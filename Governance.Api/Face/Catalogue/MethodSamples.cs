using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Face.Catalogue;

/// <summary>A question by a method, and what papers on it came to.</summary>
/// <param name="Key">Part of an address and of the names of fields.</param>
internal sealed record MethodSample(string Key, Question Question, MethodOutcome Outcome);

/// <summary>Questions of every method with papers that were counted, for the catalogue.</summary>
internal static class MethodSamples
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["welcome"] = "Accueil des nouveaux arrivants", ["energy"] = "Énergie et logement", ["health"] = "Santé et quartiers", ["tools"] = "Outils mutualisés",
        ["training"] = "Formation des équipes",
    };

    private static readonly string[] Options = [.. Names.Keys];

    private static readonly MethodRules Rules = new(
        null, "art. 14", new("art. 12", QuorumRule.OfMembers(new(1, 3))), new(RulesInForce.DefaultArticle, CollegesRule.Pooled),
        new("art. 15", new TieRule(TieBreak.Lot)));

    public static IReadOnlyList<MethodSample> All { get; } =
    [
        Sample("one", new Plurality(), Options, One("welcome", 9), One("energy", 7), One("health", 3), (new Paper.Blank(), 1)),
        SecondRound(),
        Sample("several", new Plurality(Seats: 2), Options, Chosen(8, "welcome", "energy"), Chosen(6, "health", "energy"), Chosen(3, "tools"), (new Paper.Abstains(), 2)),
        Sample("approval", new Approval(Seats: 2), Options, Chosen(8, "welcome", "energy", "tools"), Chosen(6, "health", "energy"), Chosen(3, "tools")),
        Sample("points", new Points(10), Options, Shared(7, ("welcome", 6), ("energy", 4)), Shared(5, ("health", 9), ("tools", 1)), Shared(4, ("energy", 10))),
        Sample("schulze", new Schulze(), Options,
            Ranked(5, ["welcome"], ["energy", "health"], ["tools"]), Ranked(6, ["energy"], ["welcome"]), Ranked(4, ["health"], ["welcome"], ["tools"], ["energy"])),
        Sample("judgment", new MajorityJudgment(["Excellent", "Très bien", "Bien", "Assez bien", "Passable", "Insuffisant", "À rejeter"]), Options,
            Graded(6, 0, 1, 2, 3, 4), Graded(5, 1, 0, 4, 2, 6), Graded(4, 2, 1, 0, 6, 5), Graded(3, 4, 2, 1, 0, 3)),
        Sample("stv", new SingleTransferableVote(Seats: 2), Options,
            Ranked(8, ["welcome"], ["tools"], ["energy"]), Ranked(5, ["energy"], ["health"]), Ranked(4, ["health"], ["energy"]), Ranked(2, ["tools"], ["health"]), Ranked(1, ["training"])),
        Sample("consent", new Consent(), ["welcome"],
            (new Paper.Consents(), 11), (new Paper.StandsAside(), 2), (new Paper.Objects("Le budget ne couvre pas la seconde année : il manque le poste d’animation."), 2)),
    ];

    public static string Shown(string option) => Names[option];

    private static MethodSample SecondRound()
    {
        var question = new Question(new Plurality(Rounds: 2), Options);
        return new("rounds", question, Counted(question, One("welcome", 8), One("energy", 7), One("health", 5)));
    }

    private static MethodSample Sample(string key, Method method, string[] options, params (Paper Paper, long Count)[] papers)
    {
        var question = new Question(method, options);
        return new(key, question, Counted(question, papers));
    }

    private static MethodOutcome Counted(Question question, params (Paper Paper, long Count)[] papers)
    {
        var count = question.Count();
        foreach (var (paper, number) in papers)
        {
            // One college weighs half: what is shown then says that weights were made whole.
            if (count.Add(new(paper, number, question.Method is Approval ? new Fraction(1, 2) : Fraction.One)) is { } wrong)
                throw new InvalidOperationException(wrong.Code);
        }

        return count.Result(Rules, [new RollGroup(new(24, question.Method is Approval ? 12 : 24), Fraction.One)]);
    }

    private static (Paper, long) One(string option, long count) => (new Paper.Choices([option]), count);

    private static (Paper, long) Chosen(long count, params string[] options) => (new Paper.Choices(options), count);

    private static (Paper, long) Shared(long count, params (string Option, int Points)[] given) =>
        (new Paper.Points([.. given.Select(g => new OptionPoints(g.Option, g.Points))]), count);

    private static (Paper, long) Ranked(long count, params string[][] groups) => (new Paper.Ranking(groups), count);

    private static (Paper, long) Graded(long count, params int[] grades)
    {
        string[] words = ["Excellent", "Très bien", "Bien", "Assez bien", "Passable", "Insuffisant", "À rejeter"];
        return (new Paper.Grades([.. grades.Select((grade, i) => new OptionGrade(Options[i], words[grade]))]), count);
    }
}
