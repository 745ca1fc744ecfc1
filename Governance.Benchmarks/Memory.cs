using System.Globalization;

namespace Governance.Benchmarks;

/// <summary>The memory of a process as the kernel counts it.</summary>
internal static class Memory
{
    /// <summary>The most that a process ever held, resident, in MB.</summary>
    public static async Task<double> PeakAsync(int process)
    {
        var line = (await File.ReadAllLinesAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))).Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }
}
