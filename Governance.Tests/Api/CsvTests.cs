using Governance.Api.Kernel.Http;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>Tables as spreadsheets write them, read.</summary>
public sealed class CsvTests
{
    [Theory]
    [InlineData("a;b\n1;2\n")]
    [InlineData("\uFEFFa;b\r\n1;2")]
    [InlineData("a,b\n1,2")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("\"a\";\"b\"\r\n\"1\";\"2\"\r\n")]
    public void Cells_are_parted_by_what_parts_the_headings(string text)
    {
        var rows = Csv.Read(text);

        Assert.Equal([1, 2], rows.Select(r => r.Line));
        Assert.Equal([["a", "b"], ["1", "2"]], rows.Select(r => r.Cells));
    }

    [Fact]
    public void A_quoted_cell_holds_what_parts_cells_and_rows_and_lines_are_counted_through_it()
    {
        var rows = Csv.Read("a;b\n\"un; \"\"deux\"\"\nlignes\";2\n\n3;4");

        Assert.Equal([1, 2, 5], rows.Select(r => r.Line));
        Assert.Equal(["un; \"deux\"\nlignes", "2"], rows[1].Cells);
    }

    [Fact]
    public void What_was_written_for_a_spreadsheet_is_read_back_as_it_was() =>
        Assert.Equal(["-12,50", "=1", "x"], Csv.Read(Csv.Mark + Csv.Row("a", "b", "c") + Csv.Row("-12,50", "=1", "x"))[1].Cells);
}
