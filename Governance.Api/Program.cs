using System.CommandLine;
using Governance.Api.Kernel.Hosting;

// An interrupt stops in order, the private server last, however slow the machine; who is in a hurry interrupts by SIGKILL, which loses nothing either.
return await CommandLine.Make().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
