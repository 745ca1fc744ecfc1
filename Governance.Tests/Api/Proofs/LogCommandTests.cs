using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Api.Proofs;
using Governance.EventStore.Following;
using Governance.EventStore.Log;
using Governance.EventStore.Vault;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Governance.Tests.Api.Proofs;

/// <summary>What an operator does with the keys of a log in a terminal.</summary>
public sealed class LogCommandTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Association => AssociationDirectory.IdOf(Host.Slug).ToString();

    [Fact]
    public async Task A_restored_database_that_lost_events_is_refused_in_a_sentence_and_begins_a_new_log_when_told_to()
    {
        await using var host = new Host { ConnectionString = await PostgreSql.HostConnectionStringAsync() };
        await host.InitializeAsync();
        var last = await host.Log.LastPositionAsync(Stop);
        Assert.True(await host.App.Services.GetRequiredService<FollowerHost>().WaitForAsync(TransparencyLogFollower.FollowerName, last, TimeSpan.FromSeconds(20), ct: Stop));
        var keys = host.App.Services.GetRequiredService<TransparencyLog>().Keys;
        var published = keys.LastPublished(Association)!;

        // The database as it is holds what was published; its key can be replaced.
        var check = await Terminal.RunAsync(host.DataDirectory, host.ConnectionString!, Stop, "rebuild", "--check");
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.Contains($"equal  transparency_log of {Association}: {last} events", check.Output, StringComparison.Ordinal);
        var rotated = await Terminal.RunAsync(host.DataDirectory, host.ConnectionString!, Stop, "log", "rotate", "--association", Host.Slug);
        Assert.Equal(0, rotated.ExitCode);
        Assert.EndsWith($"\n\n{keys.Keys(Association)[1].Rotation}\n", rotated.Output, StringComparison.Ordinal);
        var unknown = await Terminal.RunAsync(host.DataDirectory, host.ConnectionString!, Stop, "log", "rotate", "--association", "inconnue");
        Assert.Equal((1, "Aucune association « inconnue » n’a de journal ici."), (unknown.ExitCode, Terminal.Plain(unknown.Error)));

        // A witness is registered once, by its own kind of key, and taken off again.
        var witness = new Cosigner("witness.example.org", [7, .. new byte[31]]).Key;
        var witnesses = host.App.Services.GetRequiredService<TransparencyLog>().Witnesses;
        async Task<(int, string)> WitnessAsync(params string[] arguments) =>
            await Terminal.RunAsync(host.DataDirectory, host.ConnectionString!, Stop, ["log", "witness", "--association", Host.Slug, .. arguments]) is var said
                ? (said.ExitCode, Terminal.Plain(said.Output + said.Error).Trim())
                : default;
        Assert.Equal((0, "witness.example.org est témoin de ce journal : ses contresignatures sont acceptées et montrées."), await WitnessAsync(witness.ToString()));
        Assert.Equal(witness.ToString(), Assert.Single(witnesses.Registered(Association)).ToString());
        Assert.Equal(1, (await WitnessAsync(keys.Keys(Association)[0].Key.ToString())).Item1);
        Assert.Equal(1, (await WitnessAsync(new Cosigner("witness.example.org", [8, .. new byte[31]]).Key.ToString())).Item1);
        Assert.Equal(0, (await WitnessAsync(witness.ToString(), "--remove")).Item1);
        Assert.Empty(witnesses.Registered(Association));
        Assert.Equal(1, (await WitnessAsync(witness.ToString(), "--remove")).Item1);

        // A signing key that others may read ends the start in a sentence.
        var key = Path.Combine(keys.Place, $"{Association}.1.2.key");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var open = await Terminal.RunAsync(host.DataDirectory, host.ConnectionString!, Stop, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, $"La clé de signature dans {key} peut être lue par d’autres que son propriétaire. Rien n’est démarré. Fermez le fichier (chmod 600 {key}), puis remplacez la clé : ./run log rotate --association NOM"), (open.ExitCode, Terminal.Plain(open.Error)));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // A database from before the first event is another matter.
        var restored = await PostgreSql.HostConnectionStringAsync();
        var refused = await Terminal.RunAsync(host.DataDirectory, restored, Stop, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"La base de données contient 0 événements de l’association {Association}, alors que {last} ont été publiés", Terminal.Plain(refused.Error), StringComparison.Ordinal);
        Assert.EndsWith($"./run log new-origin --association {Association}", Terminal.Plain(refused.Error), StringComparison.Ordinal);
        Assert.Single(refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var begun = await Terminal.RunAsync(host.DataDirectory, restored, Stop, "log", "new-origin", "--association", Association);
        Assert.Equal(0, begun.ExitCode);
        Assert.Contains(published.Text, begun.Output, StringComparison.Ordinal);
        Assert.Equal($"governance/{Association}/2", Checkpoint.Parse(keys.LastPublished(Association)!.Text)!.Origin);
        await using var app = await GovernanceHost.BuildAsync(new HostSettings(host.DataDirectory, "http://127.0.0.1:0") { ConnectionString = restored }, ct: Stop);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Whatever_is_wrong_with_the_file_of_a_key_is_said_with_its_name_in_the_reader_s_language(string language)
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(language);
        var said = (from kind in Enum.GetValues<KeyKind>() from fault in Enum.GetValues<KeyFileFault>() select ProofWording.Of(new KeyFileException("/keys/one", kind, fault))).ToList();
        var texts = new System.Resources.ResourceManager("Governance.Api.Proofs.Witnesses.WitnessText", typeof(ProofWording).Assembly);
        said.AddRange(Enum.GetNames<WitnessFilesFault>().Select(fault => string.Format(System.Globalization.CultureInfo.CurrentUICulture, texts.GetString("files-" + fault)!, "/keys/one", "/keys/other")));

        Assert.All(said, sentence => Assert.Contains("/keys/one", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_master_key_that_others_may_read_ends_the_start_in_a_sentence_before_the_database_is_opened()
    {
        var data = Path.Combine(Path.GetTempPath(), $"governance-keys-{Guid.NewGuid():N}");
        var key = Path.Combine(data, "keys", "master.key");
        Governance.EventStore.Vault.MasterKey.AtPath(key);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        try
        {
            var refused = await Terminal.RunAsync(data, "Host=nowhere", Stop, "serve", "--urls", "http://127.0.0.1:0");
            Assert.Equal(1, refused.ExitCode);
            Assert.StartsWith($"La clé maîtresse dans {key} peut être lue par d’autres que son propriétaire. Rien n’est démarré. Fermez le fichier (chmod 600 {key})", Terminal.Plain(refused.Error), StringComparison.Ordinal);
            Assert.Single(refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
