using Governance.Api.Access;
using Governance.Domain.Kernel;

namespace Governance.Api.Kernel;

/// <summary>The actor has not the right that the use case asks for.</summary>
public sealed record NotPermitted(Permission Permission) : Refusal
{
    public override string Code => "access.not-permitted";
    public override RefusalKind Kind => RefusalKind.Forbidden;
    public override IReadOnlyList<object> Arguments => [Permission];
}

/// <summary>Nothing more is recorded of somebody whose personal data was erased.</summary>
public sealed record PersonErased : Refusal
{
    public override string Code => "person.erased";
}

/// <summary>This host does not hold the secret of the ballot: it was made where this host does not look for it, or destroyed.</summary>
public sealed record BallotSecretNotHere : Refusal
{
    public override string Code => "vote.secret-not-here";
}

/// <summary>Who looks at the past changes nothing there.</summary>
public sealed record PastIsFixed : Refusal
{
    public override string Code => "http.past-is-fixed";
}
