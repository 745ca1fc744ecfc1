using Governance.Api.Face.Wording;
using Governance.Api.Kernel;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Microsoft.Extensions.Localization;

namespace Governance.Api.DuesCampaigns;

/// <summary>A table of payments as a spreadsheet or a bank gives it: member, date, amount, means, reference; headings in French or English, in any order.</summary>
public static class PaymentTable
{
    private static readonly string[] Needed = ["member", "date", "amount", "reference"];

    private static IReadOnlyList<TableColumn> Columns(IStringLocalizer<DuesText> t) =>
    [
        new("member", t["Table.Column.member"], "membre"),
        new("date", t["Table.Column.date"], "payé le", "paid on"),
        new("amount", t["Table.Column.amount"], "montant"),
        new("means", t["Table.Column.means"], "moyen"),
        new("reference", t["Table.Column.reference"], "référence"),
    ];

    /// <summary>The lines of a table, and everything that is wrong with their form; the lines count for nothing when there is.</summary>
    /// <param name="members">Those that can be named, by name or id.</param>
    public static (IReadOnlyList<DuesPaymentLine> Lines, IReadOnlyList<TableFault> Faults) Read(
        string text, IReadOnlyList<(MemberId Id, string? Name)> members, TimeZoneInfo zone, IStringLocalizer<DuesText> t)
    {
        var table = CsvTable.Read(text, Columns(t), Needed, RecordDuesPayments.MostLines, ignoresOthers: true);
        var byName = members.Where(m => m.Name is not null).ToLookup(m => PlainLetters.Of(m.Name!.Trim()), m => m.Id);
        var ids = members.Select(m => m.Id).ToHashSet();
        List<DuesPaymentLine> lines = [];
        foreach (var row in table.Rows)
        {
            string Cell(string column) => table.Text(row, column) ?? "";
            var before = table.Faults.Count;
            var member = Guid.TryParse(Cell("member"), out var id) && ids.Contains(MemberId.Of(id)) ? [MemberId.Of(id)] : byName[PlainLetters.Of(Cell("member"))].ToList();
            if (member.Count != 1)
                table.Fault(row, "member", t[member.Count == 0 ? "Table.NoMember" : "Table.SeveralMembers"]);
            var (day, cents) = (DateReading.Read(Cell("date")), MoneyWording.ReadCents(Cell("amount")));
            if (day is null)
                table.Fault(row, "date", t["Table.NoDate"]);
            if (cents is null)
                table.Fault(row, "amount", t["Table.NoAmount"]);
            if (Cell("reference") is "")
                table.Fault(row, "reference", t["Table.NoReference"]);
            PaymentMeans? means = null;
            if (Cell("means") is { Length: > 0 } word && (means = ChoiceReading.Read<PaymentMeans>(word)) is null)
                table.Fault(row, "means", t["Table.NoMeans"]);
            if (table.Faults.Count == before)
                lines.Add(new(row.Line, member[0], cents!.Value, EffectiveTime.On(day!.Value, zone), means, Cell("reference")));
        }

        return (lines, table.Faults);
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
        }], "", Wording.Sentence(f.Refusal))),
    ];
}
