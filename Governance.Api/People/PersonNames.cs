using Governance.Api.Access;
using Governance.Domain.Kernel;
using Governance.EventStore.Vault;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

/// <summary>A person as a view names them.</summary>
/// <param name="Name">In clear; null when the person was erased, or is not known at that position of the log.</param>
/// <param name="LabelOnly">The name stands for an office and a member, not for somebody's name.</param>
public sealed record NamedPerson(PersonId Id, string? Name, bool LabelOnly, bool Erased);

/// <summary>Opens the names of the people that a view shows, all at once and only then.</summary>
/// <param name="http">Tells the record of reads whom an answer names; null where nobody is answered.</param>
public sealed class PersonNames(PersonVault vault, IHttpContextAccessor? http = null)
{
    /// <summary>Everybody asked for, by id: who is unknown or erased is there without a name.</summary>
    /// <param name="shown">Whom of them, who all have a name, the answer names; null for all.</param>
    public async ValueTask<IReadOnlyDictionary<PersonId, NamedPerson>> OfAsync(
        ReadView view, IEnumerable<PersonId> people, CancellationToken ct, Func<NamedPerson, bool>? shown = null)
    {
        var asked = people.Distinct().ToList();
        var opened = await OpenAsync(view, asked.Select(p => p.Value), ct, shown);
        return asked.ToDictionary(
            person => person,
            person => opened.TryGetValue(person.Value, out var known)
                ? new NamedPerson(person, known.Name, known.Entry.LabelOnly, known.Name is null)
                : new NamedPerson(person, null, LabelOnly: false, Erased: false));
    }

    /// <summary>Everybody registered at the view's moment, by name; erased ones left out.</summary>
    /// <param name="shown">Whom of them the answer names; null for all.</param>
    public async ValueTask<IReadOnlyList<NamedPerson>> AllAsync(ReadView view, CancellationToken ct, Func<IReadOnlyList<NamedPerson>, IEnumerable<NamedPerson>>? shown = null)
    {
        var entries = (await Projections.People.ListAsync(view, ct)).Where(e => e is { Erased: false, Name: not null }).ToList();
        var texts = await vault.OpenAsync(view.Association.ToString(), [.. entries.Select(e => (e.Person.Value, e.Name!.Ciphertext))], ct);
        List<NamedPerson> all =
        [
            .. entries.Zip(texts).Where(pair => pair.Second is not null).Select(pair => new NamedPerson(pair.First.Person, pair.Second, pair.First.LabelOnly, Erased: false))
                .OrderBy(p => p.Name, StringComparer.CurrentCulture).ThenBy(p => p.Id.Value),
        ];
        http?.HttpContext.Reveal((shown?.Invoke(all) ?? all).Select(p => p.Id));
        return all;
    }

    /// <summary>Names of members who are individuals, by the member's id; null for who was erased.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, string?>> OfMembersAsync(ReadView view, IEnumerable<MemberId> members, CancellationToken ct)
    {
        var opened = await OpenAsync(view, members.Select(m => m.Value), ct);
        return opened.ToDictionary(pair => pair.Key, pair => pair.Value.Name);
    }

    private async ValueTask<IReadOnlyDictionary<Guid, (Projections.People.Entry Entry, string? Name)>> OpenAsync(
        ReadView view, IEnumerable<Guid> keys, CancellationToken ct, Func<NamedPerson, bool>? shown = null)
    {
        var entries = (await Projections.People.ManyAsync(view, keys, ct)).Values.ToList();
        var sealedNames = entries.Where(e => e.Name is not null).ToList();
        // An erased person has no key any more, whatever was known of them at the moment looked at.
        var texts = await vault.OpenAsync(view.Association.ToString(), [.. sealedNames.Select(e => (e.Person.Value, e.Name!.Ciphertext))], ct);
        var names = sealedNames.Zip(texts).ToDictionary(pair => pair.First.Key, pair => pair.Second);
        http?.HttpContext.Reveal(sealedNames
            .Where(e => names.GetValueOrDefault(e.Key) is { } name && shown?.Invoke(new(e.Person, name, e.LabelOnly, Erased: false)) != false).Select(e => e.Person));
        return entries.ToDictionary(e => e.Key, e => (e, names.GetValueOrDefault(e.Key)));
    }
}
