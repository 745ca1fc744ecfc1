using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Contributions;

/// <summary>A funder calls for collective papers of a year. Stream <c>contribution-call:{id}</c>.</summary>
/// <param name="Text">What the call asks for.</param>
public sealed record ContributionsCalled(ContributionCallId Call, string Funder, int Year, string? Text = null) : IEvent;

/// <summary>A subject is put up for a call. Stream <c>contribution:{id}</c>.</summary>
/// <param name="Question">What it is to find out.</param>
public sealed record SubjectProposed(ContributionId Contribution, ContributionCallId Call, string Subject, string? Question = null) : IEvent;

public sealed record SubjectDiscussed(string Summary) : IEvent;

/// <summary>The subject is retained, collectively.</summary>
public sealed record SubjectValidated(DecisionReference Decision) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Contribution;
}

/// <summary>The subject is not worked on, or not any more.</summary>
public sealed record ContributionSetAside(string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Contribution;

    bool IDecided.MayRestOnRejection => true;
}

/// <summary>What a centre sees on its territory; another of the same centre stands in its place.</summary>
public sealed record ObservationCollected(MemberId Centre, string Observation) : IEvent;

/// <summary>What the observations say, read across each other.</summary>
public sealed record ObservationsAnalysed(string Findings) : IEvent;

/// <summary>The network debated what is learnt.</summary>
public sealed record TeachingsDebated(string Teachings) : IEvent;

/// <param name="To">To whom of the funder, in words.</param>
public sealed record ContributionPresented(string To) : IEvent;

/// <param name="Reference">Where it can be read.</param>
/// <param name="Document">The paper, as it is kept here.</param>
public sealed record ContributionPublished(string? Reference = null, DocumentId? Document = null) : IEvent;

public static class ContributionEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(SubjectProposed), typeof(SubjectDiscussed), typeof(SubjectValidated), typeof(ContributionSetAside), typeof(ObservationCollected),
        typeof(ObservationsAnalysed), typeof(TeachingsDebated), typeof(ContributionPresented), typeof(ContributionPublished),
    ];

    /// <summary>Those of the calls.</summary>
    public static IReadOnlyList<Type> OfCalls { get; } = [typeof(ContributionsCalled)];
}
