using Governance.Api.Kernel.Hosting;
using Governance.Domain.Meetings;
using MimeKit;

namespace Governance.Api.Mail;

/// <summary>
/// Sends what waits in the outbox, and records what became of it. The fate is written down before it is recorded, and recorded under one key for each row:
/// whatever crashes in between, it is recorded once. A message that was taken over while this was not written down is sent again, as the same message.
/// </summary>
public sealed class MailSending(
    Outbox outbox, SmtpRelay relay, ConvocationLetters letters, ConvocationMessages messages, ReminderLetters reminders, ReminderMessages reminderMessages, BounceAddresses bounces, MailFates fates, TimeProvider time, ILogger<MailSending> logger)
    : PeriodicWork(LooksEvery, time, logger)
{
    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(2);

    /// <summary>Connections to the server at once.</summary>
    private const int Connections = 4;

    /// <summary>Messages of a round: each connection has so many, one after the other, while their rows are held.</summary>
    private const int OfConnection = 8;

    private static readonly TimeSpan TryAgainAfterConvocation = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TryAgainAfterFault = TimeSpan.FromMinutes(1);

    /// <returns>How many messages it had in hand.</returns>
    public override async Task<int> RoundAsync(CancellationToken ct)
    {
        var rows = await outbox.ClaimAsync(Time.GetUtcNow(), Connections * OfConnection, sends: relay.Settings is not null, ct);
        if (rows.Count == 0)
            return 0;
        await Parallel.ForEachAsync(
            rows.Chunk((rows.Count + Connections - 1) / Connections), new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = ct },
            async (part, stop) =>
            {
                SmtpSession? session = null;
                try
                {
                    foreach (var row in part)
                        await BringAsync(row, () => session ??= relay.Open(), stop);
                }
                finally
                {
                    if (session is not null)
                        await session.DisposeAsync();
                }
            });
        return rows.Count;
    }

    // One that fails keeps no other from its turn.
    private async Task BringAsync(OutboxRow row, Func<SmtpSession> session, CancellationToken ct)
    {
        try
        {
            // Held too long, it may be in the hands of another host.
            if (row.HeldUntil is { } until && Time.GetUtcNow() > until - (2 * (relay.Settings?.Patience ?? TimeSpan.Zero)))
            {
                await outbox.ReleaseAsync(row.Id, ct);
                return;
            }

            var decided = row.State == OutboxState.Waiting ? await SendAsync(row, session, ct) : row;
            if (decided is not null)
                await fates.RecordAsync(decided, ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // What it says may name whom the message is for.
            Logger.LogError("The message of row {Row} failed: {Fault} {Trace}", row.Id, fault.GetType().Name, fault.StackTrace);
            await outbox.PostponeAsync(row.Id, fault.GetType().Name, Time.GetUtcNow(), Time.GetUtcNow() + TryAgainAfterFault, ct);
        }
    }

    /// <returns>The row with its fate; null where it is tried again later.</returns>
    private async Task<OutboxRow?> SendAsync(OutboxRow row, Func<SmtpSession> session, CancellationToken ct)
    {
        var (settings, now) = (relay.Settings!, Time.GetUtcNow());
        var letter = await LetterAsync(row, now, ct);
        if (row.Cancels)
        {
            var convened = await outbox.ConvocationsOfAsync(row.Association, row.Meeting!.Value, row.Person, ct);
            if (convened.Any(c => c.State == OutboxState.Waiting))
            {
                // Whether there is anything to take back is known once that message's fate is.
                await outbox.PostponeAsync(row.Id, "convocation-waiting", now, now + TryAgainAfterConvocation, ct);
                return null;
            }

            if (!convened.Any(c => c.State == OutboxState.Accepted))
                return await outbox.DecideAsync(row, OutboxState.Lapsed, "not-convened", now, ct);
        }

        if (letter.Lapsed is { } lapsed)
            return await outbox.DecideAsync(row, OutboxState.Lapsed, lapsed, now, ct);
        var to = await letters.OpenAsync(row.Association, row.Person, ct);
        if (to.Email is null || !MailboxAddress.TryParse(to.Email, out var address) || address.Domain.Length == 0)
            return await outbox.DecideAsync(row, OutboxState.Unaddressed, null, now, ct);

        using var message = await letter.MakeAsync(to, address);
        var answer = await session().SendAsync(message, bounces.Of(row.Id, settings.Bounces), address, ct);
        now = Time.GetUtcNow();
        switch (answer)
        {
            case SmtpAnswer.Accepted:
                return await outbox.DecideAsync(row, OutboxState.Accepted, message.MessageId, now, ct);
            case SmtpAnswer.Refused refused:
                return await outbox.DecideAsync(row, OutboxState.Refused, refused.Code, now, ct);
            case SmtpAnswer.NotNow later when Retries.Next(row.Attempts + 1, row.FirstTried ?? now, now, letter.Useless) is { } next:
                Logger.LogWarning("The message of row {Row} is not taken: {Code}; tried again at {Next}", row.Id, later.Code, next);
                await outbox.PostponeAsync(row.Id, later.Code, now, next, ct);
                return null;
            case SmtpAnswer.NotNow later:
                return await outbox.DecideAsync(row, OutboxState.Refused, MailFates.GivenUp + later.Code, now, ct);
            default:
                throw new InvalidOperationException($"No fate for {answer}.");
        }
    }

    /// <summary>A message before it is made.</summary>
    /// <param name="Lapsed">Why it is of no use any more, as a code; null while it is.</param>
    /// <param name="Useless">From when on it will be of none.</param>
    private sealed record Letter(string? Lapsed, DateTimeOffset Useless, Func<Addressee, MailboxAddress, Task<MimeMessage>> MakeAsync);

    private async Task<Letter> LetterAsync(OutboxRow row, DateTimeOffset now, CancellationToken ct)
    {
        if (row.Dues is { } dues)
        {
            var reminder = await reminders.ReadAsync(row.Association, dues, ct) ?? throw new InvalidOperationException($"No campaign {dues.Campaign} of {row.Association}.");
            return new(reminder.Lapsed(row), DateTimeOffset.MaxValue, (to, address) => reminderMessages.MakeAsync(row, reminder, to, address, relay.Settings!, to.Language));
        }

        var letter = await letters.ReadAsync(row.Association, row.Meeting!.Value, ct) ?? throw new InvalidOperationException($"No meeting {row.Meeting} of {row.Association}.");
        return new(Lapsed(letter, row, now), letter.Meeting.Starts.Instant, (to, address) => messages.MakeAsync(row, letter, to, address, relay.Settings!, to.Language));
    }

    // Why it is of no use any more; null while it is.
    private static string? Lapsed(ConvocationLetter letter, OutboxRow row, DateTimeOffset now) => letter.Meeting switch
    {
        { Starts.Instant: var starts } when row.Cancels => now >= starts ? "begun" : null,
        Meeting.Cancelled => "cancelled",
        not Meeting.Convened => "begun",
        { Starts.Instant: var starts } when now >= starts => "begun",
        // By hand, or by a message that was asked for later.
        _ when letter.Sent.TryGetValue(row.Person, out var sent) && sent > row.Asked => "sent-since",
        _ => null,
    };
}
