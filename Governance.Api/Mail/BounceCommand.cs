using System.CommandLine;
using Governance.Api.Kernel.Commands;
using Governance.Api.Kernel.Hosting;
using MimeKit;

namespace Governance.Api.Mail;

/// <summary><c>bounce</c>: a mail server hands over what came back; whom it did not reach is recorded.</summary>
public static class BounceCommand
{
    // As sendmail and its successors take the end of a program (sysexits.h).
    private const int Understood = 0, NotUnderstood = 65, NoSuchAddress = 67, TryAgain = 75;

    public static Command Make()
    {
        var recipient = new Option<string?>("--to") { Description = "The address that it came to, where the message itself does not say it." };
        var command = new Command("bounce", "Read a delivery report from standard input and record whom a convocation or a reminder did not reach.") { recipient };
        command.SetAction(async (arguments, ct) => await HostCommand.RunAsync(
            new HostSettings(arguments.GetValue(CommandLine.Data)!),
            async app =>
            {
                await using var input = Console.OpenStandardInput();
                var (code, said) = await RunAsync(app.Services, input, arguments.GetValue(recipient), ct);
                await (code == Understood ? Console.Out : Console.Error).WriteLineAsync(said);
                return code;
            },
            ct));
        return command;
    }

    /// <returns>The exit code, and a sentence that says what was done, or why nothing was.</returns>
    public static async Task<(int Code, string Said)> RunAsync(IServiceProvider services, Stream input, string? recipient, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await input.ReadAsync(buffer, ct)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > DeliveryReport.Longest)
                return (NotUnderstood, MailWording.Say("Bounce.TooLong", DeliveryReport.Longest));
        }

        bytes.Position = 0;
        MimeMessage message;
        try
        {
            message = await MimeMessage.LoadAsync(bytes, ct);
        }
        catch (FormatException)
        {
            return (NotUnderstood, MailWording.Say("Bounce.NoReport"));
        }

        using (message)
        {
            if (DeliveryReport.Of(message, recipient) is not { } report)
                return (NotUnderstood, MailWording.Say("Bounce.NoReport"));
            var (addresses, outbox) = (services.GetRequiredService<BounceAddresses>(), services.GetRequiredService<Outbox>());
            if (report.To.Select(addresses.Row).OfType<Guid>().FirstOrDefault() is var id && id == Guid.Empty)
                return (NoSuchAddress, MailWording.Say("Bounce.NotOurs"));
            if (await outbox.FindAsync(id, ct) is not { } row)
                return (NoSuchAddress, MailWording.Say("Bounce.Unknown"));
            if (!report.Failed)
                return (Understood, MailWording.Say("Bounce.NoFailure"));
            if (row is { Meeting: { } meeting, Cancels: false } && (await outbox.OfMeetingAsync(row.Association, meeting, ct))[row.Person] is var last && last.Id != row.Id && last.State == OutboxState.Accepted)
                return (Understood, MailWording.Say("Bounce.SentSince"));
            return await services.GetRequiredService<MailFates>().RecordBounceAsync(row, report.Status, ct) switch
            {
                null => (Understood, MailWording.Say("Bounce.CancellationRecorded", row.Meeting!, row.Person)),
                CommandResult.Done when row.Dues is { } dues => (Understood, MailWording.Say("Bounce.DuesRecorded", dues.Member, row.Person)),
                CommandResult.Done => (Understood, MailWording.Say("Bounce.Recorded", row.Meeting!, row.Person)),
                CommandResult.Unchanged or CommandResult.KeyReused => (Understood, MailWording.Say("Bounce.Known")),
                CommandResult.Refused refused => (NotUnderstood, Kernel.Wording.Sentence(refused.Refusal)),
                _ => (TryAgain, MailWording.Say("Bounce.Later")),
            };
        }
    }
}
