using Governance.Api.Voting;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Api.Voting;

/// <summary>What fields of a form say, and how a paper is said again by fields.</summary>
public sealed class PaperFormTests
{
    private static readonly string[] Options = ["a", "b", "c", "d"];

    private static readonly MajorityJudgment Judgment = new(["Bien", "Passable", "Mal"]);

    public static TheoryData<string> Papers => [.. Samples.Keys];

    private static readonly Dictionary<string, (Method Method, Paper Paper, string Words)> Samples = new(StringComparer.Ordinal)
    {
        ["one"] = (new Plurality(), new Paper.Choices(["b"]), "B"),
        ["several"] = (new Plurality(Seats: 2), new Paper.Choices(["a", "c"]), "A ; C"),
        ["approval"] = (new Approval(), new Paper.Choices(["a", "b", "d"]), "A ; B ; D"),
        ["schulze"] = (new Schulze(), new Paper.Ranking([["c"], ["a", "b"]]), "1. C ; 2. A et B, à égalité ; Hors classement : D"),
        ["stv"] = (new SingleTransferableVote(Seats: 2), new Paper.Ranking([["d"], ["a"]]), "1. D ; 2. A ; Hors classement : B et C"),
        ["judgment"] = (Judgment, new Paper.Grades([new("a", "Mal"), new("b", "Bien")]), "A : Mal ; B : Bien ; Sans mention, donc « Mal » : C et D"),
        ["points"] = (new Points(10), new Paper.Points([new("a", 3), new("d", 7)]), "A : 3 ; D : 7"),
        ["consents"] = (new Consent(), new Paper.Consents(), "Je consens"),
        ["objects"] = (new Consent(), new Paper.Objects("Trop cher."), "Objection : Trop cher."),
        ["stands aside"] = (new Consent(), new Paper.StandsAside(), "Je me tiens à l’écart"),
        ["abstains"] = (new Schulze(), new Paper.Abstains(), "Abstention"),
        ["blank"] = (new Points(10), new Paper.Blank(), "Bulletin blanc"),
        ["null"] = (new Approval(), new Paper.Null(), "Bulletin nul"),
    };

    [Theory]
    [MemberData(nameof(Papers))]
    public void A_paper_written_into_a_form_is_read_back_and_packs_the_same(string sample)
    {
        var (method, paper, words) = Samples[sample];
        var question = Of(method);
        var read = Read(question, PaperForm.Values(paper, "p", question), keyed: true);
        Assert.Empty(read.Errors);
        var packing = new PackedPaper(question);
        Assert.Null(packing.TryPack(paper, out var before));
        Assert.Null(packing.TryPack(read.Paper!, out var after));
        Assert.Equal(before, after);
        using var _ = new Speaking("fr-FR");
        Assert.Equal(words, string.Join(" ; ", PaperWords.Lines(read.Paper!, question, Shown, new MethodTexts<MethodText>())).Replace('\u00a0', ' '));
    }

    [Fact]
    public void Every_kind_of_paper_is_read_back() => Assert.Equal(
        typeof(Paper).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(Paper))).OrderBy(t => t.Name),
        Samples.Values.Select(s => s.Paper.GetType()).Distinct().OrderBy(t => t.Name));

    [Theory]
    [MemberData(nameof(Papers))]
    public void An_empty_form_says_nothing_and_nothing_is_wrong_with_it(string sample)
    {
        var read = Read(Of(Samples[sample].Method), new Dictionary<string, string> { ["p.say"] = PaperForm.Marks, ["p.0"] = "" });
        Assert.Null(read.Paper);
        Assert.Empty(read.Errors);
    }

    [Fact]
    public void Whoever_says_to_abstain_abstains_whatever_is_marked()
    {
        var read = Read(Of(Judgment), new Dictionary<string, string> { ["p.say"] = "abstains", ["p.0"] = "1" });
        Assert.IsType<Paper.Abstains>(read.Paper);
    }

    [Fact]
    public void Too_many_choices_are_refused_beside_the_paper()
    {
        var error = Wrong(new Plurality(Seats: 2), ("p.0", "on"), ("p.1", "on"), ("p.2", "on"));
        Assert.Equal("p", error.Field);
        Assert.Contains("2 au plus", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_do_not_add_up_are_refused_beside_the_paper()
    {
        var error = Wrong(new Points(10), ("p.0", "3"), ("p.1", "4"));
        Assert.Equal("p", error.Field);
        Assert.Contains("7 points", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onze")]
    [InlineData("-1")]
    [InlineData("11")]
    [InlineData("3,5")]
    public void Points_that_are_no_whole_number_in_bounds_are_refused_beside_their_option(string typed) =>
        Assert.Equal("p.1", Wrong(new Points(10), ("p.0", "3"), ("p.1", typed)).Field);

    [Theory]
    [InlineData("premier")]
    [InlineData("0")]
    [InlineData("5")]
    public void A_rank_that_is_none_is_refused_beside_its_option(string typed) => Assert.Equal("p.2", Wrong(new Schulze(), ("p.2", typed)).Field);

    [Fact]
    public void Equal_ranks_where_the_method_has_none_are_refused_beside_the_second_option_by_their_names()
    {
        var error = Wrong(new SingleTransferableVote(), ("p.0", "1"), ("p.3", "1"));
        Assert.Equal("p.3", error.Field);
        Assert.Contains("« A » et « D »", error.Message.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Ranks_may_leave_gaps()
    {
        var read = Read(Of(new Schulze()), new Dictionary<string, string> { ["p.0"] = "4", ["p.2"] = "2" });
        Assert.Equal([["c"], ["a"]], Assert.IsType<Paper.Ranking>(read.Paper).Groups);
    }

    [Fact]
    public void An_objection_without_a_reason_is_refused_beside_the_reason() => Assert.Equal("p.reason", Wrong(new Consent(), ("p.say", "objects"), ("p.reason", "  ")).Field);

    [Fact]
    public void Options_withdrawn_are_not_on_the_paper()
    {
        var question = Of(new Approval()) with { Withdrawn = ["b"] };
        Assert.Equal([0, 2, 3], PaperForm.Standing(question).Select(o => o.Place));
        Assert.Null(Read(question, new Dictionary<string, string> { ["p.1"] = "on" }).Paper);
    }

    private static Question Of(Method method) => new(method, method is Consent ? ["a"] : Options);

    private static string Shown(string option) => option.ToUpperInvariant();

    private static PaperRead Read(Question question, IReadOnlyDictionary<string, string> values, bool keyed = false)
    {
        using var _ = new Speaking("fr-FR");
        return PaperForm.Read(values, "p", question, Shown, new MethodTexts<MethodText>(), keyed);
    }

    private static Governance.Api.Face.Components.FieldError Wrong(Method method, params (string Field, string Value)[] values)
    {
        var read = Read(Of(method), values.ToDictionary(v => v.Field, v => v.Value));
        Assert.Null(read.Paper);
        return Assert.Single(read.Errors);
    }
}
