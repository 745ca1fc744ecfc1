using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Governance.Api.Mail;

/// <summary>What a server said to a message, in codes: its texts name the recipient.</summary>
public abstract record SmtpAnswer
{
    private SmtpAnswer() { }

    /// <summary>It has taken the message over.</summary>
    public sealed record Accepted : SmtpAnswer;

    /// <summary>It will never take it for this recipient.</summary>
    /// <param name="Code">Reply code and enhanced status code: <c>550 5.1.1</c>.</param>
    public sealed record Refused(string Code) : SmtpAnswer;

    /// <summary>Not now; also for whatever is wrong with the server or the settings and not with the message.</summary>
    /// <param name="Code">A reply code, or what kind of thing went wrong.</param>
    public sealed record NotNow(string Code) : SmtpAnswer;
}

/// <summary>The server that mail goes out by.</summary>
/// <param name="settings">Null where none is named: nothing is sent.</param>
public sealed class SmtpRelay(MailSettings? settings)
{
    public MailSettings? Settings => settings;

    public SmtpSession Open() => new(settings ?? throw new InvalidOperationException("No mail is sent without settings."));
}

/// <summary>One connection, made at the first message and again after it broke. For one caller at a time.</summary>
public sealed partial class SmtpSession(MailSettings settings) : IAsyncDisposable
{
    private SmtpClient? _client;

    /// <param name="sender">The envelope's: whither the message comes back.</param>
    public async Task<SmtpAnswer> SendAsync(MimeMessage message, MailboxAddress sender, MailboxAddress recipient, CancellationToken ct)
    {
        try
        {
            var client = await ConnectedAsync(ct);
            var format = FormatOptions.Default.Clone();
            format.International = recipient.IsInternational;
            await client.SendAsync(format, message, sender, [recipient], ct);
            return new SmtpAnswer.Accepted();
        }
        catch (SmtpCommandException refusal) when (
            (int)refusal.StatusCode is >= 500 and < 600 && refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
            && !IsOfTheRelay(Code(refusal)))
        {
            return new SmtpAnswer.Refused(Code(refusal));
        }
        catch (SmtpCommandException refusal)
        {
            return new SmtpAnswer.NotNow(Code(refusal));
        }
        catch (Exception fault) when (fault is SocketException or IOException or ProtocolException or AuthenticationException or SslHandshakeException or TimeoutException
            or NotSupportedException or UnauthorizedAccessException or ServiceNotConnectedException or ServiceNotAuthenticatedException
            || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            _client?.Dispose();
            _client = null;
            return new SmtpAnswer.NotNow(fault is SocketException socket ? socket.SocketErrorCode.ToString() : fault.GetType().Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is null)
            return;
        try
        {
            // What was sent was answered: whether the server hears the farewell changes nothing.
            using var patience = new CancellationTokenSource(settings.Patience);
            await _client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception fault) when (fault is SocketException or IOException or ProtocolException or OperationCanceledException)
        {
            // The server is gone already.
        }
        finally
        {
            _client.Dispose();
        }
    }

    private async Task<SmtpClient> ConnectedAsync(CancellationToken ct)
    {
        if (_client is { IsConnected: true } known)
            return known;
        _client?.Dispose();
        _client = new SmtpClient { Timeout = (int)settings.Patience.TotalMilliseconds };
        if (settings.Ehlo is { } name)
            _client.LocalDomain = name;
        await _client.ConnectAsync(settings.Host, settings.Port, settings.Security, ct);
        if (settings.User is { } user)
            await _client.AuthenticateAsync(user, (await File.ReadAllTextAsync(settings.PasswordFile!, ct)).TrimEnd('\r', '\n'), ct);
        return _client;
    }

    /// <summary>Security and policy (RFC 3463, X.7.X): what the relay says of whoever hands mail to it, and not of the recipient.</summary>
    internal static bool IsOfTheRelay(string code) => code.Contains(" 5.7.", StringComparison.Ordinal);

    private static string Code(SmtpCommandException refusal)
    {
        var reply = ((int)refusal.StatusCode).ToString(CultureInfo.InvariantCulture);
        return Enhanced().Match(refusal.Message) is { Success: true } found ? $"{reply} {found.Groups[1].Value}" : reply;
    }

    /// <summary>RFC 3463: class, subject and detail, at the beginning of what the server says.</summary>
    [GeneratedRegex(@"^\s*(?:\d{3}[ -])?([245]\.\d{1,3}\.\d{1,3})\b")]
    private static partial Regex Enhanced();
}
