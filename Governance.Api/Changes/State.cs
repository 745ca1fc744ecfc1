using Governance.Domain.Kernel;

namespace Governance.Api.Changes;

/// <summary>A piece of what is said of a thing. Two are the same when their values are, whatever they are called at either moment.</summary>
/// <param name="Value">What is compared.</param>
/// <param name="Words">How it is said; null where <paramref name="Key"/> is named.</param>
/// <param name="Key">The thing that it names.</param>
public sealed record Part(string Value, string? Words, Guid? Key = null)
{
    public static Part Of(string words) => new(words, words);

    public static Part Of<TId>(TId id) where TId : struct, IIdentifier<TId> => new(id.ToString()!, null, id.Value);
}

/// <summary>One thing that is said of a thing, such as its name or who leads it.</summary>
/// <param name="Name">Key of its label in ChangesText.resx: <c>Aspect.NAME</c>.</param>
/// <param name="Label">Its label where it is not one of those: « Art. 12 ».</param>
/// <param name="IsList">Its parts are many things side by side: what came and what went is told, what stayed is counted.</param>
public sealed record Aspect(string Name, IReadOnlyList<Part> Parts, string? Label = null, bool IsList = false)
{
    /// <summary>What two aspects of a thing are told apart by.</summary>
    public string Is => Label is null ? Name : Name + ":" + Label;
}

/// <summary>A thing as a view has it.</summary>
/// <param name="Kind">What it is: a line of <see cref="Kinds"/>.</param>
/// <param name="Title">What it is called; null for what is called by its id, such as a person.</param>
/// <param name="Of">The things that it belongs to, itself included: the comparison of one of these tells of it.</param>
public sealed record State(Kind Kind, Guid Key, string? Title, IReadOnlyList<Guid> Of, IReadOnlyList<Aspect> Aspects);

/// <summary>A number that dashboards show.</summary>
/// <param name="Name">Key of its label in ChangesText.resx: <c>Figure.NAME</c>.</param>
/// <param name="Of">The body that it counts the holders of; null for the association's own.</param>
/// <param name="Href">The page that shows it, below the association's.</param>
public readonly record struct Figure(string Name, BodyId? Of, string Href);
