using Governance.Api.Access;
using Governance.Api.Kernel.Hosting;
using Governance.Api.Kernel.Http;
using Governance.Domain.Kernel;
using Governance.EventStore;

namespace Governance.Api.Import;

/// <summary>The sample and its accounts: on a private database only, where nobody keeps a real association.</summary>
public static class Sample
{
    private static readonly Role[] Roles = [Role.BoardMember, Role.Secretariat, Role.Auditor];

    /// <summary>Loads the history when there is nothing yet, or goes on with it when the last start was stopped in the middle of it.</summary>
    /// <returns>The accounts to sign in with; none when the database is not private, or holds something else.</returns>
    public static async Task<IReadOnlyList<SampleAccount>> LoadAsync(IServiceProvider provider, string path, CancellationToken ct)
    {
        if (!provider.GetRequiredService<Database>().IsPrivate)
            return [];
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync(ImportWording.Say("no-file", path));
            return [];
        }

        // The file is read whole only where it is loaded: each start after the first would wait for it.
        string slug;
        using (var text = File.OpenText(path))
            slug = HistoryFile.AssociationOf(text);
        var store = provider.GetRequiredService<AccountStore>();
        var isEmpty = await provider.GetRequiredService<EventLog>().LastPositionAsync(ct) == 0;
        var accounts = await store.ListAsync(ct);
        var association = AssociationDirectory.IdOf(slug);
        var isSampleHalfway = accounts.Count == 0
            && (await provider.GetRequiredService<EventLog>().ReadStreamAsync(association.ToString(), "association", ct: ct)).Count > 0;
        if (isEmpty || isSampleHalfway)
            await ImportCommand.RunAsync(provider, path, ct);
        else if (!accounts.Any(account => account.IsSample))
            return [];

        var mandated = provider.GetRequiredService<Mandated>();
        var people = new Dictionary<Role, PersonId>();
        foreach (var role in Roles)
        {
            if (await mandated.FirstOfAsync(association, role, ct) is { } person && !people.ContainsValue(person))
                people.Add(role, person);
        }

        return await SampleAccounts.CreateAsync(provider, association, slug, people, ct);
    }
}
