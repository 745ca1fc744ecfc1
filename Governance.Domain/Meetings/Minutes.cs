using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Governance.Domain.Kernel;

namespace Governance.Domain.Meetings;

/// <summary>A person's wording of a passage.</summary>
/// <param name="Version">The version that it came with.</param>
/// <param name="Reason">Of an erratum; null of a draft's wording.</param>
public sealed record PassageWording(string Passage, Rewording Way, string Text, int Version, string? Reason = null)
{
    /// <summary>Those that hold of some, in the order in which they were given: of those that replace the same passage the last.</summary>
    public static IReadOnlyList<PassageWording> Holding(IReadOnlyList<PassageWording> given) =>
        [.. given.Where((w, at) => w.Way == Rewording.Follows || !given.Skip(at + 1).Any(later => later.Way == Rewording.Replaces && later.Passage == w.Passage))];
}

/// <param name="On">When it came to be.</param>
/// <param name="Composed">What it is composed from.</param>
public sealed record MinutesVersion(int Number, EffectiveTime On, MinutesDrafted Composed);

/// <param name="On">When it was given.</param>
public sealed record MinutesSignature(MinutesSigned What, EffectiveTime On);

/// <summary>The minutes of a meeting: composed, worded, signed, approved, corrected. Each version stays.</summary>
public abstract record Minutes : IState<Minutes>
{
    private Minutes() { }

    public sealed record Unwritten : Minutes;

    /// <param name="Versions">In order, each kept.</param>
    /// <param name="Wordings">In the order in which they were given.</param>
    public abstract record Written(ImmutableList<MinutesVersion> Versions, ImmutableList<PassageWording> Wordings) : Minutes
    {
        /// <summary>The last version.</summary>
        public MinutesVersion Last => Versions[^1];

        public MinutesVersion? Find(int number) => Versions.Find(v => v.Number == number);

        /// <summary>The wordings that hold in a version.</summary>
        public IReadOnlyList<PassageWording> WordingsOf(int version) => PassageWording.Holding([.. Wordings.Where(w => w.Version <= version)]);

        /// <summary>
        /// SHA-256, lower-case hexadecimal, of what a version says: UTF-8, a line with the hash of its composition, then one for each wording that
        /// holds, « passage way hash-of-its-text ».
        /// </summary>
        public string HashOf(MinutesVersion version)
        {
            var lines = new StringBuilder().Append(version.Composed.Hash).Append('\n');
            foreach (var wording in WordingsOf(version.Number))
                lines.Append(wording.Passage).Append(' ').Append(wording.Way == Rewording.Replaces ? "replaces" : "follows").Append(' ').Append(Hash(wording.Text)).Append('\n');
            return Hash(lines.ToString());
        }

        private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public sealed record Draft(ImmutableList<MinutesVersion> Versions, ImmutableList<PassageWording> Wordings) : Written(Versions, Wordings);

    /// <summary>Signed at least once: what they say is settled.</summary>
    public sealed record Signed(ImmutableList<MinutesVersion> Versions, ImmutableList<PassageWording> Wordings, ImmutableList<MinutesSignature> Signatures)
        : Written(Versions, Wordings)
    {
        public MinutesSignature? Of(Signatory quality) => Signatures.Find(s => s.What.As == quality);
    }

    /// <param name="On">When they were approved.</param>
    public sealed record Approved(
        ImmutableList<MinutesVersion> Versions, ImmutableList<PassageWording> Wordings, ImmutableList<MinutesSignature> Signatures, MinutesApproved What,
        EffectiveTime On) : Written(Versions, Wordings);

    public static Minutes Initial { get; } = new Unwritten();

    public static StreamId Stream(MeetingId meeting) => new($"minutes:{meeting}");

    /// <summary>The signatures given so far.</summary>
    public IReadOnlyList<MinutesSignature> Given => this switch { Signed m => m.Signatures, Approved m => m.Signatures, _ => [] };

    public Minutes Evolve(IEvent @event, EffectiveTime on) => (this, @event) switch
    {
        (Unwritten, MinutesDrafted { Version: 1 } e) => new Draft([new(1, on, e)], []),
        (Draft m, MinutesDrafted e) when e.Version == m.Last.Number + 1 => m with { Versions = m.Versions.Add(new(e.Version, on, e)) },
        (Draft m, MinutesAmended e) when e.Version == m.Last.Number + 1 => m with
        {
            Versions = m.Versions.Add(new(e.Version, on, m.Last.Composed)),
            Wordings = m.Wordings.Add(new(e.Passage, e.Way, e.Text, e.Version)),
        },
        (Draft m, MinutesSigned e) when e.Version == m.Last.Number => new Signed(m.Versions, m.Wordings, [new(e, on)]),
        (Signed m, MinutesSigned e) when m.Of(e.As) is null && e.Version == m.Last.Number => m with { Signatures = m.Signatures.Add(new(e, on)) },
        (Signed m, MinutesApproved e) when e.Version == m.Last.Number => new Approved(m.Versions, m.Wordings, m.Signatures, e, on),
        (Approved m, MinutesCorrected e) when e.Version == m.Last.Number + 1 => m with
        {
            Versions = m.Versions.Add(new(e.Version, on, m.Last.Composed)),
            Wordings = m.Wordings.Add(new(e.Passage, e.Way, e.Text, e.Version, e.Reason)),
        },
        _ => throw ImpossibleHistoryException.After(this, @event, on),
    };
}
