using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>Writes a line of the financial report of a year, or another one in the place of the line under the same heading.</summary>
/// <param name="PlannedCents">From 0.</param>
/// <param name="ActualCents">From 0.</param>
public sealed record RecordReportLine(int Year, string Heading, int PlannedCents, int ActualCents, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention)
    {
        if ((Texts.Name("heading", Heading) ?? ConventionChecks.Amount("plannedCents", PlannedCents, 0) ?? ConventionChecks.Amount("actualCents", ActualCents, 0)) is { } wrong)
            return wrong;
        if (convention.At(On) is not Convention.Signed { File: var file })
            return convention.NotSigned(On);
        if (ConventionChecks.Year(file.InForce.Terms, Year) is { } outside)
            return outside;
        return file.Report(Year) switch
        {
            { } report when report.Lines.Contains(new ReportLine(Heading, PlannedCents, ActualCents)) => Decision.NoChange,
            { Filed: { } filed } => new ReportAlreadyFiled(Year, filed),
            // Whatever the day that the line is given: what went to the funder is what it was.
            _ when convention.Filed(Year) is { } filed => new ReportAlreadyFiled(Year, filed),
            _ => convention.Accept(On, new ReportLineRecorded(Year, Heading, PlannedCents, ActualCents)),
        };
    }
}
