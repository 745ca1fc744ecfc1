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

    public string Subject(ConvocationLetter letter) => t[letter.IsCancelled ? "Subject.Cancelled" : "Subject", letter.Meeting.Plan.Title, When(letter)];

    public string When(ConvocationLetter letter) => MeetingWords.When(letter.Meeting.Starts, letter.Association.Zone);

    public string Where(ConvocationLetter letter) => MeetingWords.Where(letter.Meeting.Place, letter.Meeting.Remote, meetings);

    /// <summary>« L'instance Conseil d'administration se réunit le …, à Lille. »</summary>
    public string Opening(ConvocationLetter letter) => t[letter.IsCancelled ? "Opening.Cancelled" : "Opening", letter.Association.Name, letter.Of, When(letter), Where(letter)];

    /// <summary>Why the meeting is cancelled; nothing while it is not.</summary>
    public string Why(ConvocationLetter letter) => letter.Meeting is Meeting.Cancelled { Reason: var reason } ? t["Cancelled.Why", reason] : "";

    /// <summary>What joined, left or changed what was announced, until the meeting began.</summary>
    public IReadOnlyList<string> Since(ConvocationLetter letter)
    {
        var (then, now) = (letter.Announced, letter.Standing);
        return
        [
            .. now.Agenda.Where(i => i.Withdrawn is null && then.Item(i.Id) is null).Select(i => t["Since.Added", i.Title].Value + (i.Text is { } about ? " " + about : "")),
            .. now.Agenda.Where(i => i.Withdrawn is not null && then.Item(i.Id) is { Withdrawn: null }).Select(i => t["Since.Withdrawn", i.Title, i.Withdrawn!].Value),
            .. now.Resolutions.Where(r => r.Withdrawn is null && then.Find(r.Id) is null).Select(r => t["Since.Proposed", r.Title, r.Text].Value),
            .. now.Resolutions.Where(r => r.Withdrawn is null && then.Find(r.Id) is { } before && before.Text != r.Text).Select(r => t["Since.Amended", r.Title, r.Text].Value),
            .. now.Resolutions.Where(r => r.Withdrawn is not null && then.Find(r.Id) is { Withdrawn: null }).Select(r => t["Since.ResolutionWithdrawn", r.Title, r.Withdrawn!].Value),
        ];
    }

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
