using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Governance.Api.Face.Wording;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>Tables as spreadsheets write them, read.</summary>
public sealed class CsvTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Theory]
    [InlineData("a;b\n1;2\n")]
    [InlineData("\uFEFFa;b\r\n1;2")]
    [InlineData("a,b\n1,2")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("a;b\r1;2\r")]
    [InlineData("\"a\";\"b\"\r\n\"1\";\"2\"\r\n")]
    public void Cells_are_parted_by_what_parts_the_headings(string text)
    {
        var rows = Read(text);

        Assert.Equal([1, 2], rows.Select(r => r.Line));
        Assert.Equal([["a", "b"], ["1", "2"]], rows.Select(r => r.Cells));
    }

    [Fact]
    public void A_first_line_of_a_spreadsheet_may_say_what_parts_the_cells()
    {
        var rows = Read("sep=;\r\na,b;c\r\n1;2\r\n");

        Assert.Equal([2, 3], rows.Select(r => r.Line));
        Assert.Equal([["a,b", "c"], ["1", "2"]], rows.Select(r => r.Cells));
    }

    [Fact]
    public void A_quoted_cell_holds_what_parts_cells_and_rows_and_lines_are_counted_through_it()
    {
        var rows = Read("a;b\n\"un; \"\"deux\"\"\r\nlignes\";2\n\n3;4");

        Assert.Equal([1, 2, 5], rows.Select(r => r.Line));
        Assert.Equal(["un; \"deux\"\nlignes", "2"], rows[1].Cells);
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_is_named_by_its_line()
    {
        Csv.Read("a;b\n1;2\n\"3;4\n5;6\n", out var unclosed);
        Assert.Equal(3, unclosed);
    }

    [Fact]
    public void What_was_written_for_a_spreadsheet_is_read_back_as_it_was() =>
        Assert.Equal(["-12,50", "=1", "x"], Read(Csv.Mark + Csv.Row("a", "b", "c") + Csv.Row("-12,50", "=1", "x"))[1].Cells);

    [Theory]
    [InlineData("=SOMME(A1)")]
    [InlineData("+33 4")]
    [InlineData("@nom")]
    [InlineData("\t=1")]
    public void No_cell_begins_as_a_formula_does(string text) => Assert.StartsWith("\"'", Csv.Row(text), StringComparison.Ordinal);

    private static readonly Gen<string> Awkward =
        from parts in Gen.Elements("=", "+", "-", "@", "'", "\"", ";", ",", "\t", "\n", " ", "é", "Œ", "שלום", "العربية", "\u200F", "😀", "a", "0", "sep=;", "|").ListOf()
        select string.Concat(parts);

    [Fact]
    public void Whatever_the_texts_they_are_read_back_as_they_were() =>
        Prop.ForAll((from cells in Awkward.ListOf(3) select cells).ToArbitrary(), cells =>
        {
            var rows = Csv.Read(Csv.Mark + Csv.Row("un", "deux", "trois") + Csv.Row(cells) + Csv.Row("fin", "", ""), out var unclosed);
            // A row with nothing in it is none.
            var kept = cells.Any(c => c.Trim().Length > 0) ? 3 : 2;
            return unclosed is null && rows.Count == kept && (kept == 2 || rows[1].Cells.SequenceEqual(cells)) && rows[^1].Cells[0] == "fin";
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void A_file_is_read_in_the_encoding_that_it_is_in()
    {
        const string Text = "nom;é\n";
        Assert.Equal(Text, Csv.Decode(Encoding.UTF8.GetBytes(Text), out var assumed));
        Assert.False(assumed);
        Assert.Equal(Text, Csv.Decode([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)], out assumed));
        Assert.False(assumed);
        Assert.Equal(Text, Csv.Decode(Encoding.Latin1.GetBytes(Text), out assumed));
        Assert.True(assumed);
    }

    private static readonly TableColumn[] Columns = [new("start", "début", "start"), new("office", "fonction", "office"), new("held", "tenu", "held"), new("seats", "sièges", "seats")];

    [Fact]
    public void Columns_come_in_any_order_in_either_language_with_or_without_accents()
    {
        var table = CsvTable.Read("Fonction;DEBUT;seats;tenu\nPrésidence;14 octobre 2023;12;oui\npresident;2018-H1;;x\n", Columns, [], 10);

        Assert.Empty(table.Faults);
        Assert.Equal(["2023-10-14", "2018-H1"], table.Rows.Select(r => table.Time(r, "start", Paris)!.Value.Written(Paris)));
        Assert.Equal([Office.President, Office.President], table.Rows.Select(r => table.Choice<Office>(r, "office")));
        Assert.Equal([12, null], table.Rows.Select(r => table.Number(r, "seats")));
        Assert.Equal([true, true], table.Rows.Select(r => table.Flag(r, "held")));
    }

    [Fact]
    public void What_is_wrong_is_told_with_its_line_column_and_value()
    {
        var table = CsvTable.Read("start;office;held;seats\nhier;roi;peut-être;douze\n2023;;;;trop\n", Columns, [], 10);
        foreach (var row in table.Rows)
            _ = (table.Time(row, "start", Paris), table.Choice<Office>(row, "office"), table.Flag(row, "held"), table.Number(row, "seats"));

        Assert.Equal([(3, "", ""), (2, "début", "hier"), (2, "fonction", "roi"), (2, "tenu", "peut-être"), (2, "sièges", "douze")], table.Faults.Select(f => (f.Line, f.Column, f.Value)));
        Assert.Equal([(1, "couleur"), (1, "held")], CsvTable.Read("start;couleur;tenu;held\n1;2;3;4\n", Columns, [], 10).Faults.Select(f => (f.Line, f.Column)));
        Assert.Equal([(1, "fonction")], CsvTable.Read("start\n1\n", Columns, ["office"], 10).Faults.Select(f => (f.Line, f.Column)));
        Assert.Equal([(4, "")], CsvTable.Read("start\n1\n2\n3\n", Columns, [], 2).Faults.Select(f => (f.Line, f.Column)));
        Assert.Equal([(1, "")], CsvTable.Read("start\n\n", Columns, [], 2).Faults.Select(f => (f.Line, f.Column)));
    }

    [Theory]
    [InlineData("2023-10-14")]
    [InlineData("2023-10")]
    [InlineData("2018-H1")]
    [InlineData("2018-Q2")]
    [InlineData("2009")]
    [InlineData("2024-10-12T14:05:00+02:00")]
    public void A_time_that_is_written_is_read_back_with_its_precision(string text)
    {
        Assert.True(PeriodReading.TryRead(text, Paris, out var time));
        Assert.Equal(text, time.Written(Paris));
    }

    private static IReadOnlyList<CsvRow> Read(string text)
    {
        var rows = Csv.Read(text, out var unclosed);
        Assert.Null(unclosed);
        return rows;
    }
}
