using Governance.Api.Access;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Api.Members;
using Governance.Api.Minutes;
using Governance.Domain.Conventions;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Projections;
using Governance.Projections.Runtime;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Conventions;

/// <summary>The report of one year, in words: what the page, the PDF and the funder read.</summary>
/// <param name="Doors">By passage: the page of the events that it comes from.</param>
/// <param name="Notes">What has to be known before reading.</param>
/// <param name="Footing">Up to where the register was read.</param>
public sealed record ConventionReport(
    ConventionView View, int Year, WordedDocument Words, IReadOnlyDictionary<string, string> Doors, IReadOnlyList<string> Notes, string Footing)
{
    /// <summary>What was recorded of the year so far; null when nothing was.</summary>
    public YearlyReport? Report => View.File.Report(Year);
}

/// <summary>Writes the reports of conventions from what is recorded.</summary>
public sealed class ConventionReports(ReadDatabase reads, MemberNames names, IStringLocalizer<ConventionText> t)
{
    // More than any convention has: whether one of its events is of the sample is asked of them all.
    private const int MostEvents = 2_000;

    /// <summary>Null when there is no such convention, or it does not cover the year.</summary>
    public async ValueTask<ConventionReport?> FindAsync(RequestScope scope, ConventionId id, int year, CancellationToken ct)
    {
        if (await ConventionView.FindAsync(scope, reads, id, ct) is not { } view || !view.Terms.Covers(year) || view.Convention.Stage == Projections.Conventions.Stage.Draft)
            return null;
        var deliveries = view.Deliveries.Select(d => d.Delivery).Where(d => d.CarriedOut is not null && view.Day(d).Year == year).ToList();
        var load = ConventionProgress.Load(deliveries, []);
        var called = await names.OfAsync(view.View, load.Select(c => c.Centre), ct);
        string Called(MemberId centre) => called[centre].Name ?? t["SomeCentre"].Value;

        var (slug, association) = (scope.Association.Slug, scope.Association.Name);
        var all = $"/{slug}/history?thing=convention&touching={id}";
        var programme = $"/{slug}/conventions/{id}/programme?year={year}";
        var sections = new List<WordedSection>
        {
            Section("parties", t["Report.Parties"], Parties(view, association)),
            Section("money", t["Report.Money"], Money(view, year)),
            Section("tranches", t["Tranches"], Tranches(view, year)),
            Section("indicators", t["Report.Indicators"], Indicators(view, year)),
            Section("deliveries", t["Deliveries"], Deliveries(view, deliveries, Called)),
        };
        if (load.Count > 0)
            sections.Add(Section("centres", t["Report.Centres"], Centres(load, Called)));
        sections.Add(Section("evaluation", t["Evaluation"], Evaluation(view)));

        var events = await AuditHistory.PageAsync(view.View, new AuditHistory.Filter([id.Value]), AuditHistory.Order.Recorded, null, MostEvents, ct);
        List<string> notes = [];
        if (view.File.Report(year) is not { Filed: not null })
            notes.Add(t["Report.Note.Draft"]);
        if (events.Entries.Any(e => e.Illustrative))
            notes.Add(t["Report.Note.Illustrative"]);
        return new(
            view, year, new WordedDocument(t["Report.Title", ConventionWords.Year(year)], view.Convention.Title, sections),
            new Dictionary<string, string>
            {
                ["parties"] = all,
                ["money"] = all,
                ["tranches"] = all,
                ["indicators"] = programme,
                ["deliveries"] = programme,
                ["centres"] = programme,
                ["evaluation"] = all,
            },
            notes, t["Report.Footing", CountWording.Number(view.View.AsOf.Position)]);
    }

    private static WordedSection Section(string key, string title, IReadOnlyList<WordedBlock> blocks) =>
        new(MinutesPart.Item, key, title, [new WordedPassage(key, [], blocks, [], [], MayBeReplaced: false)]);

    private IReadOnlyList<WordedBlock> Parties(ConventionView view, string association)
    {
        var blocks = new List<WordedBlock>
        {
            new WordedBlock.Paragraph(view.File.Beneficiary is { } beneficiary
                ? t["Report.Between.For", association, view.File.Funder, beneficiary, ConventionWords.Days(view.Terms), MoneyWording.Euros(view.Terms.Cents)]
                : t["Report.Between", association, view.File.Funder, ConventionWords.Days(view.Terms), MoneyWording.Euros(view.Terms.Cents)]),
        };
        var signed = view.File.Versions.Where(v => v.Signed is not null).ToList();
        if (signed.Count > 0)
        {
            blocks.Add(new WordedBlock.Numbered([.. signed.Select(v =>
                $"{(v.Number == 0 ? t["Version.First"].Value : v.Title)}, {t["Version.Signed", DateWording.When(v.Signed!.Value, view.Zone)]}")]));
        }

        return blocks;
    }

    private IReadOnlyList<WordedBlock> Money(ConventionView view, int year)
    {
        if (view.File.Report(year) is not { Lines: { IsEmpty: false } lines })
            return [new WordedBlock.Paragraph(t["Report.Money.None"])];
        var sum = PlannedAndActual.Sum(lines);
        return
        [
            new WordedBlock.Table(
                t["Report.Money.Caption", ConventionWords.Year(year)], [t["Heading"], t["Planned"], t["Actual"], t["Difference"], t["Rate"]],
                [
                    .. lines.Select(l => Row(l.Heading, new(l.Planned, l.Actual))),
                    Row(t["Total"], sum),
                ],
                Figures: 1),
        ];

        static IReadOnlyList<string> Row(string heading, PlannedAndActual figures) =>
        [
            heading, MoneyWording.Euros(figures.Planned), MoneyWording.Euros(figures.Actual), MoneyWording.Euros(figures.Difference), ConventionWords.Percent(figures.Rate),
        ];
    }

