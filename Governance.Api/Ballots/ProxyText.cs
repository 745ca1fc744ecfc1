namespace Governance.Api.Ballots;

/// <summary>Words of proxies and of who is left out, on the pages of ballots (ProxyText.resx, ProxyText.en.resx).</summary>
public sealed class ProxyText;
