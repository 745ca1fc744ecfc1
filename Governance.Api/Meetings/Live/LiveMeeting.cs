using System.Collections.Concurrent;
using System.Globalization;
using Governance.Api.Kernel.Http;
using Governance.Domain.Ballots;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Governance.Domain.Voting;
using Governance.Projections;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Governance.Api.Meetings.Live;

/// <summary>Where a person of a meeting is.</summary>
public enum Whereabout
{
    InRoom,
    Remote,
    Represented,
    Left,
}

/// <param name="Since">Since when, or when the person left; null of who is represented.</param>
/// <param name="Holder">Who represents; null otherwise.</param>
/// <param name="Holds">How many proxies the person has in hand that stand.</param>
/// <param name="GaveTo">Who has a proxy of the person's that stands while they are not represented by it yet: the holder is still to come.</param>
public sealed record Place(Whereabout? At, EffectiveTime? Since, PersonId? Holder, int Holds, PersonId? GaveTo);

/// <summary>
/// A meeting as all who follow it see it at one moment: computed once for each change, and shared. Its parts are worded once for each language.
/// </summary>
/// <param name="Quorum">As it stands; null of a working group.</param>
/// <param name="Turnout">Of the vote under way; null where there is none, and where hands are counted.</param>
public sealed record LiveMeeting(AssociationEntry Association, MeetingFile File, QuorumFound? Quorum, Votes.Turnout? Turnout)
{
    private readonly ConcurrentDictionary<(Type Part, string Language), Lazy<Task<string>>> _parts = new();
    private readonly Lazy<IReadOnlyDictionary<PersonId, Place>> _places = new(() => PlacesOf(File));

    public static LiveMeeting Of(AssociationEntry association, MeetingFile file, Votes.Turnout? turnout) =>
        new(association, file, file.Room.Kind is null ? null : file.Room.Found(), turnout);

    /// <summary>The text that is voted on; else the last one under the item in hand that was, or the first that is still to be.</summary>
    public Resolution? InHand
    {
        get
        {
            var meeting = File.Meeting;
            if (File.Vote is { } vote)
                return meeting.Resolutions.Find(r => r.Ballot == vote.Opening.Ballot);
            if ((meeting as Meeting.Held)?.Current is not { } current)
                return null;
            var here = meeting.Resolutions.FindAll(r => r.Item == current && r.Withdrawn is null);
            return here.FindLast(r => r.Ballot is not null) ?? (here.Count > 0 ? here[0] : null);
        }
    }

    /// <summary>Proxies that whoever presides may put into another hand: blank ones, and those whose holder has left where the rule has it so.</summary>
    public IReadOnlyList<JudgedProxy> ToHandOn => File.Room.Kind is not { } kind ? [] :
    [
        .. File.Room.Proxies.Where(p => p.Fault == ProxyFault.NotGivenOut
            || (p.Fault == ProxyFault.HolderLeft && File.Room.Rules.Proxies(kind, File.Meeting.Decision).Content.HolderLeaves == HolderLeaves.Reassigned)),
    ];

    /// <summary>Who gave a proxy; null when nobody holds the mandate any more.</summary>
    public PersonId? GiverOf(JudgedProxy proxy) => File.Room.Electors.FirstOrDefault(e => e.Mandate == proxy.Proxy.Giver)?.Person;

    public AgendaItem? Item => (File.Meeting as Meeting.Held)?.Current is { } current ? File.Meeting.Item(current) : null;

    /// <summary>Everybody who is or was there, or is represented, or has proxies in hand.</summary>
    public IReadOnlyDictionary<PersonId, Place> Places => _places.Value;

    public Place? PlaceOf(PersonId person) => Places.GetValueOrDefault(person);

    /// <summary>Name of a college by its id, as the roll has it.</summary>
    public string? College(string? id) => Guid.TryParseExact(id, "D", out var college) ? File.Colleges.GetValueOrDefault(BodyId.Of(college)) : null;

    /// <summary>A part of a page, worded for everybody who reads it in the language of the request.</summary>
    /// <typeparam name="TPart">Takes the meeting as <c>Live</c> and nothing of who asks.</typeparam>
    public Task<string> PartAsync<TPart>(IServiceProvider services) where TPart : IComponent
    {
        var culture = CultureInfo.CurrentUICulture;
        return _parts.GetOrAdd((typeof(TPart), culture.Name), _ => new(() => RenderAsync<TPart>(services, culture))).Value;
    }

    private async Task<string> RenderAsync<TPart>(IServiceProvider services, CultureInfo culture) where TPart : IComponent
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Live"] = this });
            return (await renderer.RenderComponentAsync<TPart>(parameters)).ToHtmlString();
        });
    }

    private static Dictionary<PersonId, Place> PlacesOf(MeetingFile file)
    {
        var givers = file.Room.Electors.ToDictionary(e => e.Mandate, e => e.Person);
        var places = new Dictionary<PersonId, Place>();
        Place Known(PersonId person) => places.GetValueOrDefault(person) ?? new(null, null, null, 0, null);
        foreach (var attending in file.Sheet.All.Values)
        {
            places[attending.Person] = attending.Left is { } left
                ? new(Whereabout.Left, left, null, 0, null)
                : new(attending.Remote ? Whereabout.Remote : Whereabout.InRoom, attending.Since, null, 0, null);
        }

        var represented = file.Room.Electors.Where(e => e.Present == Presence.Represented).Select(e => e.Mandate).ToHashSet();
        foreach (var proxy in file.Room.Proxies)
        {
            if (proxy is not { Stands: true, Holder: { } holder } || !givers.TryGetValue(proxy.Proxy.Giver, out var giver))
                continue;
            places[holder] = Known(holder) with { Holds = Known(holder).Holds + 1 };
            var place = Known(giver);
            places[giver] = represented.Contains(proxy.Proxy.Giver) ? place with { At = Whereabout.Represented, Holder = holder } : place with { GaveTo = holder };
        }

        return places;
    }
}
