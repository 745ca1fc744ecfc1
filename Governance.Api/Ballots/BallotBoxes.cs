using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.EventStore;
using Governance.EventStore.Vault;

namespace Governance.Api.Ballots;

/// <summary>The boxes of secret ballots: sealed papers in the database, each ballot's secret outside of it.</summary>
public sealed class BallotBoxes(BallotSecrets secrets, SealedPapers papers)
{
    public BallotSecrets Secrets => secrets;

    /// <summary>The box of a ballot, to be disposed of soon; null where this host has not its secret.</summary>
    public BallotBox? Open(AssociationId association, BallotId ballot, Contest? contest) =>
        secrets.Find(association.Value, ballot.Value) is { } secret ? new(association, ballot, contest, secret, papers) : null;
}

/// <summary>The box of one secret ballot, as long as its secret is in hand.</summary>
public sealed class BallotBox(AssociationId association, BallotId ballot, Contest? contest, BallotSecret secret, SealedPapers papers) : IDisposable
{
    /// <summary>The paper of an elector; null while there is none, or none that opens.</summary>
    public async ValueTask<SecretPaper?> FindAsync(MandateId elector, CancellationToken ct)
    {
        var row = secret.RowOf(elector.Value);
        return await papers.FindAsync(association.ToString(), ballot.Value, row, ct) is { } found ? Opened(row, found) : null;
    }

    /// <summary>What puts a paper in, in the place of the one before it.</summary>
    public SealedPaperChange PutIn(MandateId elector, SecretPaper paper)
    {
        var row = secret.RowOf(elector.Value);
        return new(ballot.Value, row, secret.Seal(row, paper.Write(contest)));
    }

    /// <summary>The paper of each elector who signed, null where there is none that opens; and how many are there of others.</summary>
    public async ValueTask<(IReadOnlyDictionary<MandateId, SecretPaper?> Papers, int Strays)> EmptyAsync(IReadOnlyList<MandateId> signed, CancellationToken ct)
    {
        var rows = await papers.ReadAsync(association.ToString(), ballot.Value, ct);
        var found = new Dictionary<MandateId, SecretPaper?>();
        var theirs = 0;
        foreach (var elector in signed)
        {
            var row = secret.RowOf(elector.Value);
            var there = rows.TryGetValue(Convert.ToBase64String(row), out var paper);
            theirs += there ? 1 : 0;
            found.Add(elector, there ? Opened(row, paper!) : null);
        }

        return (found, rows.Count - theirs);
    }

    // What is read again has no code yet; the form that casts it makes one.
    private static readonly string NoCode = TrackingCode.Of(new byte[TrackingCode.Length]);

    private const int MandateBytes = 16;

    /// <summary>
    /// Seals votes that the browser of an account keeps until they are cast: as long whatever they say. Nobody opens them once the ballot's secret is
    /// destroyed.
    /// </summary>
    public byte[] SealForBrowser(string account, IReadOnlyList<VoteToCast> votes) => secret.SealForBrowser(
        account, [.. votes.SelectMany(v => v.Mandate.Value.ToByteArray().Concat(new SecretPaper(NoCode, v.Choice, v.Paper).Write(contest)))]);

    /// <summary>The votes that were sealed for this account; null when they were not, or were altered.</summary>
    public IReadOnlyList<VoteToCast>? OpenFromBrowser(string account, byte[] sealedVotes) => secret.OpenFromBrowser(account, sealedVotes)?
        .Chunk(MandateBytes + SecretPaper.Size(contest)).Select(vote =>
        {
            var paper = SecretPaper.Read(vote.AsSpan(MandateBytes), contest);
            return new VoteToCast(MandateId.Of(new Guid(vote.AsSpan(0, MandateBytes))), paper.Choice, paper.Paper);
        }).ToList();

    public void Dispose() => secret.Dispose();

    private SecretPaper? Opened(byte[] row, byte[] sealedPaper) => secret.Open(row, sealedPaper) is { } bytes ? SecretPaper.Read(bytes, contest) : null;
}
