using Governance.Benchmarks;
using Xunit;

namespace Governance.Tests.Benchmarks;

/// <summary>What is typed after <c>./run bench</c>.</summary>
public sealed class BenchmarkOptionsTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("federation", "--help")]
    [InlineData("--help", "--rounds")]
    public void Who_asks_for_help_gets_it(params string[] typed) => Assert.True(BenchmarkOptions.Read(typed).Help);

    [Theory]
    [InlineData("--data")]
    [InlineData("federation", "--rounds")]
    [InlineData("--rounds", "none")]
    [InlineData("--members", "3")]
    [InlineData("--nothing", "1")]
    public void What_is_not_understood_is_a_fault_and_no_crash(params string[] typed)
    {
        var read = BenchmarkOptions.Read(typed);
        Assert.Equal((true, false), (read.Fault, read.Help));
    }

    [Fact]
    public void A_federation_is_of_the_size_that_is_asked_for()
    {
        var read = BenchmarkOptions.Read(["federation", "--associations", "12", "--members", "70", "--years", "3", "--until", "2026-11-17", "--rounds", "5"]);
        Assert.Equal((false, false, 5), (read.Fault, read.Help, read.Rounds));
        Assert.Equal(["federation"], read.Names);
        Assert.Equal(new Governance.Benchmarks.Federation.FederationSize(12, 70, 3, new DateOnly(2026, 11, 1)), read.Federation);
    }
}
