using Governance.Domain.Conventions;
using Governance.Domain.Kernel;

namespace Governance.Domain.Roadmaps;

/// <summary>
/// Says which objectives of a convention fund a workstream, in the place of those said before; none at all takes them away. Nothing is funded by what is not
/// signed, nor by an amendment while it is prepared. What an expense uses funds the workstream until that expense is paid or cancelled.
/// </summary>
public sealed record FundWorkstream(ConventionId Convention, IReadOnlyList<ObjectiveId> Objectives, EffectiveTime On)
{
    public Decision Decide(Timeline<Workstream> workstream, Timeline<Convention> convention)
    {
        if (convention.At(On) is not Conventions.Convention.Known { File: var file })
            return convention.Latest is Conventions.Convention.Undrafted ? new ConventionNotFound() : BeforeItsBeginning.Of(BegunThing.Convention, convention, On);
        if (Objectives.Count > 0)
        {
            if (convention.At(On) is not Conventions.Convention.Signed)
                return convention.NotSigned(On);
            if (file.Prepared is { } prepared && Objectives.Any(id => !Has(file.InForce, id) && Has(prepared, id)))
                return new FundedByUnsigned(prepared.Title);
            if (!Objectives.All(id => Has(file.InForce, id)))
                return new ObjectiveNotFound();
        }

        return workstream.At(On) switch
        {
            Workstream.Known w when w.Plan.Funding.GetValueOrDefault(Convention, []).SequenceEqual(Objectives) => Decision.NoChange,
            Workstream.Live => workstream.Funded(workstream.Accept(On, new WorkstreamFunded(Convention, Objectives))),
            _ => workstream.Stands(On),
        };
    }

    private static bool Has(ConventionVersion version, ObjectiveId objective) => version.Terms.Objectives.Exists(o => o.Id == objective);
}
