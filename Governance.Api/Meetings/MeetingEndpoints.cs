using Governance.Api.Kernel.Http;

namespace Governance.Api.Meetings;

public static class MeetingEndpoints
{
    /// <summary>Commands of meetings, under <c>/api/{slug}</c>.</summary>
    public static void MapMeetings(this IEndpointRouteBuilder api)
    {
        api.MapCommand("/meetings", MeetingUseCases.Plan, created: "meetings/{meeting}");
        api.MapCommand("/meetings/{meeting}/date", MeetingUseCases.Move);
        api.MapCommand("/meetings/{meeting}/cancellation", MeetingUseCases.Cancel);
        api.MapCommand("/meetings/{meeting}/agenda", MeetingUseCases.AddItem);
        api.MapCommand("/meetings/{meeting}/agenda/{item}/wording", MeetingUseCases.RewordItem);
        api.MapCommand("/meetings/{meeting}/agenda/{item}/place", MeetingUseCases.MoveItem);
        api.MapCommand("/meetings/{meeting}/agenda/{item}/withdrawal", MeetingUseCases.WithdrawItem);
        api.MapCommand("/meetings/{meeting}/agenda/{item}/taking", MeetingUseCases.TakeItem);
        api.MapCommand("/meetings/{meeting}/agenda/{item}/interests", MeetingUseCases.DeclareInterest);
        api.MapCommand("/meetings/{meeting}/convocation", MeetingUseCases.Convene);
        api.MapCommand("/meetings/{meeting}/convocation/sendings", MeetingUseCases.RecordSending);
        api.MapCommand("/meetings/{meeting}/convocation/bounces", MeetingUseCases.RecordBounce);
        api.MapCommand("/meetings/{meeting}/arrivals", MeetingUseCases.RecordArrival);
        api.MapCommand("/meetings/{meeting}/departures", MeetingUseCases.RecordDeparture);
        api.MapCommand("/meetings/{meeting}/centres", MeetingUseCases.RecordCentres);
        api.MapCommand("/meetings/{meeting}/attendance/confirmation", MeetingUseCases.ConfirmAttendance);
        api.MapCommand("/meetings/{meeting}/proxies", MeetingUseCases.GiveProxy);
        api.MapCommand("/meetings/{meeting}/proxies/received", MeetingUseCases.RecordProxy);
        api.MapCommand("/meetings/{meeting}/proxies/{giver}/handing-on", MeetingUseCases.HandOnProxy);
        api.MapCommand("/meetings/{meeting}/proxies/{giver}/revocation", MeetingUseCases.RevokeProxy);
        api.MapCommand("/meetings/{meeting}/proxies/{giver}/end", MeetingUseCases.EndProxy);
        api.MapCommand("/meetings/{meeting}/opening", MeetingUseCases.Open);
        api.MapCommand("/meetings/{meeting}/lack-of-quorum", MeetingUseCases.FindNoQuorum);
        api.MapCommand("/meetings/{meeting}/chair", MeetingUseCases.HandOverChair);
        api.MapCommand("/meetings/{meeting}/notes", MeetingUseCases.NoteDebate);
        api.MapCommand("/meetings/{meeting}/incidents", MeetingUseCases.RecordIncident);
        api.MapCommand("/meetings/{meeting}/resolutions", MeetingUseCases.Propose);
        api.MapCommand("/meetings/{meeting}/resolutions/{resolution}/amendment", MeetingUseCases.Amend);
        api.MapCommand("/meetings/{meeting}/resolutions/{resolution}/withdrawal", MeetingUseCases.Withdraw);
        api.MapCommand("/meetings/{meeting}/resolutions/{resolution}/reopening", MeetingUseCases.Reopen);
        api.MapCommand("/meetings/{meeting}/resolutions/{resolution}/second-round", MeetingUseCases.ProposeSecondRound);
        api.MapCommand("/meetings/{meeting}/resolutions/{resolution}/vote", MeetingUseCases.PutToVote);
        api.MapCommand("/meetings/{meeting}/resolutions/{resolution}/outcome", MeetingUseCases.Transcribe);
        api.MapCommand("/meetings/{meeting}/adjournment", MeetingUseCases.Adjourn);
        api.MapCommand("/meetings/{meeting}/resumption", MeetingUseCases.Resume);
        api.MapCommand("/meetings/{meeting}/closing", MeetingUseCases.Close);
    }
}
