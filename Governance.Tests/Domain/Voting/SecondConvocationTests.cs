using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Voting;
using Xunit;

namespace Governance.Tests.Domain.Voting;

public sealed class SecondConvocationTests
{
    private static readonly Applied<QuorumRule> Ordinary = new("art. 8", QuorumRule.OfMembers(new Fraction(1, 3)));
    private static readonly string[] Agenda = ["accounts", "budget"];

    private static SecondConvocation Judge(SecondConvocationRule rule, int second, params string[] agenda) => SecondConvocation.Judge(
        new("art. 9", rule), Ordinary, new(2024, 3, 1), new(2024, 3, second), Agenda, agenda.Length == 0 ? Agenda : agenda);

    [Fact]
    public void Silence_is_no_waiver()
    {
        var silent = RulesInForce.Defaults.SecondConvocation(BodyKind.GeneralAssembly, DecisionKind.Ordinary);
        var judged = SecondConvocation.Judge(silent, Ordinary, new(2024, 3, 1), new(2024, 3, 30), Agenda, Agenda);

        Assert.Equal((SecondConvocationFault.NotAllowed, Ordinary, (DateOnly?)null), (judged.Fault, judged.Quorum, judged.Earliest));
    }

    [Fact]
    public void The_second_meeting_keeps_its_gap()
    {
        var rule = new SecondConvocationRule(true, 15, true);

        Assert.Equal(SecondConvocationFault.TooSoon, Judge(rule, 15).Fault);
        Assert.Equal(((SecondConvocationFault?)null, 15, (DateOnly?)new DateOnly(2024, 3, 16)), Judge(rule, 16) is var j ? (j.Fault, j.GapDays, j.Earliest) : default);
        Assert.Equal(SecondConvocationFault.TooSoon, Judge(new(true, 0, true), 1).Fault);
    }

    [Fact]
    public void Nothing_joins_the_agenda_where_it_is_to_be_the_same()
    {
        var judged = Judge(new(true, 15, true), 20, "budget", "dissolution");
        Assert.Equal(SecondConvocationFault.OtherAgenda, judged.Fault);
        Assert.Equal(["dissolution"], judged.Added);
        Assert.Null(Judge(new(true, 15, true), 20, "budget").Fault);
        Assert.Null(Judge(new(true, 15, false), 20, "budget", "dissolution").Fault);
    }

    [Fact]
    public void Its_quorum_is_its_own_or_none()
    {
        Assert.Equal(("art. 9", QuorumExtent.None), Judge(new(true, 15, true), 20).Quorum is var q ? (q.Article, q.Content.Extent) : default);
        Assert.Equal(new Fraction(1, 10), Judge(new(true, 15, true, QuorumRule.OfMembers(new Fraction(1, 10))), 20).Quorum.Content.Share);
    }
}
