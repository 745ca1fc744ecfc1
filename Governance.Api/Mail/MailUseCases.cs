using Governance.Api.Access;
using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.People;
using Governance.Domain.Voting;

namespace Governance.Api.Mail;

/// <param name="Person">To whom; null for everybody whom it did not reach.</param>
public sealed record SendConvocationAgainRequest(MeetingId Meeting, PersonId? Person = null);

public sealed record RecordNoAddressRequest(MeetingId Meeting, PersonId Person, NoticeChannel Channel = NoticeChannel.Email);

/// <summary>What can be asked of convocations by mail.</summary>
public static class MailUseCases
{
    public static UseCase<SendConvocationAgainRequest> SendAgain { get; } = new(
        nameof(SendConvocationAgain),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (convocations, meeting) = await deciding.ReadAsync<Convocations, Meeting>(
                Convocations.Stream(request.Meeting), Meeting.Stream(request.Meeting), ct);
            var plan = (meeting.Latest as Meeting.Known)?.Plan;
            var (body, colleges) = await BallotUseCases.BodiesAsync(plan?.Body, deciding, ct);
            IReadOnlySet<PersonId> invited = Invited.At(plan?.Body is null ? null : body, colleges, deciding.On);
            // Who comes to a working group is whoever the secretariat says.
            if (plan is { Group: not null } && request.Person is { } named && (await deciding.ReadAsync<Person>(Person.Stream(named), ct)).Latest is Person.Registered)
                invited = new HashSet<PersonId> { named };
            return new SendConvocationAgain(request.Meeting, request.Person, deciding.On).Decide(meeting, convocations, invited);
        })
    {
        Dating = Dating.Now,
    };

    public static UseCase<RecordNoAddressRequest> RecordNoAddress { get; } = new(
        nameof(Domain.Meetings.RecordNoAddress),
        Permission.ConductMeetings,
        async (request, deciding, ct) =>
        {
            var (convocations, meeting) = await deciding.ReadAsync<Convocations, Meeting>(
                Convocations.Stream(request.Meeting), Meeting.Stream(request.Meeting), ct);
            return new RecordNoAddress(request.Meeting, request.Person, request.Channel, deciding.On).Decide(meeting, convocations);
        })
    {
        Dating = Dating.Happened,
    };
}
