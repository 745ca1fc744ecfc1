using Governance.Domain.Kernel;

namespace Governance.Domain.Registers;

/// <summary>A line of a file with its number, from 1, as whoever looks it up counts them.</summary>
public sealed record Numbered<T>(int Line, T Content);

public enum LineOutcome
{
    /// <summary>The register says so already.</summary>
    Unchanged,

    /// <summary>What the line tells of is in the register, and something of it is not.</summary>
    Changed,

    /// <summary>What the line tells of is not in the register.</summary>
    New,

    /// <summary>There is nothing to take in: the line tells of somebody erased.</summary>
    LeftOut,
}

/// <summary>What keeps a line from being imported.</summary>
/// <param name="Column">The key of the column, such as <c>admitted_on</c>.</param>
public sealed record LineFault(int Line, string Column, Refusal Refusal);

/// <param name="Facts">What is recorded for the line, in order; none when it is unchanged.</param>
public sealed record PlannedLine(int Line, LineOutcome Outcome, IReadOnlyList<Fact> Facts);

/// <summary>What an import would record, or all that keeps it from being imported: with a fault nothing is.</summary>
/// <param name="Lines">In the order of the file.</param>
/// <param name="Facts">Of all lines, in the order of time.</param>
/// <param name="Faults">In the order of the file.</param>
public sealed record RegisterPlan(IReadOnlyList<PlannedLine> Lines, IReadOnlyList<Fact> Facts, IReadOnlyList<LineFault> Faults);

/// <summary>
/// The lines of a file on their way to a plan: what each asks for becomes commands with their times, which are then decided one after the other, the earliest
/// first, by the rules that stand for everybody.
/// </summary>
internal sealed class Planning(TimeZoneInfo zone, DateTimeOffset now)
{
    private sealed record Step(int Line, string Column, EffectiveTime On, int Rank, bool Happened, Func<RegisterDraft, Decision> Decide);

    private readonly SortedDictionary<int, LineOutcome> _lines = [];
    private readonly List<Step> _steps = [];
    private readonly List<LineFault> _faults = [];

    public TimeZoneInfo Zone => zone;

    public bool HasFaults(int line) => _faults.Exists(f => f.Line == line);

    /// <param name="known">Whether the register has it already.</param>
    public void Line(int line, bool known) => _lines[line] = known ? LineOutcome.Changed : LineOutcome.New;

    public void LeaveOut(int line) => _lines[line] = LineOutcome.LeftOut;

    public void Fault(int line, string column, Refusal refusal) => _faults.Add(new(line, column, refusal));

    /// <summary>A command that a line asks for.</summary>
    /// <param name="rank">Which of those of one instant comes first: the lowest.</param>
    /// <param name="happened">True where it is only known once it has happened.</param>
    public void Ask(int line, string column, EffectiveTime on, int rank, Func<RegisterDraft, Decision> decide, bool happened = false) =>
        _steps.Add(new(line, column, on, rank, happened, decide));

    /// <summary>What a cell says of a time: nothing to do when it says nothing or the register says the same; a command when the register says nothing.</summary>
    public void Dated(
        int line, string column, EffectiveTime? said, EffectiveTime? recorded, int rank, Func<RegisterDraft, EffectiveTime, Decision> decide, bool happened = false)
    {
        if (said is not { } on || Same(on, recorded))
            return;
        if (recorded is { } known)
            Fault(line, column, new RecordedOtherwise(known.Written(zone)));
        else
            Ask(line, column, on, rank, draft => decide(draft, on), happened);
    }

    /// <summary>What a cell says that no command changes afterwards: it has to be what the register says.</summary>
    public void Fixed(int line, string column, object? said, object? recorded)
    {
        var same = said switch
        {
            null => true,
            EffectiveTime on => Same(on, recorded as EffectiveTime?),
            string text => Plain(text) == Plain(recorded as string ?? ""),
            _ => said.Equals(recorded),
        };
        if (!same)
            Fault(line, column, new RecordedOtherwise(recorded switch { null => "–", EffectiveTime on => on.Written(zone), _ => recorded.ToString()! }));
    }

    internal static DecisionReference? Reference(BallotId? ballot) => ballot is { } named ? new(named) : null;

    // Line ends and blanks around a text are the spreadsheet's.
    internal static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    /// <summary>Whether two times are told by the same words: one known to the month is the same as another of that month.</summary>
    public bool Same(EffectiveTime on, EffectiveTime? other) => other is { } known && on.Written(zone) == known.Written(zone);

    public RegisterPlan Decide(RegisterDraft draft)
    {
        var facts = new List<Fact>();
        var ofLines = _lines.Keys.ToDictionary(line => line, _ => new List<Fact>());
        // One fault of a line draws others after it: the first is told.
        var faulty = _faults.Select(f => f.Line).ToHashSet();
        foreach (var step in _steps.OrderBy(s => s.On.Instant).ThenBy(s => s.Rank).ThenBy(s => s.Line))
        {
            if (faulty.Contains(step.Line))
                continue;
            switch (step.Happened && NotYetHappened.Of(step.On, now) is { } ahead ? ahead : step.Decide(draft))
            {
                case Decision.Refused(var refusal):
                    Fault(step.Line, step.Column, refusal);
                    faulty.Add(step.Line);
                    break;
                case Decision.Accepted(var decided):
                    draft.Take(decided);
                    facts.AddRange(decided);
                    ofLines[step.Line].AddRange(decided);
                    break;
            }
        }

        return new(
            [.. _lines.Select(l => new PlannedLine(l.Key, l.Value == LineOutcome.Changed && ofLines[l.Key].Count == 0 ? LineOutcome.Unchanged : l.Value, ofLines[l.Key]))],
            facts,
            [.. _faults.OrderBy(f => f.Line)]);
    }
}
