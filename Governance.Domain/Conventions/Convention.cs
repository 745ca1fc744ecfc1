using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Governance.Domain.Kernel;

namespace Governance.Domain.Conventions;

/// <param name="Domain">The domain of the convention that it belongs to, in the convention's words.</param>
/// <param name="Commitment">What is committed to.</param>
public sealed record ConventionObjective(ObjectiveId Id, string Domain, string Commitment);

/// <param name="Counts">The deliveries that count towards it.</param>
/// <param name="Targets">How many in each year; a year that is not there has no target.</param>
public sealed record ConventionIndicator(
    IndicatorId Id, ObjectiveId Objective, string Name, DeliveryKind Counts, ImmutableSortedDictionary<int, int> Targets);

/// <param name="Cents">What is foreseen.</param>
/// <param name="Expected">To be paid by the end of this period.</param>
public sealed record Tranche(TrancheId Id, string Title, int Cents, EffectiveTime Expected);

/// <summary>What one version of a convention says.</summary>
/// <param name="LastDay">The last day it covers.</param>
/// <param name="Cents">All that is agreed.</param>
public sealed record ConventionTerms(
    DateOnly FirstDay, DateOnly LastDay, int Cents, ImmutableList<ConventionObjective> Objectives, ImmutableList<ConventionIndicator> Indicators,
    ImmutableList<Tranche> Tranches)
{
    /// <summary>The calendar years that it touches, in order.</summary>
    [JsonIgnore]
    public IEnumerable<int> Years => Enumerable.Range(FirstDay.Year, LastDay.Year - FirstDay.Year + 1);

    public bool Covers(int year) => year >= FirstDay.Year && year <= LastDay.Year;

    public bool Covers(DateOnly day) => day >= FirstDay && day <= LastDay;

    public ConventionIndicator? Find(IndicatorId indicator) => Indicators.Find(i => i.Id == indicator);

    public Tranche? Find(TrancheId tranche) => Tranches.Find(t => t.Id == tranche);
}

/// <summary>The convention as it was signed, or one of its amendments.</summary>
/// <param name="Number">0 of the convention itself, from 1 on of its amendments.</param>
/// <param name="Amendment">Null of the convention itself.</param>
/// <param name="Signed">From when it holds; null while it is prepared.</param>
/// <param name="Decision">The ballot behind the signature.</param>
public sealed record ConventionVersion(
    int Number, string Title, ConventionTerms Terms, AmendmentId? Amendment = null, string? Reason = null, EffectiveTime? Signed = null, BallotId? Decision = null);

public sealed record TrancheReceipt(TrancheId Tranche, int Cents, EffectiveTime On);

/// <summary>A heading of a financial report, in whole cents.</summary>
public sealed record ReportLine(string Heading, int Planned, int Actual);

/// <param name="Filed">When it went to the funder; null while it is prepared.</param>
public sealed record YearlyReport(int Year, ImmutableList<ReportLine> Lines, EffectiveTime? Filed = null, DocumentId? Document = null);

public sealed record ConventionEvaluation(string Conclusion, EffectiveTime On, DocumentId? Document = null);

/// <summary>All that is known of a convention, whatever its stage.</summary>
/// <param name="Versions">In order; the last one may still be prepared.</param>
public sealed record ConventionFile(
    ConventionId Id, string Title, string Funder, ImmutableList<ConventionVersion> Versions, ImmutableList<TrancheReceipt> Receipts,
    ImmutableList<YearlyReport> Reports, string? Beneficiary = null, ConventionEvaluation? Evaluation = null)
{
    /// <summary>What holds: the last version signed; before any is, what is prepared.</summary>
    [JsonIgnore]
    public ConventionVersion InForce => Versions.FindLast(v => v.Signed is not null) ?? Versions[0];

    /// <summary>The version in preparation; null when there is none.</summary>
    [JsonIgnore]
    public ConventionVersion? Prepared => Versions[^1] is { Signed: null } prepared ? prepared : null;

    public YearlyReport? Report(int year) => Reports.Find(r => r.Year == year);

    /// <summary>Whole cents of a tranche that came in.</summary>
    public long Received(TrancheId tranche) => Receipts.Where(r => r.Tranche == tranche).Sum(r => (long)r.Cents);
}

public abstract record Convention : IState<Convention>
{
    private Convention() { }

    public sealed record Undrafted : Convention;

    /// <summary>Any convention that was drafted.</summary>
    public abstract record Known(ConventionFile File) : Convention;

    public sealed record Draft(ConventionFile File) : Known(File);

    public sealed record Signed(ConventionFile File) : Known(File);

