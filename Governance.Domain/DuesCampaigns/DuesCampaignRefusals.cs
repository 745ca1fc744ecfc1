using Governance.Domain.Kernel;

namespace Governance.Domain.DuesCampaigns;

public sealed record DuesCampaignNotFound : Refusal
{
    public override string Code => "dues-campaign.not-found";
    public override RefusalKind Kind => RefusalKind.NotFound;
}

/// <summary>A period has one campaign.</summary>
public sealed record DuesPeriodTaken(string Period) : Refusal
{
    public override string Code => "dues-campaign.period-taken";
    public override IReadOnlyList<object> Arguments => [Period];
}

/// <summary>An identifier names one campaign, on other terms than those asked.</summary>
public sealed record DuesCampaignOpenedOtherwise : Refusal
{
    public override string Code => "dues-campaign.opened-otherwise";
}

public sealed record DuesPeriodEndsBeforeItBegins : Refusal
{
    public override string Code => "dues-campaign.period-order";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>Where something is declared the campaign says what, and elsewhere nothing.</summary>
public sealed record DuesMeasureUnnamed : Refusal
{
    public override string Code => "dues-campaign.measure-name";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>A bracket is by what the campaign has members declare: a range, a category, or nothing.</summary>
public sealed record DuesBracketUnfit(string Name) : Refusal
{
    public override string Code => "dues-campaign.bracket-unfit";
    public override RefusalKind Kind => RefusalKind.Shape;
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>A member could be in two brackets.</summary>
public sealed record DuesBracketsOverlap(string Name, string Other) : Refusal
{
    public override string Code => "dues-campaign.brackets-overlap";
    public override IReadOnlyList<object> Arguments => [Name, Other];
}

public sealed record DuesBracketNotFound(string Name) : Refusal
{
    public override string Code => "dues-campaign.bracket-not-found";
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>Members were called by the brackets as they are.</summary>
public sealed record DuesBracketsInUse(int Members) : Refusal
{
    public override string Code => "dues-campaign.brackets-in-use";
    public override IReadOnlyList<object> Arguments => [Members];
}

/// <summary>A member declares what the campaign asks for, a number of no less than 0 or a category that there is.</summary>
public sealed record DuesBasisUnfit : Refusal
{
    public override string Code => "dues-campaign.basis-unfit";
    public override RefusalKind Kind => RefusalKind.Shape;
}

/// <summary>No bracket is for what a member declares.</summary>
public sealed record DuesBasisInNoBracket : Refusal
{
    public override string Code => "dues-campaign.basis-in-no-bracket";
}

/// <summary>A member was called by what it had declared.</summary>
public sealed record DuesBasisInUse(string Period) : Refusal
{
    public override string Code => "dues-campaign.basis-in-use";
    public override IReadOnlyList<object> Arguments => [Period];
}

public sealed record DuesCampaignWithoutBrackets : Refusal
{
    public override string Code => "dues-campaign.no-brackets";
}

public sealed record DuesCampaignIsClosed(EffectiveTime On) : Refusal
{
    public override string Code => "dues-campaign.closed";
    public override IReadOnlyList<object> Arguments => [On];
}

/// <summary>Of those named nobody owes, or is late.</summary>
public sealed record NobodyToRemind : Refusal
{
    public override string Code => "dues-campaign.nobody-to-remind";
}

/// <summary>Nobody is reminded twice on one day.</summary>
public sealed record RemindedToday : Refusal
{
    public override string Code => "dues-campaign.reminded-today";
}

/// <summary>Nobody represents the members that are to be reminded.</summary>
public sealed record NobodyToWriteTo : Refusal
{
    public override string Code => "dues-campaign.nobody-to-write-to";
}

/// <summary>A reminder is of what a member is called in the campaign.</summary>
public sealed record MemberNotCalled : Refusal
{
    public override string Code => "dues-campaign.member-not-called";
}

internal static class DuesCampaignChecks
{
    /// <summary>Why a campaign is not under way at an instant, where it is not.</summary>
    public static Refusal IsNotOpen(this Timeline<DuesCampaign> campaign, EffectiveTime on) => (campaign.Latest, campaign.At(on)) switch
    {
        (DuesCampaign.Unopened, _) => new DuesCampaignNotFound(),
        (_, DuesCampaign.Closed closed) => new DuesCampaignIsClosed(closed.On),
        _ => BeforeItsBeginning.Of(BegunThing.DuesCampaign, campaign, on),
    };

    /// <summary>What is wrong with a bracket in itself, and beside the others.</summary>
    public static Refusal? Bracket(DuesBracket bracket, DuesMeasure measure, IEnumerable<DuesBracket> others)
    {
        if ((Texts.Name("name", bracket.Name) ?? Texts.Number("amountCents", bracket.AmountCents, 0, Members.CallDues.MostCents) ?? Texts.OptionalName("category", bracket.Category)) is { } wrong)
            return wrong;
        var fits = measure switch
        {
            DuesMeasure.Category => bracket is { Category: not null, From: null, Below: null },
            DuesMeasure.Number => bracket is { Category: null } && !(bracket.From < 0) && !(bracket.Below <= (bracket.From ?? 0)),
            _ => bracket is { Category: null, From: null, Below: null },
        };
        if (!fits)
            return new DuesBracketUnfit(bracket.Name);
        return others.FirstOrDefault(b => b.Name != bracket.Name && b.Overlaps(bracket)) is { } other ? new DuesBracketsOverlap(bracket.Name, other.Name) : null;
    }
}
