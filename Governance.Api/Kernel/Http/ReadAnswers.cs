using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;

namespace Governance.Api.Kernel.Http;

/// <summary>Answers of reads, with their entity tag: 304 to who holds the same already.</summary>
public static class ReadAnswers
{
    /// <summary>As events are stored, save that the content of a rule that applies says of which rule it is, as commands take it.</summary>
    private static readonly JsonSerializerOptions Json = new(EventCatalogue.Json) { Converters = { new AppliedJson() } };

    /// <summary>One thing, tagged by the version of its stream, which <c>If-Match</c> takes; without a version by what it says.</summary>
    /// <returns>404 when it is null: it does not exist in this association, or did not at the moment asked for.</returns>
    public static IResult Of<T>(T? value, long? version = null) where T : class =>
        value is null ? Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found")) : new Read<T>(value, version);

    /// <summary>One thing that is written while it is read, however long it is, and that nobody on the way may keep.</summary>
    /// <returns>404 when it is null.</returns>
    public static IResult Streamed<T>(T? value) where T : class =>
        value is null ? Problems.Answer(Problems.Http(StatusCodes.Status404NotFound, "not-found")) : new Stream<T>(value);

    private sealed class AppliedJson : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Applied<>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type.GenericTypeArguments))!;

        private sealed class Of<TContent> : JsonConverter<Applied<TContent>> where TContent : RuleContent
        {
            public override Applied<TContent> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException("Answers are written only.");

            public override void Write(Utf8JsonWriter writer, Applied<TContent> value, JsonSerializerOptions options)
            {
                writer.WriteStartObject();
                writer.WriteString("article", value.Article);
                writer.WritePropertyName("content");
                JsonSerializer.Serialize<RuleContent>(writer, value.Content, options);
                writer.WriteEndObject();
            }
        }
    }

    private sealed class Stream<T>(T value) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.ContentType = "application/json; charset=utf-8";
            return JsonSerializer.SerializeAsync(http.Response.Body, value, Json, http.RequestAborted);
        }
    }

    private sealed class Read<T>(T value, long? version) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(value, Json);
            var tag = version is { } number ? EntityTags.OfVersion(number) : $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
            http.Response.Headers.ETag = tag;
            http.Response.Headers.CacheControl = "private, no-cache";
            if (EntityTags.IsFresh(http.Request, tag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
