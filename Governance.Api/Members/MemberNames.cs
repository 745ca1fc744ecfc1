using Governance.Api.Face.Components;
using Governance.Api.People;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.Members;

/// <summary>A member as a view names it.</summary>
/// <param name="Name">Null when it is an individual who was erased, or is not known at that position of the log.</param>
/// <param name="Placeholder">The name stands for an organisation that no document names.</param>
public sealed record NamedMember(MemberId Id, string? Name, bool Placeholder);

/// <summary>Names of the members that a view shows: organisations as the register has them, individuals opened.</summary>
public sealed class MemberNames(PersonNames people)
{
    /// <summary>Everybody asked for, by id, under the name of the view's moment or the nearest to it.</summary>
    public async ValueTask<IReadOnlyDictionary<MemberId, NamedMember>> OfAsync(ReadView view, IEnumerable<MemberId> members, CancellationToken ct)
    {
        var asked = members.Distinct().ToList();
        var entries = await Projections.Members.ManyAsync(view, asked, ct);
        var individuals = await people.OfMembersAsync(view, entries.Values.Where(e => e.Individual is not null).Select(e => e.Id), ct);
        return asked.ToDictionary(
            member => member,
            member => entries.TryGetValue(member, out var entry)
                ? Of(entry, individuals)
                : new NamedMember(member, null, Placeholder: false));
    }

    /// <summary>Members as a form offers them: the given ones, or every active member but those left out, by name.</summary>
    public async ValueTask<IReadOnlyList<Option>> OptionsAsync(
        ReadView view, IReadOnlyCollection<MemberId>? only, IReadOnlyCollection<MemberId> without, CancellationToken ct)
    {
        var offered = only ?? [.. (await Projections.Members.ListAsync(view, ct)).Select(m => m.Id).Except(without)];
        return
        [
            .. (await OfAsync(view, offered, ct)).Values.Where(m => m.Name is not null).OrderBy(m => m.Name, StringComparer.CurrentCulture)
                .Select(m => new Option(m.Id.ToString(), m.Name!)),
        ];
    }

    /// <summary>The name of an entry whose individuals were opened already.</summary>
    public static NamedMember Of(Projections.Members.Entry entry, IReadOnlyDictionary<Guid, string?> individuals) =>
        new(entry.Id, entry.Organisation ?? individuals.GetValueOrDefault(entry.Id.Value), entry.Placeholder);
}
