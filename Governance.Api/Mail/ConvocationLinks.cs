using System.Buffers.Binary;
using Governance.Api.Access;
using Governance.Domain.Kernel;

namespace Governance.Api.Mail;

/// <summary>What a personal link of a convocation opens: reading the convocation of one meeting and the documents that it names, until a week after it begins, and nothing else.</summary>
public sealed record ConvocationLink(AssociationId Association, MeetingId Meeting, PersonId Person, DateTimeOffset Expires);

/// <summary>Makes and reads the links of convocations.</summary>
public sealed class ConvocationLinks(InstallationKey keys)
{
    /// <summary>The cookie of whoever opened one, sent to the convocation's own page alone.</summary>
    public const string Cookie = "governance-convocation";

    /// <summary>The document that a link opens, in its address.</summary>
    public const string DocumentField = "document";

    private const string Prefix = "conv.";

    private const int GuidBytes = 16, PlainBytes = (3 * GuidBytes) + sizeof(long);

    private static readonly TimeSpan OpensAfterStart = TimeSpan.FromDays(7);

    /// <summary>Where the convocation of a meeting is read.</summary>
    public static string PageOf(string slug, MeetingId meeting) => $"/{slug}/meetings/{meeting}/notice";

    /// <summary>The address of a person's own link, from the root of the installation.</summary>
    public string PathOf(ConvocationLetter letter, PersonId person) => $"/{letter.Association.Slug}/convocations/" + Seal(
        new(letter.Association.Id, letter.Meeting.Plan.Meeting, person, letter.Meeting.Starts.Instant + OpensAfterStart));

    /// <summary>The same link, which opens a document of the meeting.</summary>
    public static string To(string link, DocumentId document) => $"{link}?{DocumentField}={document}";

    public string Seal(ConvocationLink link)
    {
        Span<byte> plain = stackalloc byte[PlainBytes];
        link.Association.Value.TryWriteBytes(plain);
        link.Meeting.Value.TryWriteBytes(plain[GuidBytes..]);
        link.Person.Value.TryWriteBytes(plain[(2 * GuidBytes)..]);
        BinaryPrimitives.WriteInt64BigEndian(plain[(3 * GuidBytes)..], link.Expires.ToUnixTimeSeconds());
        return SealedSecret.Seal(keys.ConvocationLinks, Prefix, plain);
    }

    /// <summary>What a secret opens; null for one that was not made here, or is past its time.</summary>
    public ConvocationLink? Open(string secret, DateTimeOffset now)
    {
        Span<byte> plain = stackalloc byte[PlainBytes];
        if (!SealedSecret.TryOpen(keys.ConvocationLinks, Prefix, secret, plain))
            return null;
        var expires = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain[(3 * GuidBytes)..]));
        return now < expires
            ? new(
                AssociationId.Of(new Guid(plain[..GuidBytes])), MeetingId.Of(new Guid(plain.Slice(GuidBytes, GuidBytes))),
                PersonId.Of(new Guid(plain.Slice(2 * GuidBytes, GuidBytes))), expires)
            : null;
    }
}
