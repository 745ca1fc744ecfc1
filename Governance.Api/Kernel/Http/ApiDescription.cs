using System.Text.Json;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Microsoft.OpenApi;

namespace Governance.Api.Kernel.Http;

/// <summary>The API as OpenAPI says it: what our JSON forms are, what every command takes beside its own fields, which right it asks.</summary>
public static class ApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Governance",
                Version = "v1",
                Description = "System of record for the governance of associations. Every read takes asOf and recordedAsOf; every error is a problem (RFC 9457).",
            };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<RequiresPermissionAttribute>().LastOrDefault() is { } named)
                operation.Description = $"{operation.Description} Permission: {JsonNamingPolicy.KebabCaseLower.ConvertName(named.Permission.ToString())}.".TrimStart();
            operation.Parameters ??= [];
            if (metadata.OfType<CommandMetadata>().FirstOrDefault() is { } command)
            {
                operation.Parameters.Add(Header(CommandEntrance.IdempotencyKeyHeader, "A key of your own (1 to 200 characters): the same command sent again with it is answered as the first time."));
                operation.Parameters.Add(Header("If-Match", "The ETag that you hold: 412 when the thing has changed since."));
                if (command.TakesEffective)
                    operation.Description += " The body also takes \"effective\": from when it holds (2023-10-14, 2023-10, 2018-H1, an instant); now without it.";
                operation.Description += " Fields that the address names may be left out of the body.";
            }
            else if (context.Description.HttpMethod == "GET" && context.Description.RelativePath?.StartsWith("api/{slug}", StringComparison.Ordinal) == true)
            {
                operation.Parameters.Add(Query(AsOfReading.AsOf, "As of the end of a day (2023-10-14), or an instant."));
                operation.Parameters.Add(Query(AsOfReading.RecordedAsOf, "As known at the end of a day, at an instant, or at a position of the log."));
                operation.Parameters.Add(Query(AsOfReading.WaitFor, "Wait up to 2 seconds for this position of the log to be shown."));
            }

            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIdentifier<>)))
            (schema.Type, schema.Format, schema.Properties) = (JsonSchemaType.String, "uuid", null);
        else if (type == typeof(Fraction))
            (schema.Type, schema.Examples, schema.Properties) = (JsonSchemaType.String, ["2/3"], null);
        else if (type == typeof(StreamId))
            (schema.Type, schema.Examples, schema.Properties) = (JsonSchemaType.String, ["association"], null);
        else if (type == typeof(EffectiveTime))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["instant"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", Examples = ["2023-10-13T22:00:00.000000Z"] },
                ["precision"] = new OpenApiSchema { Type = JsonSchemaType.String, Examples = ["day"] },
            };
        }
    }

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiParameter Query(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}

/// <summary>The JSON of the interface: that of the events.</summary>
public static class JsonForms
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.AllowDuplicateProperties = false;
        options.Encoder = EventCatalogue.Json.Encoder;
        EventCatalogue.AddConverters(options.Converters);
    }
}
