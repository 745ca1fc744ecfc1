using System.Text.Json;
using System.Text.RegularExpressions;
using Governance.Api.Access;
using Governance.Domain.Kernel;
using Microsoft.OpenApi;
using Described = Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription;

namespace Governance.Api.Kernel.Http;

/// <summary>A value that an endpoint reads from the address's query by itself: read by the API's description.</summary>
public sealed record QueryMetadata(string Name, string Description);

/// <summary>The API as OpenAPI says it: what our JSON forms are, what every command takes beside its own fields, which right it asks.</summary>
public static partial class ApiDescription
{
    private const string Token = "token";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Governance",
                Version = "v1",
                Description = "System of record for the governance of associations. Every read takes asOf and recordedAsOf; every error is a problem (RFC 9457).",
            };
            document.Servers?.Clear();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token of an account, made on its page or by POST /api/tokens.",
            };
            foreach (var description in context.DescriptionGroups.SelectMany(group => group.Items))
                DescribeBody(document, description);
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
            if (metadata.OfType<RequiresPermissionAttribute>().LastOrDefault() is { Permission: not Permission.Public })
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, context.Document)] = [] }];
            operation.Parameters ??= [];
            foreach (var name in InAddress(context.Description))
            {
                if (operation.Parameters.All(known => known.Name != name || known.In != ParameterLocation.Path))
                    operation.Parameters.Add(InPath(name, metadata.OfType<CommandMetadata>().FirstOrDefault()?.Request));
            }

            foreach (var asked in metadata.OfType<QueryMetadata>())
                operation.Parameters.Add(Query(asked.Name, asked.Description));
            if (metadata.OfType<CommandMetadata>().FirstOrDefault() is { } command)
            {
                operation.Parameters.Add(Header(CommandEntrance.IdempotencyKeyHeader, "A key of your own (1 to 200 characters): the same command sent again with it is answered as the first time."));
                operation.Parameters.Add(Header("If-Match", "The ETag that you hold: 412 when the thing has changed since."));
                if (command.TakesEffective)
                    operation.Description += " \"effective\" says from when it holds; now without it.";
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

    // What the address names may be left out of a body, and the time from which it holds stands beside its own fields.
    private static void DescribeBody(OpenApiDocument document, Described description)
    {
        if (description.ActionDescriptor.EndpointMetadata.OfType<CommandMetadata>().FirstOrDefault() is not { } command
            || document.Components?.Schemas is not { } schemas
            || !schemas.TryGetValue(command.Request.Name, out var schema)
            || schema is not OpenApiSchema body)
            return;
        foreach (var name in InAddress(description))
            body.Required?.Remove(name);
        if (!command.TakesEffective)
            return;
        body.Properties ??= new Dictionary<string, IOpenApiSchema>();
        body.Properties["effective"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "From when it holds: a day, a month, a quarter, a half-year, a year, or an instant with its offset.",
            Examples = ["2023-10-14", "2023-10", "2018-H1", "2023-10-14T10:00:00+02:00"],
        };
    }

    private static IEnumerable<string> InAddress(Described description) =>
        from Match part in Braced().Matches(description.RelativePath ?? "") select part.Groups[1].Value;

    private static OpenApiParameter InPath(string name, Type? request)
    {
        var type = request is null ? null : EventCatalogue.Json.GetTypeInfo(request).Properties.FirstOrDefault(p => p.Name == name)?.PropertyType;
        return new()
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = name == "slug" ? "Short name of the association." : null,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = type is not null && IsIdentifier(type) ? "uuid" : null },
        };
    }

    private static bool IsIdentifier(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type).GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIdentifier<>));

    [GeneratedRegex(@"\{(\w+)[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braced();

    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (IsIdentifier(type))
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
