using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Governance.Api.Kernel.Http;

namespace Governance.Api.Face;

/// <summary>
/// Stylesheet, scripts, fonts and licences, embedded in the assembly. Each is served at an address that holds a digest of
/// its bytes, so a browser may keep it for ever and never shows a stale one.
/// </summary>
public static class FaceFiles
{
    private const string Prefix = "face/";

    private sealed record Asset(string Href, string ContentType, byte[] Bytes, byte[]? Compressed);

    private static readonly FrozenDictionary<string, Asset> ByName = Load();

    private static readonly FrozenDictionary<string, Asset> ByHref = ByName.Values.ToFrozenDictionary(asset => asset.Href);

    /// <summary>Address of a file of Face/wwwroot, for instance "site.css". A name that is not there is a bug.</summary>
    public static string Href(string name) => ByName[name].Href;

    /// <summary>Bytes of a file of Face/wwwroot, for documents that carry it inside.</summary>
    internal static byte[] Content(string name) => ByName[name].Bytes;

    /// <summary>Serves the files below /face/.</summary>
    public static void Map(WebApplication app) =>
        app.MapRead("/" + Prefix + "{**path}", Serve).AllowAnonymous().ExcludeFromDescription();

    private static IResult Serve(HttpContext context)
    {
        if (!ByHref.TryGetValue(context.Request.Path.Value!, out var asset))
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        if (asset.Compressed is null || !context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
            return TypedResults.Bytes(asset.Bytes, asset.ContentType);
        headers.ContentEncoding = "br";
        return TypedResults.Bytes(asset.Compressed, asset.ContentType);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(FaceFiles).Assembly;
        var names = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .ToArray();
        var loaded = names
            .Where(name => !name.EndsWith(".css", StringComparison.Ordinal))
            .ToDictionary(name => name, name => Made(name, Bytes(name)));
        foreach (var name in names.Where(name => name.EndsWith(".css", StringComparison.Ordinal)))
        {
            // The stylesheet names its fonts as files; what the browser asks for is their address with the digest.
            var text = Encoding.UTF8.GetString(Bytes(name));
            foreach (var font in loaded.Keys.Where(other => other.EndsWith(".woff2", StringComparison.Ordinal)).ToArray())
                text = text.Replace($"url({font})", $"url({loaded[font].Href})", StringComparison.Ordinal);
            loaded[name] = Made(name, Encoding.UTF8.GetBytes(text));
        }
        return loaded.ToFrozenDictionary();

        byte[] Bytes(string name)
        {
            using var stream = assembly.GetManifestResourceStream(Prefix + name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    private static Asset Made(string name, byte[] bytes)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        var extension = Path.GetExtension(name);
        var (type, isText) = extension switch
        {
            ".css" => ("text/css; charset=utf-8", true),
            ".js" => ("text/javascript; charset=utf-8", true),
            ".svg" => ("image/svg+xml", true),
            ".woff2" => ("font/woff2", false),
            _ => ("text/plain; charset=utf-8", true),
        };
        return new Asset($"/{Prefix}{name[..^extension.Length]}.{digest}{extension}", type, bytes, isText ? Brotli(bytes) : null);
    }

    private static byte[] Brotli(byte[] bytes)
    {
        using var into = new MemoryStream();
        using (var brotli = new BrotliStream(into, CompressionLevel.Optimal))
            brotli.Write(bytes);
        return into.ToArray();
    }
}
