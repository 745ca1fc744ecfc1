using System.Collections.Frozen;
using Governance.Domain.Kernel;

namespace Governance.Api.Access;

/// <summary>Who gives a command or reads, in one association, with today's rights.</summary>
public sealed record Actor
{
    private readonly bool _mayAll;

    private Actor(string id, PersonId? person, IReadOnlySet<Role> roles, bool mayAll)
    {
        Id = id;
        Person = person;
        Roles = roles;
        _mayAll = mayAll;
    }

    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Visitor { get; } = new("visitor", null, FrozenSet<Role>.Empty, mayAll: false);

    /// <summary>The system itself: imports and deadlines. It may give every command.</summary>
    public static Actor System { get; } = new("system", null, FrozenSet<Role>.Empty, mayAll: true);

    /// <summary>An account that is signed in.</summary>
    /// <param name="person">Who that is in the association; null when the account is linked to nobody there.</param>
    public static Actor Of(Guid account, PersonId? person, IReadOnlySet<Role> roles) => new(account.ToString("D"), person, roles, mayAll: false);

    /// <summary>Opaque: the account's id, <c>system</c> or <c>visitor</c>. Stored with every event.</summary>
    public string Id { get; }

    public PersonId? Person { get; }

    public IReadOnlySet<Role> Roles { get; }

    public bool IsSignedIn => this != Visitor;

    public bool May(Permission permission) => _mayAll || permission switch
    {
        Permission.Public => true,
        Permission.OwnAccount => IsSignedIn,
        // Whose vote counts is written on the roll of the ballot, which stays as it was at the opening.
        Permission.Vote => Person is not null,
        _ => Roles.Any(role => Access.Permissions.Of(role).Contains(permission)),
    };
}
