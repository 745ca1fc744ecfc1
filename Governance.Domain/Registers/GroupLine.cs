using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Domain.WorkingGroups;

namespace Governance.Domain.Registers;

/// <summary>
/// A working group, or a centre's time in one, as a line of the register of groups: what is not said is null. A centre that left and came back has a line for
/// each stay, and one that led in several roles a line for each role.
/// </summary>
/// <param name="From">The groups that it continues; null when nothing is said of them.</param>
/// <param name="Counted">How many centres take part, where only the number is known.</param>
/// <param name="Centre">Null on the line of the group itself.</param>
public sealed record GroupLine(
    WorkingGroupId Id,
    string? Name = null,
    string? Mission = null,
    EffectiveTime? Created = null,
    IReadOnlyList<WorkingGroupId>? From = null,
    EffectiveTime? Closed = null,
    string? ClosingReason = null,
    int? Counted = null,
    EffectiveTime? CountedOn = null,
    MemberId? Centre = null,
    EffectiveTime? Joined = null,
    EffectiveTime? Left = null,
    PilotRole? Role = null,
    EffectiveTime? RoleSince = null,
    EffectiveTime? RoleUntil = null)
{
    /// <summary>The group and its centres as known of what took effect until an instant: the group first, its centres in the order in which they joined.</summary>
    public static IReadOnlyList<GroupLine> Of(Timeline<WorkingGroup> group, DateTimeOffset until)
    {
        GroupLine? own = null;
        var stays = new List<GroupLine>();
        foreach (var e in group.Effective.TakeWhile(e => e.On.Instant <= until))
        {
            switch (e.Event)
            {
                case WorkingGroupCreated c:
                    own = new(c.Group, c.Name, c.Mission, e.On, c.From);
                    break;
                case WorkingGroupRenamed r:
                    own = own! with { Name = r.Name };
                    break;
                case WorkingGroupTransformed t:
                    own = own! with { Name = t.Name, Mission = t.Mission };
                    break;
                case WorkingGroupClosed c:
                    own = own! with { Closed = e.On, ClosingReason = c.Reason };
                    break;
                case WorkingGroupCentresCounted c:
                    own = own! with { Counted = c.Centres, CountedOn = e.On };
                    break;
                case WorkingGroupJoined j:
                    stays.Add(new(own!.Id, Centre: j.Centre, Joined: e.On));
                    break;
                case WorkingGroupLeft l:
                    Close(stays, l.Centre, s => s with { Left = e.On });
                    break;
                case PilotAppointed p:
                    Lead(stays, p, e.On);
                    break;
                case PilotEnded p:
                    Close(stays, p.Centre, s => s.Role is not null && s.RoleUntil is null ? s with { RoleUntil = e.On } : s);
                    break;
            }
        }

        return own is null ? [] : [own, .. stays.OrderBy(s => s.Joined!.Value.Instant).Select(s => s with { Name = own.Name })];
    }

    // The lines of the stay under way.
    private static void Close(List<GroupLine> stays, MemberId centre, Func<GroupLine, GroupLine> change)
    {
        for (var i = 0; i < stays.Count; i++)
        {
            if (stays[i].Centre == centre && stays[i].Left is null)
                stays[i] = change(stays[i]);
        }
    }

    private static void Lead(List<GroupLine> stays, PilotAppointed pilot, EffectiveTime on)
    {
        var at = stays.FindLastIndex(s => s.Centre == pilot.Centre);
        if (stays[at].Role is null)
        {
            stays[at] = stays[at] with { Role = pilot.Role, RoleSince = on };
            return;
        }

        stays[at] = stays[at] with { RoleUntil = stays[at].RoleUntil ?? on };
        stays.Insert(at + 1, stays[at] with { Role = pilot.Role, RoleSince = on, RoleUntil = null });
    }
}

/// <summary>Brings working groups of a file into the register, with their centres and who leads them.</summary>
/// <param name="On">From when a changed name holds, and since when a centre takes part or leads whose line does not say.</param>
public sealed record ImportWorkingGroups(IReadOnlyList<Numbered<GroupLine>> Lines, EffectiveTime On)
{
    private enum Rank { Create, EndPilot, Leave, Join, Pilot, Count, Rename, Close }

    /// <param name="draft">With every working group and the stream of each centre named.</param>
    public RegisterPlan Plan(RegisterDraft draft, TimeZoneInfo zone, DateTimeOffset now)
    {
        var planning = new Planning(zone, now);
        foreach (var lines in Lines.GroupBy(l => l.Content.Id))
        {
            var recorded = GroupLine.Of(draft.Of<WorkingGroup>(WorkingGroup.Stream(lines.Key)), DateTimeOffset.MaxValue);
            var own = lines.Where(l => l.Content.Centre is null).ToList();
            foreach (var (number, line) in own)
            {
                planning.Line(number, recorded.Count > 0);
                if (number != own[0].Line)
                    planning.Fault(number, "id", new LineRepeated(own[0].Line));
                else if (recorded.Count > 0)
                    Change(planning, number, line, recorded[0]);
                else
                    Create(planning, number, line);
            }

            foreach (var stay in lines.Where(l => l.Content.Centre is not null).GroupBy(l => (l.Content.Centre!.Value, l.Content.Joined)))
                AskStay(planning, [.. stay], [.. recorded.Where(r => r.Centre == stay.Key.Value && (stay.Key.Joined is { } joined ? planning.Same(joined, r.Joined) : r.Left is null))]);
        }

        return planning.Decide(draft);
    }

