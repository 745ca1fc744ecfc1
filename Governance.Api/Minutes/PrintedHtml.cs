using Governance.Api.Face.Wording;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Governance.Api.Minutes;

/// <summary>What is printed of a meeting.</summary>
public enum Printable
{
    Minutes,
    AttendanceSheet,
}

/// <summary>Minutes and attendance sheets as the whole text that a PDF is made of, at the reader's moment and in their language.</summary>
public sealed class PrintedHtml(MinutesReader minutes, MinutesTexts texts, IServiceProvider services, ILoggerFactory loggers)
{
    /// <param name="version">Of the minutes; null for the last.</param>
    /// <returns>Null when there is nothing of the kind.</returns>
    public async Task<string?> ReadAsync(RequestScope scope, MeetingId meeting, Printable what, int? version, CancellationToken ct)
    {
        if (what == Printable.AttendanceSheet)
            return await minutes.SheetAsync(scope, meeting, texts, ct) is { Words: { Sections.Count: > 0 } sheet } ? await RenderAsync(sheet, [], null) : null;
        if (await minutes.FindAsync(scope, meeting, version, texts, ct) is not { } file)
            return null;
        var t = texts.Minutes;
        List<string> notes = [];
        if (file.State is Domain.Meetings.Minutes.Unwritten or Domain.Meetings.Minutes.Draft)
            notes.Add(t[file.Version is null ? "Preview" : "DraftNotice"]);
        if (file.Transcribed)
            notes.Add(file.Sources.Count > 0 ? t["Transcribed", string.Join(", ", file.Sources)].Value : t["Transcribed.NoSource"].Value);
        if (file.Illustrative)
            notes.Add(t["Illustrative"]);
        if (file.Overtaken)
            notes.Add(file.Since.Count > 0 ? t["Overtaken.Printed", string.Join(", ", file.Since.Select(e => CountWording.Number(e.Position)))].Value : t["Overtaken.What"].Value);
        return await RenderAsync(file.Words, notes, t["Pdf.Footer", CountWording.Number(file.Version?.Composed.Position ?? file.Source.Position), file.Hash].Value, file.Checkpoint);
    }

    /// <summary>Any document in words as such a text.</summary>
    internal async Task<string> RenderAsync(WordedDocument words, IReadOnlyList<string> notes, string? footing, PrintedCheckpoint? checkpoint = null)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () => "<!DOCTYPE html>" + (await renderer.RenderComponentAsync<PrintedMinutes>(ParameterView.FromDictionary(
            new Dictionary<string, object?> { ["Words"] = words, ["Notes"] = notes, ["Footing"] = footing, ["Checkpoint"] = checkpoint }))).ToHtmlString());
    }
}
