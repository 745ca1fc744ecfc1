using Governance.Api.Face.Components;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.Projections.Runtime;

namespace Governance.Api.People;

/// <summary>Somebody who can be chosen.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Of">Told beside the name; null for nothing.</param>
public sealed record Candidate(string Value, PersonId Person, string? Of = null)
{
    public Candidate(PersonId person) : this(person.ToString(), person) { }
}

/// <summary>Names whom a form lets choose: of many, no more than are searched for or chosen already.</summary>
public static class Candidates
{
    /// <param name="sent">The form as it was sent; null before.</param>
    /// <param name="chosen">What an address has chosen already; null for nothing.</param>
    /// <returns>What each of the lists offers, by name.</returns>
    public static async ValueTask<IReadOnlyList<Choosable>> ToChooseAsync(
        this PersonNames names, ReadView view, FormSent? sent, string? chosen, IReadOnlyList<IReadOnlyCollection<Candidate>> lists, CancellationToken ct)
    {
        var terms = Lookup.Terms(sent);
        var taken = (sent?.Values.Values ?? []).SelectMany(v => v.Split(',')).Append(chosen ?? "").ToHashSet(StringComparer.Ordinal);
        bool Listed(IReadOnlyCollection<Candidate> list) => list.Count <= Lookup.MostListed;
        var opened = lists.SelectMany(list => Listed(list) || terms.Count > 0 ? list : list.Where(c => taken.Contains(c.Value))).Select(c => c.Person);
        // Whom nobody searched for, the answer does not name.
        var told = lists.SelectMany(list => list.Where(c => Listed(list) || taken.Contains(c.Value))).Select(c => c.Person).ToHashSet();
        var named = await names.OfAsync(view, opened, ct, p => told.Contains(p.Id) || terms.Any(term => Lookup.Finds(term, p.Name!)));
        return
        [
            .. lists.Select(list => new Choosable(
                [
                    .. list.Select(c => (c.Value, Name: named.GetValueOrDefault(c.Person)?.Name, c.Of)).Where(c => c.Name is not null)
                        .OrderBy(c => c.Name, StringComparer.CurrentCulture).ThenBy(c => c.Of, StringComparer.CurrentCulture)
                        .Select(c => new Option(c.Value, c.Of is null ? c.Name! : $"{c.Name}, {c.Of}")),
                ],
                list.Count)),
        ];
    }
}
