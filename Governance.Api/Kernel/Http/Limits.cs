namespace Governance.Api.Kernel.Http;

/// <summary>Bounds of what the host takes.</summary>
public static class Limits
{
    /// <summary>Body of a command or a form, in KiB.</summary>
    public const int BodyKibibytes = 1024;

    public const long BodyBytes = BodyKibibytes * 1024L;

    /// <summary>Lets one request have a larger body; asked before anything of it is read.</summary>
    public static void Allow(HttpContext http, long bytes)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = bytes;
    }

    /// <summary>Fields of a form: as many marks of papers, the shortest of some 46 bytes with the mandate in its name, as a body holds.</summary>
    public const int FormFields = BodyKibibytes * 1024 / 46;
}
