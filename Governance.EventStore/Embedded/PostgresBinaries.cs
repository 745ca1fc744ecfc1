using System.Globalization;

namespace Governance.EventStore.Embedded;

/// <summary>Where the programs of one PostgreSQL major version lie.</summary>
/// <param name="Major">Major version, 15 or later.</param>
/// <param name="Directory">Absolute path of the directory with <c>initdb</c> and <c>postgres</c>.</param>
internal sealed record PostgresBinaries(int Major, string Directory)
{
    public const int OldestMajor = 15;

    // Debian and Ubuntu; the PostgreSQL project's own packages for Red Hat; Alpine.
    private static readonly (string Parent, string Prefix, string Suffix)[] Layouts =
    [
        ("/usr/lib/postgresql", "", "/bin"),
        ("/usr", "pgsql-", "/bin"),
        ("/usr/libexec", "postgresql", ""),
    ];

    public string Initdb => Path.Combine(Directory, "initdb");

    public string Server => Path.Combine(Directory, "postgres");

    /// <param name="dataMajor">Version that existing data was written by; null when there is none yet: the newest is taken.</param>
    /// <exception cref="PrivatePostgresException">Not installed; says what to install.</exception>
    public static PostgresBinaries Find(int? dataMajor)
    {
        var installed = Installed().ToList();
        var found = dataMajor is { } major
            ? installed.Find(b => b.Major == major)
            : installed.Where(b => b.Major >= OldestMajor).MaxBy(b => b.Major);
        if (found is not null)
            return found;

        var has = installed.Count == 0 ? "none is installed" : "installed: " + string.Join(", ", installed.Select(b => b.Major).Order());
        throw new PrivatePostgresException(dataMajor is { } wanted
            ? $"The data was written by PostgreSQL {wanted} and only that major version can open it ({has}). "
              + $"Install it (Debian, Ubuntu: apt-get install postgresql-{wanted}), or move the data to the new version with pg_dump and a restore."
            : $"PostgreSQL {OldestMajor} or later was not found ({has}). Install it (Debian, Ubuntu: apt-get install postgresql), "
              + "or give the connection string of a server of your own in ConnectionStrings__Governance.");
    }

    private static IEnumerable<PostgresBinaries> Installed() =>
        from layout in Layouts
        where System.IO.Directory.Exists(layout.Parent)
        from path in System.IO.Directory.EnumerateDirectories(layout.Parent, layout.Prefix + "*")
        let version = Path.GetFileName(path)[layout.Prefix.Length..]
        where int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        let binaries = new PostgresBinaries(int.Parse(version, CultureInfo.InvariantCulture), path + layout.Suffix)
        where File.Exists(binaries.Server) && File.Exists(binaries.Initdb)
        select binaries;
}
