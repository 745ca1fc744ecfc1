using System.Text;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Domain.Ballots;

/// <summary>A paper as it goes into the box of a secret ballot on a motion, and comes out of it.</summary>
/// <param name="Code">Its tracking code: see <see cref="TrackingCode"/>.</param>
public sealed record SecretPaper(string Code, Choice Choice)
{
    // The code, the choice, and room to spare: every paper of a motion is as long as any other.
    private const int MotionBytes = 32;

    /// <summary>What is wrong with it by itself; null when it can be put in.</summary>
    public Refusal? Fault() =>
        TrackingCode.Read(Code) != Code ? new TrackingCodeMalformed()
        : Choice is not (Choice.For or Choice.Against or Choice.Abstain or Choice.Blank) ? new NullIsNoChoice()
        : null;

    /// <summary>The form in which it is sealed: 32 bytes, whatever it says.</summary>
    public byte[] Write()
    {
        var bytes = new byte[MotionBytes];
        Encoding.ASCII.GetBytes(Code, bytes);
        bytes[TrackingCode.Length] = (byte)Choice;
        return bytes;
    }

    /// <exception cref="ArgumentException">Not written by <see cref="Write"/>.</exception>
    public static SecretPaper Read(ReadOnlySpan<byte> bytes)
    {
        var paper = bytes.Length == MotionBytes ? new SecretPaper(Encoding.ASCII.GetString(bytes[..TrackingCode.Length]), (Choice)bytes[TrackingCode.Length]) : null;
        return paper is not null && paper.Fault() is null ? paper : throw new ArgumentException("Not a paper of a motion.", nameof(bytes));
    }
}
