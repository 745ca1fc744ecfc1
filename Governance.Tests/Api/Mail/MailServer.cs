using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Governance.Tests.Architecture;
using MimeKit;
using Xunit;

namespace Governance.Tests.Api.Mail;

/// <summary>
/// Debian's Exim on a port of its own and in a directory of its own, without any right: the machine's mail stays as it is. It takes mail for
/// courrier.example and asso.example, and lays what arrives into one maildir once it is told to.
/// </summary>
/// <remarks>
/// <c>inconnu…@courrier.example</c> is refused (550 5.1.1), <c>plein@courrier.example</c> deferred (452 4.2.2); mail for <c>parti…@courrier.example</c> is taken and
/// comes back.
/// </remarks>
public sealed class MailServer : IAsyncDisposable
{
    private const int Nobody = 65534;

    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"governance-mail-{Guid.NewGuid():N}")).FullName;
    private Process? _process;

    public int Port { get; } = FreePort();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Ends once it listens.</summary>
    public async Task StartAsync()
    {
        await PrepareAsync();
        var info = Exim("-v", "-bdf", "-oX", $"127.0.0.1.{Port.ToString(CultureInfo.InvariantCulture)}");
        info.RedirectStandardError = true;
        _process = Process.Start(info)!;
        while (true)
        {
            var line = await _process.StandardError.ReadLineAsync(Stop) ?? throw new InvalidOperationException("The mail server ended before it listened.");
            if (line.Contains("listening", StringComparison.Ordinal))
                break;
        }

        // Read on, so that it never waits for somebody to read what it says.
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Has it deliver what it took, then what came back of that.</summary>
    /// <returns>Everything in the maildir, each once, in the order of arrival.</returns>
    public async Task<IReadOnlyList<MimeMessage>> DeliveredAsync()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal(0, (await Terminal.RunAsync(Exim("-qff"), Stop)).ExitCode);
        var box = Path.Combine(_directory, "box", "new");
        if (!Directory.Exists(box))
            return [];
        var messages = new List<MimeMessage>();
        foreach (var file in Directory.EnumerateFiles(box).Order(StringComparer.Ordinal))
            messages.Add(await MimeMessage.LoadAsync(file, Stop));
        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private ProcessStartInfo Exim(params string[] arguments)
    {
        string[] command = [Path.Combine(_directory, "exim4"), "-C", Path.Combine(_directory, "exim.conf"), .. arguments];
        var id = Nobody.ToString(CultureInfo.InvariantCulture);
        var info = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid", id, "--regid", id, "--clear-groups", .. command])
            : new ProcessStartInfo(command[0], command[1..]);
        info.WorkingDirectory = _directory;
        info.Environment["LD_PRELOAD"] = "libnss_wrapper.so";
        info.Environment["NSS_WRAPPER_PASSWD"] = Path.Combine(_directory, "passwd");
        info.Environment["NSS_WRAPPER_GROUP"] = Path.Combine(_directory, "group");
        return info;
    }

    private async Task PrepareAsync()
    {
        var program = Path.Combine(Checkout.Root, "Governance.Tests", "obj", "exim4", "exim4");
        Assert.True(File.Exists(program), $"{program} is missing: ./test fetches it.");
        if (File.Exists(Path.Combine(_directory, "exim4")))
            return;
        File.Copy(program, Path.Combine(_directory, "exim4"));
        var (user, group) = Environment.IsPrivilegedProcess ? (Nobody, Nobody) : (await IdAsync("-u"), await IdAsync("-g"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "passwd"), $"root:x:0:0:root:/:/bin/sh\nDebian-exim:x:{user}:{group}::/:/bin/false\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(_directory, "group"), $"root:x:0:\nDebian-exim:x:{group}:\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(_directory, "exim.conf"), Settings(user, group), Stop);
        Directory.CreateDirectory(Path.Combine(_directory, "spool"));
        if (Environment.IsPrivilegedProcess)
            Assert.Equal(0, (await Terminal.RunAsync(new ProcessStartInfo("chown", ["-R", $"{Nobody}:{Nobody}", _directory]), Stop)).ExitCode);
    }

    private static async Task<int> IdAsync(string what) =>
        int.Parse((await Terminal.RunAsync(new ProcessStartInfo("id", [what]), Stop)).Output, CultureInfo.InvariantCulture);

    private string Settings(int user, int group) =>
        $"""
        exim_path = {_directory}/exim4
        primary_hostname = mail.courrier.example
        spool_directory = {_directory}/spool
        log_file_path = {_directory}/spool/%slog
        exim_user = {user}
        exim_group = {group}
        deliver_drop_privilege
        queue_only
        never_users =
        keep_environment = LD_PRELOAD : NSS_WRAPPER_PASSWD : NSS_WRAPPER_GROUP
        tls_advertise_hosts =
        disable_ipv6
        rfc1413_hosts =
        host_lookup =
        smtp_accept_max = 50
        acl_smtp_rcpt = recipient
        acl_smtp_data = data
        domainlist here = courrier.example : asso.example

        begin acl
        recipient:
          deny domains = courrier.example
            local_parts = ^inconnu
            message = 550 5.1.1 <$local_part@$domain>: there is nobody here of that name
          defer domains = courrier.example
            local_parts = plein
            message = 452 4.2.2 <$local_part@$domain>: the box is full
          accept domains = +here
          deny message = 550 5.7.1 no relay
        data:
          accept

        begin routers
        gone:
          driver = redirect
          domains = courrier.example
          local_parts = ^parti
          allow_fail
          data = :fail: has left
        boxes:
          driver = accept
          domains = +here
          transport = box

        begin transports
        box:
          driver = appendfile
          maildir_format
          directory = {_directory}/box
          create_directory
          user = {user}
          group = {group}
          envelope_to_add
          return_path_add

        begin retry
        * * F,1h,1s
        """ + "\n";
}
