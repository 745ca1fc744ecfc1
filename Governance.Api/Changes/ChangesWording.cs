using Governance.Api.Face.Wording;

namespace Governance.Api.Changes;

/// <summary>Words of a comparison outside pages, from the same texts.</summary>
public static class ChangesWording
{
    private static readonly TextResource Texts = new("Governance.Api.Changes.ChangesText");

    public static string Say(string key, params object[] arguments) => Typography.Spaced(Texts.Say(key, arguments));

    /// <summary>The text <c>key.One</c> or <c>key.Other</c> with the number in its {0}.</summary>
    public static string Count(string key, long count) => Typography.Spaced(Texts.Count(key, count));
}
