namespace Governance.Tests.Architecture;

/// <summary>The files of the repository as they lie around the test's own assembly, without what a build or a run makes.</summary>
internal static class Checkout
{
    private static readonly string[] Made = ["bin", "obj", ".git", ".data", ".tools", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea"];

    /// <summary>Absolute path of the directory with Governance.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with slashes.</summary>
    public static IEnumerable<string> Files(params string[] endings) =>
        from path in Below(Root)
        where endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
        select Path.GetRelativePath(Root, path);

    public static IEnumerable<string> Folders() => Files("").Select(file => Path.GetDirectoryName(file)!).Distinct();

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<string> Below(string directory) =>
        Directory.EnumerateFiles(directory).Concat(
            Directory.EnumerateDirectories(directory).Where(child => !Made.Contains(Path.GetFileName(child))).SelectMany(Below));

    private static string FindRoot()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
            if (File.Exists(Path.Combine(directory, "Governance.sln")))
                return directory;
        throw new InvalidOperationException($"no Governance.sln above {AppContext.BaseDirectory}");
    }
}
