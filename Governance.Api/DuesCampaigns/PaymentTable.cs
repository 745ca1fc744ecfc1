using System.Globalization;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Microsoft.Extensions.Localization;

namespace Governance.Api.DuesCampaigns;

/// <summary>What is wrong with a table of payments, at one place.</summary>
/// <param name="Line">From 1, that of the headings.</param>
public sealed record TableFault(int Line, string Column, string Sentence);

/// <summary>A table of payments as a spreadsheet or a bank gives it: member, date, amount, means, reference; headings in French or English, in any order.</summary>
public static class PaymentTable
{
    private static readonly Dictionary<string, string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["membre"] = "member",
        ["member"] = "member",
        ["date"] = "date",
        ["payé le"] = "date",
        ["paid on"] = "date",
        ["montant"] = "amount",
        ["amount"] = "amount",
        ["moyen"] = "means",
        ["means"] = "means",
        ["référence"] = "reference",
        ["reference"] = "reference",
    };

    private static readonly string[] Needed = ["member", "date", "amount", "reference"];

    /// <summary>The lines of a table, and everything that is wrong with their form; the lines count for nothing when there is.</summary>
    /// <param name="members">Those that can be named, by name or id.</param>
    public static (IReadOnlyList<DuesPaymentLine> Lines, IReadOnlyList<TableFault> Faults) Read(
        string text, IReadOnlyList<(MemberId Id, string? Name)> members, TimeZoneInfo zone, IStringLocalizer<DuesText> t)
    {
        var rows = Csv.Read(text);
        if (rows.Count < 2)
            return ([], [new(1, "", t["Table.Empty"])]);
        var columns = rows[0].Cells.Select(c => Headings.GetValueOrDefault(c.Trim())).ToList();
        if (Needed.Where(n => !columns.Contains(n)).ToList() is { Count: > 0 } missing)
            return ([], [.. missing.Select(m => new TableFault(rows[0].Line, t["Table.Column." + m], t["Table.Missing"]))]);
        if (rows.Count - 1 > RecordDuesPayments.MostLines)
            return ([], [new(rows[^1].Line, "", t["Table.TooMany", RecordDuesPayments.MostLines])]);
        var byName = members.Where(m => m.Name is not null).ToLookup(m => PlainLetters.Of(m.Name!.Trim()), m => m.Id);
        var ids = members.Select(m => m.Id).ToHashSet();
        List<DuesPaymentLine> lines = [];
        List<TableFault> faults = [];
        foreach (var (line, cells) in rows.Skip(1))
        {
            string Cell(string column) => columns.IndexOf(column) is >= 0 and var at && at < cells.Count ? cells[at].Trim() : "";
            void Fault(string column, string key) => faults.Add(new(line, t["Table.Column." + column], t[key]));
            var member = Guid.TryParse(Cell("member"), out var id) && ids.Contains(MemberId.Of(id)) ? [MemberId.Of(id)] : byName[PlainLetters.Of(Cell("member"))].ToList();
            if (member.Count != 1)
                Fault("member", member.Count == 0 ? "Table.NoMember" : "Table.SeveralMembers");
            var (day, cents) = (DateReading.Read(Cell("date")), MoneyWording.ReadCents(Cell("amount")));
            if (day is null)
                Fault("date", "Table.NoDate");
            if (cents is null)
                Fault("amount", "Table.NoAmount");
            if (Cell("reference") is "")
                Fault("reference", "Table.NoReference");
            PaymentMeans? means = null;
            if (Cell("means") is { Length: > 0 } word && (means = MeansOf(word)) is null)
                Fault("means", "Table.NoMeans");
            if (faults.Count == 0 || faults[^1].Line != line)
                lines.Add(new(line, member[0], cents!.Value, EffectiveTime.On(day!.Value, zone), means, Cell("reference")));
        }

        return (lines, faults);
    }

    /// <summary>What the domain refuses of a table, at its place in it.</summary>
    public static IReadOnlyList<TableFault> Of(PaymentsUnfit unfit, IStringLocalizer<DuesText> t) =>
    [
        .. unfit.Faults.Select(f => new TableFault(f.Line, t["Table.Column." + f.Refusal switch
        {
            DuesOverpaid or NumberOutOfBounds => "amount",
            NotYetHappened or DuesNotCalled or BeforeItsBeginning => "date",
            PaymentReferenceTaken or TextOutOfBounds or TextUnreadable => "reference",
            _ => "member",
        }], Wording.Sentence(f.Refusal))),
    ];

    // As the interface calls it in either language, or as the API does.
    private static PaymentMeans? MeansOf(string word)
    {
        foreach (var means in Enum.GetValues<PaymentMeans>())
        {
            var key = "name.payment_means." + means;
            if (PlainLetters.Of(word) == PlainLetters.Of(FormOptions.Value(means)) || Languages.Any(l => PlainLetters.Of(word) == PlainLetters.Of(Wording.Template(key, l)!)))
                return means;
        }

        return null;
    }

    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("fr-FR"), CultureInfo.GetCultureInfo("en-GB")];
}
