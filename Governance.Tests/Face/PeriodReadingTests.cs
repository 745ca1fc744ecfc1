using Governance.Api.Face.Wording;
using Xunit;

namespace Governance.Tests.Face;

public sealed class PeriodReadingTests
{
    [Theory]
    [InlineData("30/06/2026", "2026-06-30")]
    [InlineData(" 2026-06-30 ", "2026-06-30")]
    [InlineData("06/2026", "2026-06")]
    [InlineData("6.2026", "2026-06")]
    [InlineData("juin 2026", "2026-06")]
    [InlineData("Août 2026", "2026-08")]
    [InlineData("December 2026", "2026-12")]
    [InlineData("T2 2026", "2026-Q2")]
    [InlineData("t2/2026", "2026-Q2")]
    [InlineData("2026-T4", "2026-Q4")]
    [InlineData("Q3 2026", "2026-Q3")]
    [InlineData("2e trimestre 2026", "2026-Q2")]
    [InlineData("2nd quarter of 2026", "2026-Q2")]
    [InlineData("S1 2026", "2026-H1")]
    [InlineData("1er semestre 2026", "2026-H1")]
    [InlineData("2026-H2", "2026-H2")]
    [InlineData("2026", "2026")]
    public void A_day_or_a_period_is_read_as_people_type_it(string typed, string written) => Assert.Equal(written, PeriodReading.Written(typed));

    [Theory]
    [InlineData("bientôt")]
    [InlineData("13/2026")]
    [InlineData("brumaire 2026")]
    [InlineData("T5 2026")]
    public void Anything_else_is_left_as_it_is(string typed) => Assert.Equal(typed, PeriodReading.Written(typed));
}
