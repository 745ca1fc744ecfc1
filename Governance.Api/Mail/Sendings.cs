using Governance.Api.Kernel.Http;
using Governance.Api.Meetings;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Mail;

/// <summary>How far the convocation of one person is.</summary>
public enum SendingState
{
    /// <summary>Nothing is recorded.</summary>
    NotSent,

    /// <summary>A message waits to be sent, or to be sent again.</summary>
    Waiting,

    Sent,

    Bounced,

    NoAddress,

    /// <summary>It was of no use any more before it could be sent.</summary>
    Lapsed,
}

/// <param name="On">When it was sent, or its fate found.</param>
/// <param name="Proof">What shows the sending.</param>
/// <param name="Reason">Why it did not arrive, in words; of one that lapsed, a code.</param>
/// <param name="Attempts">How often its message was tried, as far as it goes by mail from here.</param>
/// <param name="Next">When a message that waits is tried next.</param>
/// <param name="Fault">What went wrong when it was tried last, as a code.</param>
public sealed record SendingAnswer(
    PersonId Person, SendingState State, EffectiveTime? On = null, NoticeChannel? Channel = null, string? Proof = null, string? Reason = null, int Attempts = 0,
    DateTimeOffset? Next = null, string? Fault = null);

/// <summary>The convocation person by person: what is recorded of each, and what is under way.</summary>
public sealed class Sendings(Outbox outbox)
{
    /// <returns>Everybody to whom it goes or went, in the order of their ids; nobody before it is convened.</returns>
    public async Task<IReadOnlyList<SendingAnswer>> OfAsync(MeetingFile file, RequestScope scope, CancellationToken ct)
    {
        if (file.Meeting is not { Convocation: not null, ConvenedOn: { } on })
            return [];
        // What is under way is so today.
        var rows = scope.IsPast
            ? new Dictionary<PersonId, OutboxRow>()
            : await outbox.OfMeetingAsync(scope.Association.Id, file.Meeting.Plan.Meeting, ct);
        var invited = Invited.At(file.Meeting.Plan.Body is null ? null : file.Basis.Bodies.Body, file.Basis.Bodies.Colleges, on);
        var known = file.Convocations;
        return
        [
            .. invited.Concat(known.To.Keys).Concat(known.Unaddressed.Keys).Concat(rows.Keys).Distinct().OrderBy(p => p.Value)
                .Select(person => Of(person, known, rows.GetValueOrDefault(person), scope.Association.Zone)),
        ];
    }

    private static SendingAnswer Of(PersonId person, Domain.Meetings.Convocations known, OutboxRow? row, TimeZoneInfo zone)
    {
        var sending = known.To.GetValueOrDefault(person);
        var answer = new SendingAnswer(person, SendingState.NotSent, Proof: sending?.Proof, Attempts: row?.Attempts ?? 0, Fault: row?.Fault);
        // What was recorded by hand since is how far it is.
        if (row is { State: OutboxState.Waiting } && !Since(sending?.On) && !Since(known.Unaddressed.TryGetValue(person, out var missing) ? missing : null))
            return answer with { State = SendingState.Waiting, Channel = NoticeChannel.Email, Proof = null, Next = row.Due };
        if (known.Unaddressed.TryGetValue(person, out var found))
            return answer with { State = SendingState.NoAddress, On = found, Channel = NoticeChannel.Email, Proof = null };
        if (sending is not null)
            return answer with { State = sending.Bounced is null ? SendingState.Sent : SendingState.Bounced, On = sending.On, Channel = sending.Channel, Reason = sending.Bounced };
        return row is { State: OutboxState.Lapsed } ? answer with { State = SendingState.Lapsed, On = EffectiveTime.At(row.Decided!.Value), Reason = row.Reason } : answer;

        bool Since(EffectiveTime? on) => on is { } at && at.PeriodEnd(zone) > row.Asked;
    }
}
