// The web SDK brings Microsoft.Extensions.Logging.EventId into every file; here an event is one of the log.
global using EventId = Governance.Domain.Kernel.EventId;