    private IReadOnlyList<WordedBlock> Tranches(ConventionView view, int year) => view.Terms.Tranches.IsEmpty
        ? [new WordedBlock.Paragraph(t["Tranches.None"])]
        :
        [
            new WordedBlock.Table(
                t["Tranches"], [t["Tranche"], t["Expected"], t["Agreed"], t["Report.ReceivedIn", ConventionWords.Year(year)], t["Report.ReceivedBy", ConventionWords.Year(year)]],
                [
                    .. view.Terms.Tranches.Select(tranche =>
                    {
                        var receipts = view.File.Receipts.Where(r => r.Tranche == tranche.Id).Select(r => (LocalTime.DayOf(r.On.Instant, view.Zone).Year, r.Cents)).ToList();
                        return (IReadOnlyList<string>)
                        [
                            tranche.Title, DateWording.Known(tranche.Expected, view.Zone), MoneyWording.Euros(tranche.Cents),
                            MoneyWording.Euros(receipts.Where(r => r.Year == year).Sum(r => (long)r.Cents)),
                            MoneyWording.Euros(receipts.Where(r => r.Year <= year).Sum(r => (long)r.Cents)),
                        ];
                    }),
                ],
                Figures: 2),
        ];

    private IReadOnlyList<WordedBlock> Indicators(ConventionView view, int year)
    {
        var progress = view.Progress(year).ToLookup(p => p.Indicator.Objective);
        return
        [
            .. view.Terms.Objectives.GroupBy(o => o.Domain).SelectMany(domain => (IEnumerable<WordedBlock>)
            [
                .. domain.Select(objective => new WordedBlock.Paragraph(t["Report.Commitment", domain.Key, objective.Commitment])),
                .. domain.SelectMany(objective => progress[objective.Id]).ToList() is { Count: > 0 } rows
                    ?
                    [
                        new WordedBlock.Table(
                            t["Indicators.Of", domain.Key, ConventionWords.Year(year)], [t["Indicator"], t["Target"], t["Delivered"], t["Rate"]],
                            [
                                .. rows.Select(p => (IReadOnlyList<string>)
                                [
                                    p.Indicator.Name, p.Target is { } target ? CountWording.Number(target) : "–", CountWording.Number(p.Delivered),
                                    ConventionWords.Percent(p.Target is { } of and > 0 ? new Fraction(p.Delivered, of) : null),
                                ]),
                            ],
                            Figures: 1),
                    ]
                    : Array.Empty<WordedBlock>(),
            ]),
        ];
    }

    private IReadOnlyList<WordedBlock> Deliveries(ConventionView view, IReadOnlyList<Delivery> deliveries, Func<MemberId, string> called) => deliveries.Count == 0
        ? [new WordedBlock.Paragraph(t["Report.Deliveries.None"])]
        :
        [
            .. deliveries.GroupBy(d => d.Kind).OrderBy(kind => kind.Key).Select(kind => new WordedBlock.Table(
                t["Report.Kind", Wording.Name(kind.Key), CountWording.Number(kind.Count())], [t["Day"], t["Field.Title"], t["Centres"], t["Participants.Column"]],
                [
                    .. kind.Select(d => (IReadOnlyList<string>)
                    [
                        DateWording.Known(d.CarriedOut!.Value, view.Zone), d.Title, string.Join(", ", d.Centres.Select(c => c.Centre).Distinct().Select(called)),
                        d.Participants is { } people ? CountWording.Number(people) : "–",
                    ]),
                ],
                Figures: 3)),
        ];

    private IReadOnlyList<WordedBlock> Centres(IReadOnlyList<CentreLoad> load, Func<MemberId, string> called) =>
    [
        new WordedBlock.Table(
            t["Report.Centres"], [t["Centre"], t["Load.Value"], t["Load.Exact"], t["Load.Percent"]],
            [
                .. load.OrderByDescending(c => c.Count).ThenBy(c => called(c.Centre), StringComparer.CurrentCulture).Select(c => (IReadOnlyList<string>)
                    [called(c.Centre), CountWording.Number(c.Count), c.Share.ToString(), ConventionWords.Percent(c.Share)]),
            ],
            Figures: 1),
    ];

    private IReadOnlyList<WordedBlock> Evaluation(ConventionView view) => view.File.Evaluation is { } evaluation
        ? [new WordedBlock.Paragraph($"{t["Evaluation.On", DateWording.When(evaluation.On, view.Zone)]} {evaluation.Conclusion}")]
        : [new WordedBlock.Paragraph(t["Evaluation.None"])];
}

public static class ConventionReportEndpoints
{
    /// <summary>The report of a year as PDF, ready to be sent to the funder.</summary>
    public static void MapConventionReport(this IEndpointRouteBuilder api) =>
        api.MapRead("/conventions/{convention:guid}/report.pdf", async (
                HttpContext http, Guid convention, int year, RequestScope scope, ConventionReports reports, PrintedHtml printed, PdfJobs jobs, CancellationToken ct) =>
                await PdfEndpoints.AnswerAsync(
                    http, scope, jobs,
                    await reports.FindAsync(scope, ConventionId.Of(convention), year, ct) is { } report ? await printed.RenderAsync(report.Words, report.Notes, report.Footing) : null,
                    $"report-{year}.pdf", ct))
            .RequirePermission(Permission.ReadRegister)
            .WithName("ReadConventionReportPdf")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .Produces<PdfProgress>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 401, 403, 404, 503);
}
