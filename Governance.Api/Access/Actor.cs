using System.Collections.Frozen;
using Governance.Domain.Kernel;

namespace Governance.Api.Access;

/// <summary>Who gives a command or reads, in one association, with today's rights.</summary>
public sealed record Actor
{
    private const string LinkPrefix = "voting-link:";

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

    /// <summary>Somebody who came by a personal voting link: may vote in that ballot, and nothing else.</summary>
    public static Actor Of(VotingLink link) => new(LinkPrefix + link.Person, link.Person, FrozenSet<Role>.Empty, mayAll: false) { Link = link };

    /// <summary>The person of an <see cref="Id"/> that stands for a voting link; null of every other.</summary>
    public static PersonId? PersonOfLink(string id) =>
        id.StartsWith(LinkPrefix, StringComparison.Ordinal) && Guid.TryParseExact(id.AsSpan(LinkPrefix.Length), "D", out var person) ? PersonId.Of(person) : null;

    /// <summary>Opaque: the account's id, <c>voting-link:</c> and the person's, <c>system</c> or <c>visitor</c>. Stored with every event.</summary>
    public string Id { get; }

    public PersonId? Person { get; }

    /// <summary>The voting link that opened the door; null for an account.</summary>
    public VotingLink? Link { get; private init; }

    public IReadOnlySet<Role> Roles { get; }

    public bool IsSignedIn => this != Visitor;

    public bool May(Permission permission) => _mayAll || permission switch
    {
        Permission.Public => true,
        Permission.OwnAccount => IsSignedIn && Link is null,
        // Whose vote counts is written on the roll of the ballot, which stays as it was at the opening.
        Permission.Vote => Person is not null,
        _ => Roles.Any(role => Access.Permissions.Of(role).Contains(permission)),
    };
}