    public sealed record Ended(ConventionFile File, EffectiveTime On, string? Reason) : Known(File);

    public static Convention Initial { get; } = new Undrafted();

    public static StreamId Stream(ConventionId id) => new($"convention:{id}");

    public Convention Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Undrafted, ConventionDrafted e) => new Draft(new ConventionFile(
            e.Convention, e.Title, e.Funder,
            [new ConventionVersion(0, e.Title, new ConventionTerms(e.FirstDay, e.LastDay, e.AmountCents, [], [], []))], [], [], e.Beneficiary)),
        (Draft or Signed, _) when this is Known { File.Prepared: { } prepared } known && Revised(prepared.Terms, @event) is { } terms
            => known with { File = known.File with { Versions = known.File.Versions.Replace(prepared, prepared with { Terms = terms }) } },
        (Draft c, ConventionSigned e) => new Signed(Sign(c.File, on, e.Decision)),
        (Signed { File.Prepared: null } c, AmendmentDrafted e) => c with
        {
            File = c.File with { Versions = c.File.Versions.Add(new ConventionVersion(c.File.Versions.Count, e.Title, c.File.InForce.Terms, e.Amendment, e.Reason)) },
        },
        (Signed { File.Prepared: { } prepared } c, AmendmentSigned e) when prepared.Amendment == e.Amendment => c with { File = Sign(c.File, on, e.Decision) },
        (Signed c, TrancheReceived e) => c with { File = c.File with { Receipts = c.File.Receipts.Add(new TrancheReceipt(e.Tranche, e.AmountCents, on)) } },
        (Signed c, ReportLineRecorded e) when c.File.Report(e.Year) is not { Filed: not null } => c with { File = Line(c.File, e) },
        (Signed c, ReportFiled e) when c.File.Report(e.Year) is { Filed: null } report
            => c with { File = c.File with { Reports = c.File.Reports.Replace(report, report with { Filed = on, Document = e.Document }) } },
        (Signed c, ConventionEvaluated e) => c with { File = c.File with { Evaluation = new ConventionEvaluation(e.Conclusion, on, e.Document) } },
        (Signed c, ConventionEnded e) => new Ended(c.File, on, e.Reason),
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };

    // What an event makes of the terms in preparation; null when it is no event of terms, or does not fit into them.
    private static ConventionTerms? Revised(ConventionTerms terms, IEvent @event) => @event switch
    {
        ConventionTermsSet e => terms with { FirstDay = e.FirstDay, LastDay = e.LastDay, Cents = e.AmountCents },
        ObjectiveAdded e when terms.Objectives.TrueForAll(o => o.Id != e.Objective)
            => terms with { Objectives = terms.Objectives.Add(new ConventionObjective(e.Objective, e.Domain, e.Commitment)) },
        IndicatorAdded e when terms.Find(e.Indicator) is null && terms.Objectives.Exists(o => o.Id == e.Objective) => terms with
        {
            Indicators = terms.Indicators.Add(new ConventionIndicator(e.Indicator, e.Objective, e.Name, e.Counts, ImmutableSortedDictionary<int, int>.Empty)),
        },
        TargetSet e when terms.Find(e.Indicator) is { } indicator
            => terms with { Indicators = terms.Indicators.Replace(indicator, indicator with { Targets = indicator.Targets.SetItem(e.Year, e.Target) }) },
        TrancheAgreed e => terms with { Tranches = Agree(terms.Tranches, new Tranche(e.Tranche, e.Title, e.AmountCents, e.Expected)) },
        _ => null,
    };

    private static ImmutableList<Tranche> Agree(ImmutableList<Tranche> tranches, Tranche agreed) =>
        tranches.Find(t => t.Id == agreed.Id) is { } before ? tranches.Replace(before, agreed) : tranches.Add(agreed);

    private static ConventionFile Sign(ConventionFile file, EffectiveTime on, DecisionReference? decision) =>
        file with { Versions = file.Versions.SetItem(file.Versions.Count - 1, file.Versions[^1] with { Signed = on, Decision = decision?.Ballot }) };

    private static ConventionFile Line(ConventionFile file, ReportLineRecorded e)
    {
        var line = new ReportLine(e.Heading, e.PlannedCents, e.ActualCents);
        if (file.Report(e.Year) is not { } report)
            return file with { Reports = file.Reports.Add(new YearlyReport(e.Year, [line])).Sort((a, b) => a.Year.CompareTo(b.Year)) };
        var lines = report.Lines.Find(l => l.Heading == e.Heading) is { } before ? report.Lines.Replace(before, line) : report.Lines.Add(line);
        return file with { Reports = file.Reports.Replace(report, report with { Lines = lines }) };
    }
}
