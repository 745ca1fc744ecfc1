namespace Governance.Domain.Voting;

/// <summary>What a decision is about, as far as the rules of the statutes tell decisions apart.</summary>
public enum DecisionKind
{
    Ordinary,
    Extraordinary,
    Election,
    RoadmapItem,
    Admission,
    Exclusion,
    Accounts,
    Budget,
    Dues,
    Convention,
    Contribution,
    InternalRules,
    Statutes,
    Dissolution,
}
