namespace Governance.Api.Mail;

/// <summary>The words of messages and of what became of them (MailText.resx, MailText.en.resx).</summary>
public sealed class MailText;
