using Governance.Domain.Documents;
using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <summary>The report of a year went to the funder, on the day given.</summary>
/// <param name="Document">The report as it went.</param>
public sealed record FileReport(int Year, DocumentId Document, EffectiveTime On)
{
    public Decision Decide(Timeline<Convention> convention, Timeline<Document> document, TimeZoneInfo zone)
    {
        if (convention.At(On) is not Convention.Signed { File: var file })
            return convention.NotSigned(On);
        if (ConventionChecks.Year(file.InForce.Terms, Year) is { } outside)
            return outside;
        if (LocalTime.LastDayOf(On, zone).Year <= Year)
            return new ReportOfAYearThatRuns(Year);
        return file.Report(Year) switch
        {
            { Filed: { } filed } report => filed == On && report.Document == Document ? Decision.NoChange : new ReportAlreadyFiled(Year, filed),
            null => new ReportWithoutLines(Year),
            _ when document.Latest is not Documents.Document.Kept => new DocumentNotKeptHere(),
            _ => convention.Accept(On, new ReportFiled(Year, Document)),
        };
    }
}
