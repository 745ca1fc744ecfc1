using System.Globalization;
using System.Resources;
using Governance.Api.Face.Wording;

namespace Governance.Api.Access;

/// <summary>Words of sign-in and accounts (Access.resx French, Access.en.resx English).</summary>
public static class AccessWording
{
    private static readonly ResourceManager Words = new("Governance.Api.Access.Access", typeof(AccessWording).Assembly);

    public static string Say(string key, params object[] arguments) => Typography.Spaced(string.Format(
        CultureInfo.CurrentUICulture, Words.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key), arguments));
}
