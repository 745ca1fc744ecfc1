using Governance.Api.Kernel;
using Governance.Domain.Kernel;

namespace Governance.Api.Tallies;

/// <summary>What is wrong with a file. The first fault is kept: those that follow may only come of it.</summary>
internal sealed class TallyFaults
{
    private const int MostLetters = 1_000;

    /// <summary>The place and the sentence; null while nothing is wrong.</summary>
    public string? First { get; private set; }

    public bool Any => First is not null;

    /// <param name="place">A field, such as papers[3].ranking; empty for the file as a whole.</param>
    /// <param name="key">Of a sentence in Tallies.resx.</param>
    public void Add(string place, string key, params object[] arguments) => Put(place, TallyWording.Say(key, arguments));

    public void Add(string place, Refusal refusal) => Put(place, Wording.Sentence(refusal));

    /// <param name="line">From 1.</param>
    public void AddLine(long line, string key, params object[] arguments) =>
        Put(TallyWording.Say("line", line), TallyWording.Say(key, arguments));

    public void AddLine(long line, Refusal refusal) => Put(TallyWording.Say("line", line), Wording.Sentence(refusal));

    private void Put(string place, string sentence) => First ??= OneLine(place.Length == 0 ? sentence : TallyWording.Say("at", place, sentence));

    // Names of the file's own may hold anything; what is said of them stays one line that can be read.
    private static string OneLine(string said)
    {
        var line = string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= MostLetters ? line : line[..MostLetters] + "…";
    }
}
