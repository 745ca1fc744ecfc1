using Governance.Api.Ballots;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Http;
using Governance.Domain.DuesCampaigns;
using Governance.Domain.Kernel;
using Governance.Domain.Mandates;
using Governance.Domain.Members;
using Governance.Domain.Statutes;
using Governance.Domain.Voting;
using Governance.EventStore;
using Governance.EventStore.Vault;

namespace Governance.Api.Mail;

/// <summary>What a reminder of dues says, as the record has it when it is sent.</summary>
/// <param name="Member">The organisation's name; null of an individual, who is who it is addressed to.</param>
/// <param name="Dues">Null when they are not called any more.</param>
/// <param name="State">How far they are.</param>
/// <param name="Last">The last reminder to the member.</param>
public sealed record ReminderLetter(
    AssociationEntry Association, DuesCampaign.Known Campaign, string? Member, bool IsMember, Dues? Dues, DuesState State, DateOnly DueDay, DateOnly GraceEnds,
    DuesReminders.Reminder? Last)
{
    /// <summary>Why a message is of no use any more, as a code; null while it is.</summary>
    public string? Lapsed(OutboxRow row) => this switch
    {
        { Dues: null or { OwedCents: 0 } } => "paid",
        { IsMember: false } => "left",
        { Campaign: DuesCampaign.Closed } => "closed",
        // By hand, or by a message that was asked for later.
        { Last: { } last } when last.Asked.Instant > row.Asked || last.Sent?.Instant > row.Asked => "sent-since",
        _ => null,
    };
}

/// <summary>Reads what a reminder says from the streams of the campaign and the member.</summary>
public sealed class ReminderLetters(
    EventLog log, EventCatalogue catalogue, PersonVault vault, BallotBoxes boxes, RecentStreams recent, AssociationDirectory associations, TimeProvider time)
{
    /// <returns>Null when there is no such campaign.</returns>
    public async Task<ReminderLetter?> ReadAsync(AssociationId association, RemindedDues of, CancellationToken ct)
    {
        if (await associations.OfAsync(association, ct) is not { } entry)
            return null;
        var context = CommandContext.OfSystem(association, $"reminder of {of.Campaign}", time) with { Zone = entry.Zone };
        var deciding = new Deciding(context, log, catalogue, vault, boxes, recent, fromMemory: false);
        var (campaign, reminders, member, statutes) = await deciding.ReadAsync<DuesCampaign, DuesReminders, Member, StatutesVersions>(
            DuesCampaign.Stream(of.Campaign), DuesReminders.Stream(of.Campaign), Domain.Members.Member.Stream(of.Member), StatutesVersions.Stream, ct);
        if (campaign.Latest is not DuesCampaign.Known known)
            return null;
        var (state, now) = (member.At(deciding.On), deciding.On.Instant);
        var dues = state.DuesOf(known.Period);
        var grace = statutes.At(deciding.On).RulesAt(now).Eligibility(BodyKind.GeneralAssembly, DecisionKind.Ordinary).Content.GraceDays;
        return new(
            entry, known, state.Register?.Name.Organisation, state.IsMember, dues, dues is null ? DuesState.Paid : DuesStanding.StateOf(dues, now, grace, entry.Zone),
            dues is null ? default : LocalTime.LastDayOf(dues.DueOn, entry.Zone), dues?.GraceEnds(grace, entry.Zone) ?? default, reminders.Latest.To.GetValueOrDefault(of.Member));
    }
}
