using Xunit;

namespace Governance.Tests.Architecture;

/// <summary>The same history gives the same answer on any machine on any day: time, ids and chance come in as arguments.</summary>
public sealed class PurityRulesTests
{
    private static readonly string[] Clocks =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
    ];

    private static readonly string[] Chance =
    [
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Random..ctor", "System.Random.get_Shared",
        "System.Security.Cryptography.RandomNumberGenerator.Create", "System.Security.Cryptography.RandomNumberGenerator.Fill",
        "System.Security.Cryptography.RandomNumberGenerator.GetBytes", "System.Security.Cryptography.RandomNumberGenerator.GetInt32",
    ];

    private static readonly string[] OutsideWorld =
    [
        "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Diagnostics.Process", "System.Environment", "System.Console",
        "System.Random", "System.Security.Cryptography.RandomNumberGenerator", "System.Threading.Thread", "System.Threading.Timer",
        "System.Threading.Tasks.Task",
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.Path",
    ];

    [Theory]
    [InlineData("Governance.Domain")]
    [InlineData("Governance.Projections")]
    public void Rules_and_read_models_read_no_clock_and_draw_no_ids(string project)
    {
        using var assembly = new CompiledAssembly(project);
        Assert.Empty(assembly.ReferencedMembers().Intersect([.. Clocks, .. Chance]));
    }

    [Fact]
    public void The_domain_touches_neither_files_nor_network_nor_threads()
    {
        using var assembly = new CompiledAssembly("Governance.Domain");
        var types = assembly.ReferencedTypes().ToList();
        Assert.NotEmpty(types);
        Assert.Empty(types.Intersect(OutsideWorld));
        Assert.Empty(types.Where(type => type.StartsWith("System.Net.", StringComparison.Ordinal)).Distinct());
        Assert.Empty(assembly.ReferencedAssemblies().Where(name => name.StartsWith("System.Net", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public void The_domain_computes_without_floating_point()
    {
        using var assembly = new CompiledAssembly("Governance.Domain");
        Assert.Empty(assembly.FloatingPoint());
    }

    // What the two tests above rest on: the reader does see what is there.
    [Fact]
    public void Clocks_and_floating_point_are_seen_where_they_are_used()
    {
        using var assembly = new CompiledAssembly("Governance.Tests");
        Assert.Contains("System.Guid.NewGuid", assembly.ReferencedMembers());
        Assert.Contains("System.IO.File", assembly.ReferencedTypes());
        Assert.Contains($"{nameof(PurityRulesTests)}.{nameof(Halved)}", assembly.FloatingPoint());
    }

    private static int Halved(int whole) => (int)(whole * 0.5);

    [Fact]
    public void The_probe_for_floating_point_computes() => Assert.Equal(2, Halved(5));
}
