using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Associations;

/// <summary>The association exists. Stream <c>association</c>.</summary>
/// <param name="Slug">Its address in this installation: lower-case letters, digits and hyphens; never changes.</param>
/// <param name="Seat">The registered office (siège), as the statutes say it.</param>
/// <param name="TimeZone">IANA name such as <c>Europe/Paris</c>: what a day is.</param>
public sealed record AssociationFounded(
    AssociationId Association, string Slug, string Name, string ShortName, string Purpose, string Seat, string TimeZone) : IEvent;

public sealed record AssociationRenamed(string Name, string ShortName, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Statutes;
}

public sealed record PurposeChanged(string Purpose, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Statutes;
}

public sealed record SeatMoved(string Seat, DecisionReference? Decision = null) : IDecided;

/// <summary>The same association under a new name, purpose and statutes, by an extraordinary general assembly.</summary>
/// <param name="Statutes">The version of the statutes adopted with it.</param>
public sealed record AssociationTransformed(
    string Name, string ShortName, string Purpose, StatutesVersionId Statutes, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Statutes;
}

public sealed record AssociationDissolved(string Reason, DecisionReference? Decision = null) : IDecided
{
    DecisionKind? IDecided.Decides => DecisionKind.Dissolution;

    bool IDecided.NeedsDecision => true;
}

/// <summary>A change was declared to the prefecture; effective on the day of filing.</summary>
/// <param name="Due">The event that made it due.</param>
/// <param name="Reference">How the filing is known: number of the online procedure, registered letter.</param>
public sealed record DeclarationFiled(EventId Due, string Reference) : IEvent;

/// <summary>The prefecture gave its receipt (récépissé).</summary>
/// <param name="Due">The event whose declaration it acknowledges.</param>
public sealed record DeclarationReceiptRecorded(EventId Due, string Receipt) : IEvent;

public static class AssociationEvents
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(AssociationFounded), typeof(AssociationRenamed), typeof(PurposeChanged), typeof(SeatMoved),
        typeof(AssociationTransformed), typeof(AssociationDissolved), typeof(DeclarationFiled), typeof(DeclarationReceiptRecorded),
    ];
}
