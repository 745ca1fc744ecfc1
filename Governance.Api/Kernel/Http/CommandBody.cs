using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Api.Kernel.Http;

/// <summary>The body of a command: the request, strictly read, and the time that it takes effect.</summary>
public sealed record CommandBody<T>(T Request, EffectiveTime? Effective) where T : class
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <returns>The body, or the problem that names each field which is not as it should be, and how to mend it.</returns>
    public static async Task<(CommandBody<T>? Body, ProblemDetails? Problem)> ReadAsync(HttpContext http, TimeZoneInfo zone)
    {
        JsonNode? node;
        if (http.Request.ContentLength == 0 || (http.Request.ContentLength is null && !http.Request.HasJsonContentType()))
        {
            node = new JsonObject();
        }
        else if (!http.Request.HasJsonContentType())
        {
            return (null, Problems.Http(StatusCodes.Status415UnsupportedMediaType, "not-json"));
        }
        else
        {
            try
            {
                using var bytes = new MemoryStream();
                await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
                var json = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
                if (HasHalfCharacter(json.Span))
                    return (null, Problems.Malformed("$", Wording.Shape("unstorable.lone_surrogate")));
                node = JsonNode.Parse(json.Span, documentOptions: Strict);
            }
            catch (JsonException fault)
            {
                return (null, Problems.Malformed("$", Wording.Shape("not-json", (fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1)));
            }
            catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                return (null, Problems.Http(StatusCodes.Status413PayloadTooLarge, "too-large", Limits.BodyKibibytes));
            }
        }

        if (node is not JsonObject body)
            return (null, Problems.Malformed("$", Wording.Shape("not-an-object")));

        var errors = new ShapeErrors();
        EffectiveTime? effective = null;
        if (body.TryGetPropertyValue("effective", out var given))
        {
            if (given is JsonValue text && text.TryGetValue<string>(out var written) && EffectiveTime.TryParse(written, zone, out var on))
                effective = on;
            else
                errors.Add("effective", Wording.Shape("effective"));
            body.Remove("effective");
        }

        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (name is "slug" || value is not string named)
                continue;
            if (body.TryGetPropertyValue(name, out var again) && again?.ToString() != named)
                errors.Add(name, Wording.Shape("differs-from-address", named));
            body[name] = named;
        }

        var request = JsonShape.Read<T>(body, errors);
        return errors.Any ? (null, Problems.Malformed(errors.ByField)) : (new CommandBody<T>(request!, effective), null);
    }

    // Half of a surrogate pair, written as an escape, is JSON but no text: nothing can read it as one.
    private static bool HasHalfCharacter(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
                continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }

        return false;
    }
}
