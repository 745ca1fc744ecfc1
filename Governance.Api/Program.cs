using Governance.Api.Kernel.Hosting;

return await CommandLine.Make().Parse(args).InvokeAsync();
