using System.Globalization;
using Governance.Api.Face.Wording;

namespace Governance.Api.Mail;

/// <summary>The same words where there is no request, in a language of the caller's choice.</summary>
public static class MailWording
{
    private static readonly TextResource Words = new(typeof(MailText).FullName!);

    /// <summary>The language of what is recorded, and of messages to people whose language is not known.</summary>
    public static CultureInfo French { get; } = CultureInfo.GetCultureInfo("fr-FR");

    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en-GB");

    public static string Say(string key, params object[] arguments) => Typography.Spaced(Words.Say(key, arguments));

    /// <summary>As it is written into the record.</summary>
    public static string Record(string key, params object[] arguments) => Words.Say(French, key, arguments);
}
