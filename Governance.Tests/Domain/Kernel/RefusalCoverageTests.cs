using System.Text.RegularExpressions;
using Governance.Domain.Kernel;
using Governance.Tests.Architecture;
using Xunit;

namespace Governance.Tests.Domain.Kernel;

public sealed class RefusalCoverageTests
{
    private static readonly string[] Areas =
    [
        "Associations", "Chronicles", "Colleges", "Contributions", "Conventions", "Documents", "Gatherings", "Elections", "Kernel", "Mandates", "Meetings", "Members", "People", "Registers", "Roadmaps", "SharedTools", "WorkingGroups",
    ];

    public static TheoryData<string> Refusals => [.. typeof(Refusal).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Refusal)) && !type.IsAbstract && Areas.Contains(type.Namespace!.Split('.')[^1]))
        .Select(type => type.Name)];

    private static readonly string Tests = string.Concat(Checkout.Files("Tests.cs").Where(f => f.Contains("/Domain/", StringComparison.Ordinal)).Select(Checkout.Read));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_test(string refusal) =>
        Assert.Matches(new Regex($@"ThenRefused(<{refusal}>|\(new {refusal}\()|Equal\(new {refusal}\("), Tests);
}
