using Governance.EventStore.Vault;
using Xunit;

namespace Governance.Tests.EventStore;

/// <summary>The journal of erasures as a file that hosts share and that outlives what cuts it off.</summary>
public sealed class ErasureJournalTests : IDisposable
{
    private static readonly string Association = "0197a000-0000-7000-8000-0000000000aa";
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("governance-journal").FullName;

    private string Place => Path.Combine(_directory, "keys", "erasures.journal");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_is_written_is_read_by_every_host_once_and_by_the_owner_of_the_file_alone()
    {
        var journal = new ErasureJournal(Place);
        Assert.Empty(journal.Read());
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        journal.Write(Association, one, Noon);
        journal.Write(Association, two, Noon.AddMicroseconds(1));
        journal.Write(Association, one, Noon.AddDays(1));

        Assert.Equal([new(Association, one, Noon), new(Association, two, Noon.AddMicroseconds(1))], new ErasureJournal(Place).Read());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Place));
    }

    [Fact]
    public async Task Hosts_that_write_at_once_lose_nothing_of_each_other()
    {
        var people = Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList()).ToList();
        await Task.WhenAll(people.Select(mine => Task.Run(() =>
        {
            var journal = new ErasureJournal(Place);
            foreach (var person in mine)
                journal.Write(Association, person, Noon);
        })));

        Assert.Equal(people.SelectMany(mine => mine).Order(), new ErasureJournal(Place).Read().Select(line => line.Person).Order());
    }

    [Fact]
    public void A_line_that_was_cut_off_at_any_byte_is_passed_over_and_the_next_ones_stand()
    {
        var (kept, next) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        new ErasureJournal(Place).Write(Association, kept, Noon);
        var before = File.ReadAllBytes(Place);
        new ErasureJournal(Place).Write(Association, Guid.CreateVersion7(), Noon);
        var whole = File.ReadAllBytes(Place);

        // The last byte is a line end: without it the line is whole.
        for (var length = before.Length; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(Place, whole[..length]);
            new ErasureJournal(Place).Write(Association, next, Noon);
            Assert.Equal([kept, next], new ErasureJournal(Place).Read().Select(line => line.Person));
        }
    }

    [Fact]
    public void A_line_that_was_altered_is_refused_since_somebody_may_be_missing_from_it()
    {
        new ErasureJournal(Place).Write(Association, Guid.CreateVersion7(), Noon);
        File.WriteAllText(Place, File.ReadAllText(Place).Replace("2026", "XXXX", StringComparison.Ordinal));

        Assert.Contains("Line 2", Assert.Throws<InvalidDataException>(() => new ErasureJournal(Place).Read()).Message, StringComparison.Ordinal);
    }
}
