using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;

namespace Governance.Api.Meetings;

public static class MeetingForms
{
    private const string Meetings = "/{slug}/meetings";
    private const string One = Meetings + "/{meeting}";

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["meeting.of-body-or-group"] = "body",
        ["meeting.body-not-found"] = "body",
        ["meeting.nowhere"] = "place",
        ["meeting.notice-too-short"] = "despite",
        ["meeting.convener-not-allowed"] = "by",
        ["meeting.too-few-conveners"] = "asking",
        ["meeting.channel-not-allowed"] = "channel",
        ["meeting.item-author-not-allowed"] = "by",
        ["meeting.agenda-frozen"] = "by",
        ["meeting.item-follows-itself"] = "after",
        ["attendance.already-there"] = "person",
        ["attendance.not-there"] = "person",
        ["attendance.remote-not-foreseen"] = "remote",
        ["attendance.person-unknown"] = "person",
        ["resolution.way-for-motions"] = "way",
        ["ballot.hands-in-secret-ballot"] = "way",
        ["ballot.hands-of-unequal-weight"] = "way",
        ["history.impossible"] = "effective",
    };

    // Of whoever says who votes for them.
    private static readonly Dictionary<string, string> OwnFields = new[] { "blank-refused", "to-oneself", "holder-no-elector", "other-college", "chain", "cap-reached", "share-reached" }
        .ToDictionary(code => "proxy." + code, _ => "holder");

    /// <summary>Beside which field a refusal that names one is shown.</summary>
    internal static readonly Func<Refusal, string?> Beside = refusal => refusal is OfficerNotThere officer ? officer.Field : null;

    /// <summary>Forms of the pages of meetings.</summary>
    public static void MapMeetingForms(this IEndpointRouteBuilder app)
    {
        Map(app, "/new", MeetingUseCases.Plan, root: Meetings);
        Map(app, "/date", MeetingUseCases.Move);
        Map(app, "/cancellation", MeetingUseCases.Cancel);
        Map(app, "/agenda", MeetingUseCases.AddItem);
        Map(app, "/agenda/{item}/wording", MeetingUseCases.RewordItem);
        Map(app, "/agenda/{item}/place", MeetingUseCases.MoveItem);
        Map(app, "/agenda/{item}/withdrawal", MeetingUseCases.WithdrawItem);
        Map(app, "/agenda/{item}/taking", MeetingUseCases.TakeItem);
        Map(app, "/agenda/{item}/interests", MeetingUseCases.DeclareInterest);
        Map(app, "/convocation", MeetingUseCases.Convene);
        Map(app, "/convocation/sendings", MeetingUseCases.RecordSending);
        Map(app, "/arrivals", MeetingUseCases.RecordArrival);
        Map(app, "/departures", MeetingUseCases.RecordDeparture);
        Map(app, "/attendance/confirmation", MeetingUseCases.ConfirmAttendance);
        Map(app, "/proxies/received", MeetingUseCases.RecordProxy);
        Map(app, "/proxies/handing-on", MeetingUseCases.HandOnProxy);
        app.MapForm<GiveMeetingProxyRequest, OwnProxyPage>(One + "/proxies/own", MeetingUseCases.GiveProxy, then: One + "/proxies/own", fields: OwnFields);
        app.MapForm<RevokeMeetingProxyRequest, OwnProxyPage>(One + "/proxies/own/revocation", MeetingUseCases.RevokeProxy, then: One + "/proxies/own");
        Map(app, "/opening", MeetingUseCases.Open);
        Map(app, "/lack-of-quorum", MeetingUseCases.FindNoQuorum);
        Map(app, "/chair", MeetingUseCases.HandOverChair);
        Map(app, "/notes", MeetingUseCases.NoteDebate);
        Map(app, "/incidents", MeetingUseCases.RecordIncident);
        Map(app, "/resolutions", MeetingUseCases.Propose);
        Map(app, "/resolutions/{resolution}/amendment", MeetingUseCases.Amend);
        Map(app, "/resolutions/{resolution}/withdrawal", MeetingUseCases.Withdraw);
        Map(app, "/resolutions/{resolution}/vote", MeetingUseCases.PutToVote);
        Map(app, "/adjournment", MeetingUseCases.Adjourn);
        Map(app, "/resumption", MeetingUseCases.Resume);
        Map(app, "/closing", MeetingUseCases.Close);
    }

    // What is recorded is seen on the meeting's own page.
    private static void Map<T>(IEndpointRouteBuilder app, string act, Kernel.Commands.UseCase<T> useCase, string root = One) where T : class =>
        app.MapForm<T, MeetingActPage>(root + act, useCase, then: One, fields: Fields, beside: Beside);
}
