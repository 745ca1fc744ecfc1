using System.Buffers.Binary;
using System.Text;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>A paper as it goes into the box of a secret ballot, and comes out of it.</summary>
/// <param name="Code">Its tracking code: see <see cref="TrackingCode"/>.</param>
/// <param name="Choice">On a motion; null in a contest.</param>
/// <param name="Paper">In a contest; null on a motion.</param>
public sealed record SecretPaper(string Code, Choice? Choice = null, Paper? Paper = null)
{
    // Sizes are whole blocks of so many bytes, the least that takes any paper of the ballot: what is put in says nothing by its length.
    private const int BlockBytes = 32;

    // No method packs an option into more, and before the options stands the kind of paper.
    private const int OptionBytes = 5;

    private const int LengthAt = TrackingCode.Length, SaidAt = LengthAt + sizeof(ushort);

    /// <summary>What is wrong with it by itself; null when nothing is.</summary>
    public Refusal? Fault() => TrackingCode.Read(Code) != Code ? new TrackingCodeMalformed() : Casting.Fault(Choice, Paper);

    /// <summary>The form in which it is sealed: as long as that of every other paper of the ballot.</summary>
    /// <exception cref="ArgumentException">The ballot takes no such paper.</exception>
    public byte[] Write(Contest? contest)
    {
        if (Casting.Misfit(contest, Paper, out var said) is { } misfit)
            throw new ArgumentException(misfit.Code, nameof(contest));
        if (Choice is { } choice)
            said = [(byte)choice];
        var bytes = new byte[Size(contest)];
        Encoding.ASCII.GetBytes(Code, bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(LengthAt), checked((ushort)said.Length));
        said.CopyTo(bytes, SaidAt);
        return bytes;
    }

    /// <exception cref="ArgumentException">Not written by <see cref="Write"/> for this ballot.</exception>
    public static SecretPaper Read(ReadOnlySpan<byte> bytes, Contest? contest)
    {
        var length = bytes.Length == Size(contest) ? BinaryPrimitives.ReadUInt16BigEndian(bytes[LengthAt..]) : 0;
        if (length == 0 || SaidAt + length > bytes.Length)
            throw new ArgumentException("Not a paper of this ballot.", nameof(bytes));
        var said = bytes.Slice(SaidAt, length);
        var code = Encoding.ASCII.GetString(bytes[..TrackingCode.Length]);
        var paper = contest is null ? new SecretPaper(code, (Choice)said[0]) : new SecretPaper(code, Paper: new PackedPaper(contest.Question).Unpack(said));
        return paper.Fault() is null ? paper : throw new ArgumentException("Not a paper of this ballot.", nameof(bytes));
    }

    /// <summary>Of every paper of the ballot, in bytes.</summary>
    public static int Size(Contest? contest) => (SaidAt + 1 + (OptionBytes * (contest?.Question.Options.Count ?? 0)) + BlockBytes - 1) / BlockBytes * BlockBytes;
}
