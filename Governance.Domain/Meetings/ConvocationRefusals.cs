using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>What goes out again by e-mail went out by e-mail.</summary>
public sealed record NotConvenedByEmail : Refusal
{
    public override string Code => "convocation.not-by-email";
}

/// <summary>The convocation does not go to this person.</summary>
public sealed record NotConvoked : Refusal
{
    public override string Code => "convocation.not-convoked";
}

/// <summary>There is nobody whom the convocation did not reach.</summary>
public sealed record NobodyToSendAgain : Refusal
{
    public override string Code => "convocation.nobody-to-send-again";
}
