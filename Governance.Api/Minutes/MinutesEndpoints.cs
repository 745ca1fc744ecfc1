using Governance.Api.Access;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;

namespace Governance.Api.Minutes;

public enum MinutesStage
{
    Unwritten,
    Draft,
    Signed,
    Approved,
}

/// <param name="Events">What it comes from.</param>
/// <param name="Text">Its words in the language of the request, a line for each paragraph, item and row.</param>
public sealed record MinutesPassageAnswer(string Key, MinutesPart Part, IReadOnlyList<EventId> Events, string Text);

/// <param name="Position">Of the last event that it is composed from.</param>
/// <param name="Hash">Of what it says.</param>
public sealed record MinutesVersionAnswer(int Number, EffectiveTime On, long Position, string Composition, string Hash);

/// <param name="Version">That is told; null where nothing was drafted: what would be is told then.</param>
/// <param name="Outdated">What was recorded since the draft would change it.</param>
/// <param name="Overtaken">They are signed, and composed anew they would say something else.</param>
/// <param name="Since">What was recorded since, where they are overtaken.</param>
/// <param name="Checkpoint">Three lines of the log that cover all that they rest on; null while it has not signed them.</param>
/// <param name="IsAsDrafted">False where the composition gives another hash than was stored with the draft.</param>
public sealed record MinutesAnswer(
    MeetingId Meeting, MinutesStage Stage, int? Version, bool Outdated, bool IsAsDrafted, IReadOnlyList<MinutesVersionAnswer> Versions,
    IReadOnlyList<MinutesSigned> Signatures, MinutesApproved? Approval, string Title, IReadOnlyList<MinutesPassageAnswer> Passages,
    bool Overtaken, IReadOnlyList<EventId> Since, PrintedCheckpoint? Checkpoint);

public static class MinutesEndpoints
{
    /// <summary>Minutes read, and commands on them, under <c>/api/{slug}</c>.</summary>
    /// <remarks>Whoever reads the register reads them at every stage: each event in them can be read already, and a draft says that it is one.</remarks>
    public static void MapMinutes(this IEndpointRouteBuilder api)
    {
        api.MapRead("/meetings/{meeting:guid}/minutes", async (Guid meeting, int? version, RequestScope scope, MinutesReader minutes, MinutesTexts texts, CancellationToken ct) =>
                await minutes.FindAsync(scope, MeetingId.Of(meeting), version, texts, ct) is { } file ? ReadAnswers.Of(Of(file), file.Story.Version) : ReadAnswers.Of<MinutesAnswer>(null))
            .RequirePermission(Permission.ReadRegister)
            .RevealsPeople("minutes")
            .WithName("ReadMinutes")
            .Produces<MinutesAnswer>()
            .ProducesProblems(400, 401, 403, 404, 503);
        api.MapCommand("/meetings/{meeting}/minutes", MinutesUseCases.Draft);
        api.MapCommand("/meetings/{meeting}/minutes/amendments", MinutesUseCases.Amend);
        api.MapCommand("/meetings/{meeting}/minutes/signatures", MinutesUseCases.Sign);
        api.MapCommand("/meetings/{meeting}/minutes/approval", MinutesUseCases.Approve);
        api.MapCommand("/meetings/{meeting}/minutes/errata", MinutesUseCases.Correct);
    }

    private static MinutesAnswer Of(MinutesFile file) => new(
        file.Meeting.Plan.Meeting, StageOf(file.State), file.Version?.Number, file.Outdated, file.IsAsDrafted,
        [.. file.Written?.Versions.Select(v => new MinutesVersionAnswer(v.Number, v.On, v.Composed.Position, v.Composed.Hash, file.Written.HashOf(v))) ?? []],
        [.. file.State.Given.Select(s => s.What)], (file.State as Domain.Meetings.Minutes.Approved)?.What, file.Words.Title,
        [.. file.Words.Sections.SelectMany(s => s.Passages, (s, p) => new MinutesPassageAnswer(p.Key, s.Part, p.Events, p.Plain))],
        file.Overtaken, [.. file.Since.Select(e => e.Id)], file.Checkpoint);

    internal static MinutesStage StageOf(Domain.Meetings.Minutes minutes) => minutes switch
    {
        Domain.Meetings.Minutes.Draft => MinutesStage.Draft,
        Domain.Meetings.Minutes.Signed => MinutesStage.Signed,
        Domain.Meetings.Minutes.Approved => MinutesStage.Approved,
        _ => MinutesStage.Unwritten,
    };
}
