using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Domain.Ballots;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Governance.Tests.Api.Documents;

/// <summary>A host that keeps documents of one mebibyte at most, and what the tests of documents say to it.</summary>
public sealed partial class DocumentRoom : IAsyncLifetime
{
    public const string Address = $"/api/{Host.Slug}";

    public static byte[] Pdf(string text) => Encoding.UTF8.GetBytes($"%PDF-1.7\n{text}\n%%EOF\n");

    public Host Host { get; } = new() { Settings = new Dictionary<string, string?> { ["Governance:DocumentMebibytes"] = "1" } };

    public NpgsqlDataSource Database => Host.App.Services.GetRequiredService<NpgsqlDataSource>();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A ballot to attach something to.</summary>
    public async Task<StreamId> ThingAsync() => Ballot.Stream(await Host.DecisionAsync());

    /// <summary>A form with a file, its fields first.</summary>
    public static MultipartFormDataContent Form(byte[]? file, string fileName, params IEnumerable<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        if (file is not null)
            form.Add(new ByteArrayContent(file), "content", fileName);
        return form;
    }

    /// <summary>Sends a file as the secretariat.</summary>
    public async Task<HttpResponseMessage> SendAsync(byte[]? file, string fileName, string? key, params IEnumerable<(string Name, string Value)> fields)
    {
        using var client = Host.As(Role.Secretariat);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Address}/documents") { Content = Form(file, fileName, Filled(fields)) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Files a document as the secretariat and waits until it shows.</summary>
    public async Task<DocumentId> FileAsync(byte[] file, string fileName, params IEnumerable<(string Name, string Value)> fields)
    {
        using var answer = await SendAsync(file, fileName, null, fields);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await ShownAsync();
        return DocumentId.Of(Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]));
    }

    public async Task ShownAsync() => await Host.ShownAsync(await Host.Log.LastPositionAsync(TestContext.Current.CancellationToken));

    public async Task<Document> StateAsync(DocumentId document)
    {
        var events = await Host.Log.ReadStreamAsync(Host.Association.ToString(), Document.Stream(document).Value, ct: TestContext.Current.CancellationToken);
        return new Timeline<Document>(Document.Stream(document), events.Count, [.. events.Select(e => Governance.Api.Kernel.Commands.StoredEvents.Recorded(EventCatalogue.All, e))]).Latest;
    }

    public async Task<long> CountAsync(string table)
    {
        await using var command = Database.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Sends a form with a file from a page, with its token.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(Visitor visitor, string page, byte[]? file, string fileName, bool token = true, params IEnumerable<(string Name, string Value)> fields)
    {
        var html = await visitor.ReadAsync(page);
        string Hidden(string name) => Regex.Match(html, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;
        (string, string)[] own = [("__RequestVerificationToken", token ? Hidden("__RequestVerificationToken") : "none"), ("idempotencyKey", Hidden("idempotencyKey"))];
        using var form = Form(file, fileName, [.. own, .. Filled(fields)]);
        return await visitor.Client.PostAsync(new Uri(page.Split('?')[0], UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    public static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static IEnumerable<(string Name, string Value)> Filled(IEnumerable<(string Name, string Value)> fields)
    {
        var given = fields.ToList();
        (string Name, string Value)[] usual = [("title", "Rapport d'activité"), ("kind", "annex"), ("audience.kind", "association"), ("retention.kind", "forever")];
        return usual.Where(field => given.TrueForAll(g => g.Name != field.Name)).Concat(given);
    }
}
