using System.Security.Cryptography;
using System.Text;
using Governance.Api.Kernel.Http;

namespace Governance.Api.Proofs;

/// <summary>Bytes that anybody may keep.</summary>
/// <param name="IsFinal">True for what will never be otherwise: it is not asked for again.</param>
/// <param name="File">What it is called where it is kept; null where it is shown.</param>
internal sealed record CachedAnswer(byte[] Body, string Type, bool IsFinal, string? File = null) : IResult
{
    /// <summary>Text that may be another one the next time.</summary>
    public static CachedAnswer Text(string text, string? file = null) => new(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", IsFinal: false, file);

    public async Task ExecuteAsync(HttpContext http)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Body).AsSpan(0, 16))}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = IsFinal ? "public, max-age=31536000, immutable" : "public, no-cache";
        if (EntityTags.IsFresh(http.Request, tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (File is not null)
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{File}\"";
        http.Response.ContentType = Type;
        http.Response.ContentLength = Body.Length;
        await http.Response.Body.WriteAsync(Body, http.RequestAborted);
    }
}
