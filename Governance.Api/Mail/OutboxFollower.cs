using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using Governance.Domain.Associations;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Following;
using Npgsql;

namespace Governance.Api.Mail;

/// <summary>
/// Puts a message into the outbox for everybody to whom a convocation by e-mail goes, as the log had it when it went out, for everybody who was so convened
/// once the meeting is cancelled, and for everybody who is reminded of dues: in one transaction with how far it has come, so that none is missed and none
/// there twice.
/// </summary>
/// <remarks>What was convened on an earlier day than that of its recording, or is transcribed, went out by other means: nothing is sent.</remarks>
public sealed class OutboxFollower(EventLog log, EventCatalogue catalogue) : Follower
{
    private static readonly HashSet<string> Asking =
    [
        .. new[] { typeof(MeetingConvened), typeof(ConvocationRepeated), typeof(DuesRemindersAsked), typeof(MeetingCancelled) }.Select(EventCatalogue.NameOf),
    ];

    public override string Name => "mail_outbox_1";

    public override bool Concerns(string stream) => new StreamId(stream).Kind is "meeting" or "convocations" or "dues-reminders";

    // Whoever waits for what they see does not wait for the mail.
    public override bool IsAwaited => false;

    public override async ValueTask HandleAsync(IReadOnlyList<StoredEvent> batch, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        foreach (var stored in batch.Where(e => Asking.Contains(e.Type)))
        {
            var headers = EventHeaders.Read(stored.Headers.Span);
            if (headers.Transcribed || headers.Illustrative)
                continue;
            var (association, asking, at) = (AssociationId.Of(Guid.Parse(stored.Tenant)), EventId.Of(stored.Id), stored.RecordedAt);
            switch (catalogue.Read(stored.Type, stored.Data.Span))
            {
                case MeetingConvened { Channel: NoticeChannel.Email } convened when await IsOfTodayAsync(stored, headers.On, ct):
                    await Outbox.AddAsync(
                        association, asking, convened.Meeting, await InvitedAsync(stored, convened.Meeting, headers.On, ct), at, connection, transaction, ct);
                    break;
                case ConvocationRepeated repeated:
                    await Outbox.AddAsync(association, asking, repeated.Meeting, repeated.To, at, connection, transaction, ct);
                    break;
                case DuesRemindersAsked reminded:
                    await Outbox.AddRemindersAsync(association, asking, reminded.Campaign, reminded.To, at, connection, transaction, ct);
                    break;
                case MeetingCancelled cancelled:
                    await Outbox.AddCancellationsAsync(association, asking, cancelled.Meeting, at, connection, transaction, ct);
                    break;
            }
        }
    }

    // What went out cannot be taken back: the rows stay, and the same events add nothing to them.
    public override ValueTask ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct) => ValueTask.CompletedTask;

    private async Task<bool> IsOfTodayAsync(StoredEvent stored, EffectiveTime on, CancellationToken ct)
    {
        var founded = (await log.ReadStreamAsync(stored.Tenant, Association.Stream.Value, ct: ct)).Select(catalogue.Recorded).Select(e => e.Event).OfType<AssociationFounded>().First();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(founded.TimeZone);
        return LocalTime.DayOf(on.Instant, zone) == LocalTime.DayOf(stored.RecordedAt, zone);
    }

    private async Task<IReadOnlyList<PersonId>> InvitedAsync(StoredEvent stored, MeetingId id, EffectiveTime on, CancellationToken ct)
    {
        var meeting = await ReadAsync<Meeting>(stored, Meeting.Stream(id), ct);
        if (meeting.Latest is not Meeting.Known { Plan.Body: { } of })
            return [];
        var body = await ReadAsync<Body>(stored, Body.Stream(of), ct);
        var colleges = new List<Timeline<Body>>();
        foreach (var college in Body.CollegesNamedBy(body))
            colleges.Add(await ReadAsync<Body>(stored, Body.Stream(college), ct));
        return [.. Invited.At(body, colleges, on).OrderBy(p => p.Value)];
    }

    // As it was when the event was recorded: handled later, it asks for the same messages.
    private async Task<Timeline<T>> ReadAsync<T>(StoredEvent stored, StreamId stream, CancellationToken ct) where T : class, IState<T>
    {
        var events = (await log.ReadStreamAsync(stored.Tenant, stream.Value, ct: ct)).TakeWhile(e => e.Position <= stored.Position).Select(catalogue.Recorded).ToList();
        return new(stream, events.Count, events);
    }
}

/// <summary>Runs <see cref="OutboxFollower"/> beside the read models, which do not wait for it.</summary>
public sealed class OutboxFollowerHost(NpgsqlDataSource database, EventLog log, EventCatalogue catalogue, TimeProvider time, ILogger<OutboxFollower> logger)
    : FollowingBeside(database, log, new OutboxFollower(log, catalogue), time, logger);