    private void Change(Planning planning, int number, GroupLine line, GroupLine known)
    {
        var stream = WorkingGroup.Stream(line.Id);
        planning.Fixed(number, "mission", line.Mission, known.Mission);
        planning.Fixed(number, "created_on", line.Created, known.Created);
        if (line.From is { } from && !from.ToHashSet().SetEquals(known.From!))
            planning.Fault(number, "from", new RecordedOtherwise(known.From!.Count == 0 ? "–" : string.Join(" | ", known.From)));
        if (line.Name is { } name && Planning.Plain(name) != Planning.Plain(known.Name!))
            planning.Ask(number, "group", On, (int)Rank.Rename, draft => new RenameWorkingGroup(name, On).Decide(draft.Of<WorkingGroup>(stream)));
        Count(planning, number, line, known);
        planning.Dated(number, "closed_on", line.Closed, known.Closed, (int)Rank.Close, (draft, on) => new CloseWorkingGroup(line.ClosingReason ?? "", on).Decide(draft.Of<WorkingGroup>(stream)));
        if (known.Closed is not null)
            planning.Fixed(number, "closing_reason", line.ClosingReason, known.ClosingReason);
    }

    private void Create(Planning planning, int number, GroupLine line)
    {
        var stream = WorkingGroup.Stream(line.Id);
        if (line.Name is not { } name)
        {
            planning.Fault(number, "group", new CellNeeded());
            return;
        }

        if (line.Created is null)
        {
            planning.Fault(number, "created_on", new CellNeeded());
            return;
        }

        Timeline<WorkingGroup> Of(RegisterDraft draft, WorkingGroupId id) => draft.Of<WorkingGroup>(WorkingGroup.Stream(id));
        planning.Dated(number, "created_on", line.Created, null, (int)Rank.Create, (draft, on) => line.From switch
        {
            null or [] => new CreateWorkingGroup(line.Id, name, line.Mission, on).Decide(Of(draft, line.Id)),
            [var old] => new TransformWorkingGroup(line.Id, name, line.Mission, on).Decide(Of(draft, old), Of(draft, line.Id)),
            [var left, var right] => new MergeWorkingGroups(line.Id, name, line.Mission, on).Decide(Of(draft, left), Of(draft, right), Of(draft, line.Id)),
            _ => new TooManyOrigins(),
        });
        Count(planning, number, line, null);
        planning.Dated(number, "closed_on", line.Closed, null, (int)Rank.Close, (draft, on) => new CloseWorkingGroup(line.ClosingReason ?? "", on).Decide(draft.Of<WorkingGroup>(stream)));
    }

    private void Count(Planning planning, int number, GroupLine line, GroupLine? known)
    {
        if (line.Counted is not { } centres || centres == known?.Counted)
            return;
        var on = line.CountedOn ?? (known is null ? line.Created : null) ?? On;
        planning.Ask(number, "centres_count", on, (int)Rank.Count, draft => new CountGroupCentres(centres, on).Decide(draft.Of<WorkingGroup>(WorkingGroup.Stream(line.Id))), happened: true);
    }

    // One stay of a centre, with a line for each role in it.
    private void AskStay(Planning planning, IReadOnlyList<Numbered<GroupLine>> lines, IReadOnlyList<GroupLine> known)
    {
        var (first, line) = (lines[0].Line, lines[0].Content);
        var (centre, stream) = (line.Centre!.Value, WorkingGroup.Stream(line.Id));
        var joined = known.Count > 0 ? known[0].Joined!.Value : line.Joined ?? On;
        foreach (var (number, one) in lines)
        {
            planning.Line(number, known.Count > 0);
            if (number != first && one.Left != line.Left)
                planning.Fault(number, "left_on", new LinesDisagree(first));
            else if (number != first && one.Role is null)
                planning.Fault(number, "centre", new LineRepeated(first));
        }

        if (known.Count == 0)
            planning.Ask(first, "centre", joined, (int)Rank.Join, draft => new JoinWorkingGroup(centre, joined).Decide(draft.Of<WorkingGroup>(stream), draft.Of<Member>(Member.Stream(centre))));
        foreach (var (number, one) in lines.Where(l => l.Content.Role is not null))
            AskRole(planning, number, one, joined, [.. known.Where(k => k.Role is not null)], lines);
        planning.Dated(first, "left_on", line.Left, known.Count > 0 ? known[0].Left : null, (int)Rank.Leave, (draft, on) => new LeaveWorkingGroup(centre, on).Decide(draft.Of<WorkingGroup>(stream)));
    }

    private void AskRole(Planning planning, int number, GroupLine line, EffectiveTime joined, IReadOnlyList<GroupLine> known, IReadOnlyList<Numbered<GroupLine>> lines)
    {
        var (centre, stream) = (line.Centre!.Value, WorkingGroup.Stream(line.Id));
        var recorded = line.RoleSince is { } asked ? known.FirstOrDefault(k => planning.Same(asked, k.RoleSince)) : known.FirstOrDefault(k => k.Role == line.Role && k.RoleUntil is null);
        if (recorded is not null)
        {
            planning.Fixed(number, "role", line.Role, recorded.Role);
        }
        else
        {
            var since = line.RoleSince ?? (known.Count == 0 ? joined : On);
            planning.Ask(number, "role", since, (int)Rank.Pilot, draft => new AppointPilot(centre, line.Role!.Value, since).Decide(draft.Of<WorkingGroup>(stream), draft.Of<Member>(Member.Stream(centre))));
        }

        // Another role from the same instant ends this one by itself.
        if (line.RoleUntil is { } until && !lines.Any(l => l.Content.Role is not null && l.Content.RoleSince is { } next && planning.Same(until, next)))
            planning.Dated(number, "role_until", until, recorded?.RoleUntil, (int)Rank.EndPilot, (draft, on) => new EndPilot(centre, on).Decide(draft.Of<WorkingGroup>(stream)));
    }
}
