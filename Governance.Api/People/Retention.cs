using Governance.Domain.Kernel;
using Governance.Domain.Members;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

/// <summary>Kinds of data that have a period.</summary>
public enum RetainedKind
{
    /// <summary>Name, contact and account of somebody who takes part no more.</summary>
    Person,

    /// <summary>Dues called and paid by an individual, and with them who that was.</summary>
    Dues,

    /// <summary>What was decided, by which votes and mandates, without the name once the person is erased.</summary>
    Record,

    /// <summary>Who read personal data.</summary>
    Reads,
}

/// <summary>How long a kind of data is kept.</summary>
/// <param name="Years">From the end of what it was needed for; null for as long as the association lives.</param>
public sealed record RetentionPeriod(RetainedKind Kind, int? Years)
{
    /// <summary>
    /// What holds without another decision of the association. Person: the limitation of personal actions (Code civil, art. 2224). Dues: accounting documents
    /// (Code de commerce, art. L123-22), from the end of the calendar year. Reads: CNIL, délibération n° 2021-122 du 14 octobre 2021. Record: the association's choice.
    /// </summary>
    public static IReadOnlyList<RetentionPeriod> Defaults { get; } =
        [new(RetainedKind.Person, 5), new(RetainedKind.Dues, 10), new(RetainedKind.Record, null), new(RetainedKind.Reads, 1)];

    public static int YearsOf(RetainedKind kind) => Defaults.Single(period => period.Kind == kind).Years ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is kept for ever.");
}

/// <summary>Since when nothing is needed of a person any more.</summary>
public enum RetentionReason
{
    /// <summary>Their last mandate ended.</summary>
    MandateEnded,

    /// <summary>They ceased to be a member, or their application was refused.</summary>
    MembershipEnded,

    /// <summary>They were registered and have held nothing since.</summary>
    OnlyRegistered,

    /// <summary>The accounts that their dues are in.</summary>
    Dues,
}

/// <summary>Somebody whose data is due for erasure.</summary>
/// <param name="Since">The day from which the period runs.</param>
/// <param name="DueOn">The first day on which nothing asks for the data any more.</param>
/// <param name="HeldUntil">A legal hold that stands; null when the person can be erased.</param>
public sealed record DueForErasure(PersonId Person, RetentionReason Reason, DateOnly Since, DateOnly DueOn, EffectiveTime? HeldUntil);

public static class Retention
{
    /// <summary>Who is due on the view's day, longest first; a name that is only a label is nobody's data.</summary>
    public static ValueTask<IReadOnlyList<DueForErasure>> DueAsync(ReadView view, TimeZoneInfo zone, CancellationToken ct) =>
        DueAsync(view, zone, LocalTime.DayOf(view.AsOf.Instant, zone), ct);

    /// <summary>Who takes part in nothing on the view's day, and is due by another day as far as is known.</summary>
    /// <param name="of">One person alone.</param>
    public static async ValueTask<IReadOnlyList<DueForErasure>> DueAsync(ReadView view, TimeZoneInfo zone, DateOnly by, CancellationToken ct, PersonId? of = null)
    {
        var tenures = await Projections.Mandates.EndsOfPeopleAsync(view, ct);
        var members = (await Projections.Members.RegisterAsync(view, ct)).Where(m => m.Individual is not null).ToLookup(m => m.Individual!.Value);
        var registered = await Projections.People.RegisteredAsync(view, ct);
        var due = new List<DueForErasure>();
        foreach (var person in (await Projections.People.ListAsync(view, ct)).Where(p => !p.Erased && !p.LabelOnly && (of is null || p.Person == of)))
        {
            var (held, ended) = tenures.GetValueOrDefault(person.Person);
            // Refused, resigned or excluded: the entry says since when. Anybody else in the register takes part.
            if (held || members[person.Person].Any(m => m.Standing is not (MembershipStanding.Refused or MembershipStanding.Resigned or MembershipStanding.Excluded)))
                continue;
            var reasons = new List<(RetentionReason Reason, DateOnly Since, DateOnly DueOn)>();
            void Add(RetentionReason reason, DateOnly since) => reasons.Add((reason, since, since.AddYears(RetentionPeriod.YearsOf(RetainedKind.Person))));
            if (ended is { } last)
                Add(RetentionReason.MandateEnded, LocalTime.DayOf(last, zone));
            foreach (var member in members[person.Person])
                Add(RetentionReason.MembershipEnded, LocalTime.DayOf(member.Since.Instant, zone));
            if (reasons.Count == 0)
                Add(RetentionReason.OnlyRegistered, LocalTime.DayOf(registered[person.Person], zone));
            // The last reason holds: dues are asked of those alone whom nothing else holds.
            if (reasons.Any(r => r.DueOn > by))
                continue;
            foreach (var member in members[person.Person])
            {
                foreach (var dues in (await Projections.Dues.FindAsync(view, member.Id, ct))?.Periods ?? [])
                {
                    var closed = new DateOnly(LocalTime.DayOf((dues.PaidOn ?? dues.DueOn).Instant, zone).Year, 12, 31);
                    reasons.Add((RetentionReason.Dues, closed, closed.AddYears(RetentionPeriod.YearsOf(RetainedKind.Dues))));
                }
            }

            var (reason, since, dueOn) = reasons.MaxBy(r => r.DueOn);
            if (dueOn <= by)
                due.Add(new(person.Person, reason, since, dueOn, person.HeldUntil is { } until && view.AsOf.Instant < until.Instant ? until : null));
        }

        return [.. due.OrderBy(d => d.DueOn).ThenBy(d => d.Person.Value)];
    }
}
