using Governance.Domain.Kernel;

namespace Governance.Domain.Contributions;

/// <summary>Puts up a subject for a call.</summary>
public sealed record ProposeSubject(ContributionId Contribution, ContributionCallId Call, string Subject, string? Question, EffectiveTime On)
{
    public Decision Decide(Timeline<Contribution> contribution, Timeline<ContributionCall> call)
    {
        if ((Texts.Name("subject", Subject) ?? Texts.OptionalText("question", Question)) is { } wrong)
            return wrong;
        var proposed = new SubjectProposed(Contribution, Call, Subject, Question);
        return contribution.Latest switch
        {
            Contributions.Contribution.Known when contribution.Recorded.Any(e => e.On == On && proposed.Equals(e.Event)) => Decision.NoChange,
            Contributions.Contribution.Known c => new SubjectAlreadyProposed(c.Subject),
            _ when call.At(On) is ContributionCall.Made => contribution.Accept(On, proposed),
            _ when call.Latest is ContributionCall.Made => BeforeItsBeginning.Of(BegunThing.ContributionCall, call, On),
            _ => new ContributionCallNotFound(),
        };
    }
}
