using Governance.Domain.Kernel;

namespace Governance.Domain.Voting;

/// <summary>Each elector approves as many options as wished; those with most approvals have the seats.</summary>
public sealed record Approval(int Seats = 1) : Method
{
    internal override Refusal? Fault() => SeatsFault(Seats);

    internal override MethodCount Start(Question question) => new ApprovalCount(question, this);
}

internal sealed class ApprovalCount(Question question, Approval method) : MethodCount(question)
{
    internal override Votes NewVotes() => new ChosenVotes(Places, Standing.Count);

    internal override Judged Judge(Votings votings)
    {
        var totals = OptionTotals.Sum(votings, Standing.Count);
        votings.Steps.Add(new ApprovalsCounted(votings.Rules.Article, ByVotes(totals), new(votings.Expressed, 1)));
        return Seat(GroupsOf(totals), method.Seats, votings.Rules, votings.Steps);
    }
}
