using FluentValidation;
using Governance.Api.Access;
using Governance.Domain.Kernel;

namespace Governance.Api.Kernel.Commands;

/// <summary>Which time a command takes effect at.</summary>
public enum Dating
{
    /// <summary>A fact that may be decided ahead (a mandate, an entry into force, an admission): the time that is given with it, or now.</summary>
    AsGiven,

    /// <summary>A fact that is only known once it has happened (a report, a meeting held, a payment received): the time that is given, never a later one, or now.</summary>
    Happened,

    /// <summary>An act of this moment (a vote cast, a ballot closed): always now, save in transcribed history.</summary>
    Now,
}

/// <summary>
/// One thing that can be asked of the system, the same from the API, a page or an import: who may, what shape, which streams the decision reads,
/// and the call to the domain's <c>Decide</c>.
/// </summary>
/// <typeparam name="TRequest">What is asked, ids included. In the API a field that is also in the address is taken from there.</typeparam>
/// <param name="Name">The domain's command, such as <c>RenameAssociation</c>: stored with the events, unique.</param>
/// <param name="Permission">What it asks of the actor.</param>
/// <param name="Decide">Reads streams and decides. Called again when a stream moved meanwhile, so it does nothing else.</param>
public sealed record UseCase<TRequest>(
    string Name,
    Permission Permission,
    Func<TRequest, Deciding, CancellationToken, ValueTask<Decision>> Decide) where TRequest : class
{
    private readonly Lazy<IValidator<TRequest>>? _validator;

    /// <summary>Makes the rules on the request alone (lengths, ranges), beyond its types; null when the types say all.</summary>
    public Func<IValidator<TRequest>>? Shape
    {
        // Made when first asked: each compiles an expression for each of its fields, and a start would wait for all of them.
        init => _validator = value is null ? null : new Lazy<IValidator<TRequest>>(value);
    }

    /// <summary>What <see cref="Shape"/> made; null when the types say all.</summary>
    public IValidator<TRequest>? Validator => _validator?.Value;

    public Dating Dating { get; init; } = Dating.AsGiven;

    /// <summary>Whose key is destroyed, with all that goes with it, before an acceptance is answered; null when nobody's is.</summary>
    public Func<TRequest, PersonId>? Erases { get; init; }

    /// <summary>Which document's content is destroyed before an acceptance is answered; null when none is.</summary>
    public Func<TRequest, DocumentId>? Destroys { get; init; }

    /// <summary>
    /// True when nothing of the request may be kept: neither its key nor a hash of it, nor what would find it in a log. A repeat is recognised by what
    /// it asks, and answered as the first time: by the last event of the first stream that the decision reads.
    /// </summary>
    public bool Confidential { get; init; }
}

public static class UseCase
{
    /// <summary>A use case whose decision reads one stream.</summary>
    public static UseCase<TRequest> On<TRequest, TState>(
        string name, Permission permission, Func<TRequest, StreamId> stream, Func<TRequest, Timeline<TState>, EffectiveTime, Decision> decide)
        where TRequest : class where TState : class, IState<TState> =>
        new(name, permission, async (request, deciding, ct) => decide(request, await deciding.ReadAsync<TState>(stream(request), ct), deciding.On));
}
