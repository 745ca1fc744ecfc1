namespace Governance.Api.Face.Components;

/// <summary>Kinds of state that have a shape of their own. The usual word of each is <c>State.*</c> in Text.resx.</summary>
public enum StateKind
{
    Draft, Planned, Open, Closed, Adopted, Rejected, Tied, InForce, Ended, Suspended, Cancelled, Late, Done, Valid, Invalid,
}
