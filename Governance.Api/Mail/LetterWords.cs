using Governance.Api.Kernel;
using Governance.Api.Meetings;
using Governance.Api.Statutes;
using Governance.Domain.Meetings;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Mail;

/// <summary>A convocation in words, in the language of the moment: its page, its HTML and its text say the same.</summary>
public sealed class LetterWords(IStringLocalizer<MailText> t, IStringLocalizer<MeetingText> meetings)
{
    public IStringLocalizer<MailText> T => t;

    public string Subject(ConvocationLetter letter) => t["Subject", letter.Meeting.Plan.Title, When(letter)];

    public string When(ConvocationLetter letter) => MeetingWords.When(letter.Meeting.Starts, letter.Association.Zone);

    public string Where(ConvocationLetter letter) => MeetingWords.Where(letter.Meeting.Place, letter.Meeting.Remote, meetings);

    /// <summary>« L'instance Conseil d'administration se réunit le …, à Lille. »</summary>
    public string Opening(ConvocationLetter letter) => t["Opening", letter.Association.Name, letter.Of, When(letter), Where(letter)];

    /// <summary>How many days it leaves and under which article; null of a working group.</summary>
    public string? Notice(ConvocationLetter letter) => letter.Meeting.Convocation?.Notice is { } notice
        ? t["Notice." + notice.Count, notice.Days, notice.Needed, Wording.Article(notice.Article)].Value
        : null;

    /// <summary>Whether and how one can be represented, with the article; null of a working group.</summary>
    public string? Proxies(ConvocationLetter letter) => letter.Proxies is { } rule
        ? $"{RuleWording.Sentence(rule.Content).TrimEnd('.')} ({Wording.Article(rule.Article)})."
        : null;

    public bool HasProxies(ConvocationLetter letter) => letter.Proxies?.Content.Allowed == true;

    public string Text(Resolution resolution) => resolution.Contest is null ? t["Text", resolution.Title] : t["Contest", resolution.Title];
}
