using Governance.Domain.Colleges;
using Governance.Domain.Mandates;
using Governance.Domain.People;

namespace Governance.Domain.Kernel;

public sealed partial class EventCatalogue
{
    /// <summary>Every event of every area.</summary>
    public static EventCatalogue All { get; } = new(
    [
        typeof(FactRetracted),
        .. PersonEvents.Types,
        .. MandateEvents.Types,
        .. CollegeEvents.Types,
    ]);
}
