using Governance.Api.Face.Wording;

namespace Governance.Api.Access;

/// <summary>Words of sign-in and accounts (Access.resx French, Access.en.resx English).</summary>
public static class AccessWording
{
    private static readonly TextResource Words = new("Governance.Api.Access.Access");

    public static string Say(string key, params object[] arguments) => Typography.Spaced(Words.Say(key, arguments));
}
