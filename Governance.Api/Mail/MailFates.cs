using Governance.Api.DuesCampaigns;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Api.Meetings;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Mail;

/// <summary>Records in the log what became of messages, by the same commands as anybody's, given by the system.</summary>
public sealed class MailFates(Outbox outbox, SmtpRelay relay, CommandRunner runner, AssociationDirectory associations, TimeProvider time, ILogger<MailFates> logger)
{
    /// <summary>What the reason of a message begins with that no server took in all the time.</summary>
    internal const string GivenUp = "given-up ";

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(15);

    /// <summary>Records the fate of a message, once, however often it is asked.</summary>
    public async Task RecordAsync(OutboxRow row, CancellationToken ct)
    {
        var result = row.State switch
        {
            OutboxState.Accepted when row.Dues is { } dues => await runner.RunAsync(
                DuesCampaignUseCases.RecordReminder, new(dues.Campaign, dues.Member, NoticeChannel.Email, row.Person, ProofOf(row)), await ContextAsync(row, "sent", ct), ct),
            OutboxState.Refused or OutboxState.Unaddressed when row.Dues is { } dues => await runner.RunAsync(
                DuesCampaignUseCases.RecordReminderFailure,
                new(dues.Campaign, dues.Member, NoticeChannel.Email, row.Person, row.State == OutboxState.Refused ? ReasonOf(row.Reason!) : null),
                await ContextAsync(row, row.State == OutboxState.Refused ? "refused" : "unaddressed", ct), ct),
            // The record tells how one was convened; that a meeting is cancelled is itself in it, and the outbox keeps whom that reached.
            _ when row.Cancels => new CommandResult.Unchanged(0),
            OutboxState.Accepted => await runner.RunAsync(
                MeetingUseCases.RecordSending, new(row.Meeting!.Value, row.Person, NoticeChannel.Email, ProofOf(row)), await ContextAsync(row, "sent", ct), ct),
            OutboxState.Refused => await runner.RunAsync(
                MeetingUseCases.RecordBounce, new(row.Meeting!.Value, row.Person, ReasonOf(row.Reason!), NoticeChannel.Email), await ContextAsync(row, "refused", ct), ct),
            OutboxState.Unaddressed => await runner.RunAsync(
                MailUseCases.RecordNoAddress, new(row.Meeting!.Value, row.Person, NoticeChannel.Email), await ContextAsync(row, "unaddressed", ct), ct),
            OutboxState.Lapsed => new CommandResult.Unchanged(0),
            _ => throw new InvalidOperationException($"Row {row.Id} has no fate to record."),
        };
        switch (result)
        {
            case CommandResult.Done or CommandResult.Unchanged or CommandResult.KeyReused:
                await outbox.SettleAsync(row.Id, null, time.GetUtcNow(), ct);
                break;
            case CommandResult.Refused refused:
                logger.LogError("What became of the message of row {Row} is not recorded: {Code}", row.Id, refused.Refusal.Code);
                await outbox.SettleAsync(row.Id, refused.Refusal.Code, time.GetUtcNow(), ct);
                break;
            default:
                await outbox.PostponeAsync(row.Id, result.GetType().Name, time.GetUtcNow(), time.GetUtcNow() + TryAgainAfter, ct);
                break;
        }
    }

    /// <summary>
    /// Records that a message that was taken over came back; of one that says that a meeting is cancelled in the outbox, which keeps whom that reached.
    /// </summary>
    /// <param name="code">The status of the report: <c>5.1.1</c>.</param>
    /// <returns>Null when it was recorded in the outbox alone.</returns>
    public async Task<CommandResult?> RecordBounceAsync(OutboxRow row, string code, CancellationToken ct)
    {
        // It was sent, though the host that knew it died before it said so.
        if (row.State is OutboxState.Waiting)
            row = await outbox.DecideAsync(row, OutboxState.Accepted, relay.Settings is { } settings ? MessageFrame.MessageId(row.Id, settings) : null, time.GetUtcNow(), ct);
        if (row.State is OutboxState.Accepted)
            await RecordAsync(row, ct);
        if (row.Cancels)
            return await outbox.ReturnAsync(row.Id, code, ct) ? null : new CommandResult.Unchanged(0);
        // On the day on which it came back, whenever it went out.
        var context = await ContextAsync(row, "bounced", ct) with { Effective = null };
        return row.Dues is { } dues
            ? await runner.RunAsync(
                DuesCampaignUseCases.RecordReminderFailure, new(dues.Campaign, dues.Member, NoticeChannel.Email, row.Person, ReasonOf(code)), context, ct)
            : await runner.RunAsync(MeetingUseCases.RecordBounce, new(row.Meeting!.Value, row.Person, ReasonOf(code), NoticeChannel.Email), context, ct);
    }

    private static string? ProofOf(OutboxRow row) => row.Reason is { } id ? $"Message-ID: <{id}>" : null;

    // On which day it went out is told by the association's clocks.
    private async Task<CommandContext> ContextAsync(OutboxRow row, string what, CancellationToken ct) =>
        CommandContext.OfSystem(row.Association, $"convocation {row.Id:N} {what}", time) with
        {
            Zone = (await associations.OfAsync(row.Association, ct))!.Zone,
            Effective = EffectiveTime.At(row.Decided!.Value),
            CausationId = row.Event.ToString(),
        };

    /// <summary>Why a message did not arrive, in the reader's language. Of what a server says its codes alone are kept: its texts name the person.</summary>
    internal static string Why(string code) => Reason(code, MailWording.Say);

    private static string ReasonOf(string code) => Reason(code, MailWording.Record);

    private static string Reason(string code, Func<string, object[], string> say) => code.StartsWith(GivenUp, StringComparison.Ordinal)
        ? say("Reason.GivenUp", [code[GivenUp.Length..]])
        : say(Status(code) switch
        {
            "5.1.1" or "5.1.10" or "5.1.2" or "5.1.3" or "5.1.6" => "Reason.Unknown",
            "5.2.2" => "Reason.Full",
            "5.2.1" => "Reason.Disabled",
            "5.3.4" or "5.2.3" => "Reason.TooLarge",
            ['5', '.', '7', '.', ..] => "Reason.Policy",
            ['4', ..] => "Reason.Expired",
            _ => "Reason.Refused",
        }, [code]);

    private static string Status(string code) => code[(code.LastIndexOf(' ') + 1)..];
}
