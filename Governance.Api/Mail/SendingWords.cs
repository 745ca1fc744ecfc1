using Governance.Api.Face.Components;
using Governance.Api.Face.Wording;
using Microsoft.Extensions.Localization;

namespace Governance.Api.Mail;

/// <summary>How far a convocation is, in words.</summary>
public static class SendingWords
{
    public static StateKind Kind(SendingState state) => state switch
    {
        SendingState.Sent => StateKind.Done,
        SendingState.Waiting => StateKind.Planned,
        SendingState.Bounced => StateKind.Invalid,
        SendingState.NoAddress => StateKind.Late,
        SendingState.Lapsed => StateKind.Cancelled,
        _ => StateKind.Draft,
    };

    /// <summary>Why it did not arrive or is not sent yet; null where there is nothing to say.</summary>
    public static string? Why(SendingAnswer sending, TimeZoneInfo zone, IStringLocalizer<MailText> t) => sending switch
    {
        { State: SendingState.Lapsed, Reason: { } reason } => t["Lapsed." + reason],
        { State: SendingState.Waiting, Fault: { } fault, Next: { } next } => t["Waiting.Fault", sending.Attempts, fault, DateWording.Moment(next, zone)],
        _ => sending.Reason,
    };
}
