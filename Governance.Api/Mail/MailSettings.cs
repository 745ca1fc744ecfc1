using MailKit.Security;
using MimeKit;

namespace Governance.Api.Mail;

/// <summary>A setting of <c>Governance:Mail</c> is missing, or cannot be read.</summary>
/// <param name="setting">Its name.</param>
public sealed class MailSettingsException(string setting) : Exception($"Governance:Mail:{setting} is missing, or cannot be read.")
{
    public string Setting => setting;
}

/// <summary>How mail goes out.</summary>
/// <param name="PasswordFile">A file that holds the password and nothing else; read at each sign-in, so that a new password needs no restart.</param>
/// <param name="Bounces">Whither what cannot be delivered comes back: each message has an address of its own, made of this one.</param>
/// <param name="Ehlo">The name that is told to the server; null for that of the machine.</param>
/// <param name="Address">Where people reach this installation: what links in messages begin with.</param>
public sealed record MailSettings(
    string Host, int Port, SecureSocketOptions Security, string? User, string? PasswordFile, MailboxAddress From, MailboxAddress Bounces, string? Ehlo, Uri Address)
{
    /// <summary>How long a server may take to answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <returns>Null where no server is named: no mail is sent.</returns>
    /// <exception cref="MailSettingsException">A setting is missing, or cannot be read.</exception>
    public static MailSettings? Read(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Governance:Mail");
        if (mail["Host"] is not { Length: > 0 } host)
            return null;
        var security = (mail["Security"] ?? "starttls") switch
        {
            "none" => SecureSocketOptions.None,
            "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            _ => throw new MailSettingsException("Security"),
        };
        var usual = security switch { SecureSocketOptions.None => 25, SecureSocketOptions.SslOnConnect => 465, _ => 587 };
        if (!int.TryParse(mail["Port"] ?? usual.ToString(System.Globalization.CultureInfo.InvariantCulture), out var port) || port is < 1 or > 65535)
            throw new MailSettingsException("Port");
        if (mail["PasswordFile"] is { } file && !File.Exists(file) || mail["PasswordFile"] is null != mail["User"] is null)
            throw new MailSettingsException("PasswordFile");
        if (!Uri.TryCreate(mail["Address"], UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw new MailSettingsException("Address");
        var from = Mailbox(mail, "From");
        return new(host, port, security, mail["User"], mail["PasswordFile"], from, mail["Bounces"] is null ? from : Mailbox(mail, "Bounces"), mail["Ehlo"], address);
    }

    private static MailboxAddress Mailbox(IConfigurationSection mail, string name) =>
        MailboxAddress.TryParse(mail[name], out var mailbox) && mailbox.Domain.Length > 0 ? mailbox : throw new MailSettingsException(name);
}
