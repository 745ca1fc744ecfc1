using System.Globalization;
using Governance.Benchmarks.Federation;

namespace Governance.Benchmarks;

/// <summary>What is asked on the command line.</summary>
/// <param name="Names">Of benchmarks; none for the usual ones.</param>
/// <param name="Data">Where a federation is kept between runs; null for nowhere.</param>
/// <param name="Rounds">Requests of each page.</param>
/// <param name="Fault">Something of it is not understood.</param>
/// <param name="Help">How to ask is asked.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Names, string? Data, FederationSize Federation, int Rounds, bool Fault, bool Help = false)
{
    private const int Associations = 200, Members = 500, Years = 10, UsualRounds = 30;

    public static BenchmarkOptions Read(IReadOnlyList<string> arguments)
    {
        var until = DateOnly.FromDateTime(DateTime.UtcNow);
        var read = new BenchmarkOptions([], null, new(Associations, Members, Years, new DateOnly(until.Year, until.Month, 1)), UsualRounds, false);
        for (var at = 0; at < arguments.Count; at++)
        {
            var option = arguments[at];
            if (option is "--help" or "-h")
            {
                read = read with { Help = true };
                continue;
            }

            if (!option.StartsWith('-'))
            {
                read = read with { Names = [.. read.Names, option] };
                continue;
            }

            var value = at + 1 < arguments.Count ? arguments[++at] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : 0;
            read = option switch
            {
                "--data" when value.Length > 0 => read with { Data = Path.GetFullPath(value) },
                "--associations" when number > 0 => read with { Federation = read.Federation with { Associations = number } },
                "--members" when number >= FederationSize.FewestMembers => read with { Federation = read.Federation with { Members = number } },
                "--years" when number > 0 => read with { Federation = read.Federation with { Years = number } },
                "--until" when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                    read with { Federation = read.Federation with { Until = new DateOnly(day.Year, day.Month, 1) } },
                "--rounds" when number > 0 => read with { Rounds = number },
                _ => read with { Fault = true },
            };
        }

        return read;
    }
}
