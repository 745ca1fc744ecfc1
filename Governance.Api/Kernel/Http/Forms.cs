using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Governance.Api.Access;
using Governance.Api.Face;
using Governance.Api.Face.Components;
using Governance.Api.Kernel.Commands;
using Governance.Domain.Kernel;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Api.Kernel.Http;

/// <summary>A form as it was sent, given back to its page when it was refused: nothing typed is lost.</summary>
/// <param name="Key">Key of the sending: the form is shown with it again.</param>
public sealed record FormSent(IReadOnlyDictionary<string, string> Values, string Key, IReadOnlyList<FieldError> Errors)
{
    public string? this[string name] => Values.GetValueOrDefault(name);
}

/// <summary>Forms of pages: antiforgery, the same use cases as the API, then on to another page, or the page again with its errors.</summary>
public static class Forms
{
    /// <summary>Name of the query value by which the page after a form learns from when what was recorded holds.</summary>
    public const string TakesEffect = "takesEffect";

    /// <summary>
    /// POST of a use case from a page. Fields of the form are fields of the request, texts read as the request's type wants them; an empty one is left out,
    /// <c>name.organisation</c> is the field of a field, and values sent under one name are a list.
    /// </summary>
    /// <typeparam name="TRequest">What is asked.</typeparam>
    /// <typeparam name="TPage">The page that has the form, shown again when it is refused: it takes the values of the address as parameters, and <c>FormSent? Sent</c>.</typeparam>
    /// <param name="pattern">Address of the page, such as <c>/{slug}/members/{member}</c>.</param>
    /// <param name="then">Where to go once it is recorded, from the ids made; <c>{name}</c> of the address is filled in. Null goes back to the page.</param>
    /// <param name="fields">Beside which field a refusal is shown, by its code; one that is not there is shown at the top alone.</param>
    /// <param name="beside">Beside which field a refusal that names one is shown; null leaves it to <paramref name="fields"/>.</param>
    public static RouteHandlerBuilder MapForm<TRequest, TPage>(
        this IEndpointRouteBuilder routes,
        [StringSyntax("Route")] string pattern,
        UseCase<TRequest> useCase,
        string? then = null,
        IReadOnlyDictionary<string, string>? fields = null,
        Func<Refusal, string?>? beside = null)
        where TRequest : class where TPage : IComponent =>
        routes.MapFormPost(pattern, useCase.Permission, async (HttpContext http, CommandEntrance entrance) =>
        {
            var scope = http.Features.Get<RequestScope>() ?? throw new InvalidOperationException("A form of a use case stands under /{slug}.");
            var (values, key) = await ReadAsync(http);
            // Somebody is searched for: nothing is recorded, and the page shows whom it found.
            if (values.ContainsKey(Lookup.Button))
                return Again<TPage>(http, new FormSent(values, key, []), StatusCodes.Status200OK);
            var errors = new ShapeErrors();
            var (request, effective) = Request<TRequest>(http, values, scope.Association.Zone, errors);
            foreach (var field in Lookup.Unchosen(values))
                errors.Replace(field, Wording.Shape("choose-found"));
            var result = errors.Any
                ? new CommandResult.Malformed(errors.ByField)
                : await entrance.RunAsync(http, useCase, request!, key, effective);
            // A script of the page that sends the form for it asks for no page.
            if (!ErrorPages.IsForPeople(http))
                return CommandEntrance.Answer(http, scope, result, created: null);
            return result switch
            {
                CommandResult.Done done => Results.LocalRedirect(Ahead(Address(http, then ?? pattern, done.Ids, done.Position), then, done, effective, scope)),
                CommandResult.Unchanged => Results.LocalRedirect(Address(http, then ?? pattern, new Dictionary<string, Guid>(), null)),
                _ => Again<TPage>(http, new FormSent(values, key, Placed(Errors(result, fields, beside), values)), Problems.Of(result)!.Status!.Value),
            };
        }).ShowsAgain<TPage>();

    /// <summary>Whom a page shows, it shows with the errors of its form too: what the page says of itself holds for the form.</summary>
    /// <typeparam name="TPage">The page that is shown again when the form is refused.</typeparam>
    public static RouteHandlerBuilder ShowsAgain<TPage>(this RouteHandlerBuilder form) where TPage : IComponent =>
        typeof(TPage).GetCustomAttribute<RevealsPeopleAttribute>() is { } reveals ? form.WithMetadata(reveals) : form;

    /// <summary>POST of a page's form: its antiforgery token is checked before anything else. It stands before the page of the same address.</summary>
    /// <param name="bytes">Of a form with a file, which is then read into memory and leaves nothing on a disk; null for the bounds of any other.</param>
    public static RouteHandlerBuilder MapFormPost(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Permission permission, Delegate handler, int? bytes = null) =>
        routes.MapWrite(pattern, handler, http => RefuseForgedAsync(http, bytes))
            .RequirePermission(permission)
            .WithOrder(-1)
            .ExcludeFromDescription();

    private static async Task<IResult?> RefuseForgedAsync(HttpContext http, int? bytes)
    {
        if (bytes is { } most)
        {
            Limits.Allow(http, most);
            http.Features.Set<IFormFeature>(new FormFeature(
                http.Request, new() { MemoryBufferThreshold = most, ValueLengthLimit = most, MultipartBodyLengthLimit = most }));
        }

        return http.Request.HasFormContentType && await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? null
            : ErrorPages.Page(StatusCodes.Status400BadRequest, Wording.Http("forged-form"));
    }

    /// <summary>The form's texts and its key, without what the form adds for itself.</summary>
    public static async Task<(IReadOnlyDictionary<string, string> Values, string Key)> ReadAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var key = form[ActionForm.KeyName].ToString();
        return (
            form.Where(pair => pair.Key is not ActionForm.KeyName && !pair.Key.StartsWith("__", StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal),
            key is { Length: > 0 and <= 200 } ? key : CommandEntrance.NewKey());
    }

    /// <summary>The page again, with what was typed and what is wrong with it.</summary>
    public static RazorComponentResult<TPage> Again<TPage>(HttpContext http, FormSent sent, int status) where TPage : IComponent
    {
        var parameters = http.Request.RouteValues
            .Where(pair => typeof(TPage).GetProperty(Property(pair.Key)) is not null)
            .ToDictionary(pair => Property(pair.Key), pair => pair.Value);
        parameters["Sent"] = sent;
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status };
    }

    /// <summary>What is wrong with a form, by field, from what its command came to.</summary>
    /// <param name="fields">Beside which field a refusal is shown, by its code.</param>
    /// <param name="beside">Beside which field a refusal that names one is shown.</param>
    public static IReadOnlyList<FieldError> Errors(
        CommandResult result, IReadOnlyDictionary<string, string>? fields = null, Func<Refusal, string?>? beside = null) =>
        result is CommandResult.Malformed malformed
            ? [.. malformed.Errors.SelectMany(error => error.Value.Select(sentence => new FieldError(error.Key, sentence)))]
            : [new FieldError(Field(result, fields, beside), Sentence(result))];

    // What, how to mend it, and the rule that says so.
    private static string Sentence(CommandResult result) =>
        Wording.Under((result as CommandResult.Refused)?.Refusal.Article, Problems.Of(result)!.Detail!);

    // What is missing as a whole is missing from the first of its fields that the form has.
    private static IReadOnlyList<FieldError> Placed(IReadOnlyList<FieldError> errors, IReadOnlyDictionary<string, string> values) =>
    [
        .. errors.Select(error => error.Field.Length > 0 && !values.ContainsKey(error.Field)
            && values.Keys.FirstOrDefault(name => name.StartsWith(error.Field + ".", StringComparison.Ordinal)) is { } first
                ? error with { Field = first }
                : error),
    ];

    // A refusal of one field stands beside it; any other is of the form as a whole.
    private static string Field(CommandResult result, IReadOnlyDictionary<string, string>? fields, Func<Refusal, string?>? beside) => (result as CommandResult.Refused)?.Refusal switch
    {
        { } refusal when beside?.Invoke(refusal) is { } named => named,
        { Code: var code } when fields?.GetValueOrDefault(code) is { } named => named,
        NotYetHappened => "effective",
        TextOutOfBounds refusal => refusal.Field,
        TextUnreadable refusal => refusal.Field,
        NumberOutOfBounds refusal => refusal.Field,
        _ => "",
    };

    /// <summary>The request that the fields of a form make, and the time that they give it; what is wrong with them is added to <paramref name="errors"/>.</summary>
    public static (TRequest?, EffectiveTime?) Request<TRequest>(
        HttpContext http, IReadOnlyDictionary<string, string> values, TimeZoneInfo zone, ShapeErrors errors) where TRequest : class
    {
        values = Lookup.Without(values);
        var type = EventCatalogue.Json.GetTypeInfo(typeof(TRequest));
        var properties = type.Properties.ToDictionary(p => p.Name, p => Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType, StringComparer.Ordinal);
        var json = new JsonObject();
        EffectiveTime? effective = null;
        foreach (var (name, text) in values)
        {
            if (name == "effective" && !properties.ContainsKey(name))
            {
                if (text.Length == 0)
                    continue;
                if (Face.Wording.PeriodReading.TryRead(text, zone, out var on))
                    effective = on;
                else
                    errors.Add(name, Wording.Shape("period"));
            }
            else
            {
                Put(json, type, name, text, zone);
            }
        }

        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (name is not "slug" && value is string named && properties.ContainsKey(name))
                json[name] = Value(named, properties[name], zone);
        }

        var request = JsonShape.Read<TRequest>(json, errors);
        foreach (var (name, text) in values)
        {
            if (text.Length > 0 && properties.GetValueOrDefault(name) == typeof(EffectiveTime) && json[name] is JsonValue)
                errors.Replace(name, Wording.Shape("period"));
            else if (text.Length > 0 && properties.GetValueOrDefault(name) == typeof(DateOnly) && Face.Wording.DateReading.Read(text) is null)
                errors.Replace(name, Wording.Shape("day"));
            else if (text.Length > 0 && properties.TryGetValue(name, out var wanted) && IsMoney(name, wanted) && json[name]?.GetValueKind() == System.Text.Json.JsonValueKind.String)
                errors.Replace(name, Wording.Shape("money"));
        }

        return (request, effective);
    }

    // An object whose fields are all empty is there without them, so that what is missing is its fields; one that may be left out is left out.
    private static void Put(JsonObject json, JsonTypeInfo type, string path, string text, TimeZoneInfo zone)
    {
        var (name, inner) = path.Split('.', 2) is [var outer, var rest] ? (outer, rest) : (path, null);
        var property = type.Properties.FirstOrDefault(p => p.Name == name);
        var declared = property is null ? typeof(string) : Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (inner is null)
        {
            if (text.Length > 0 || IsList(declared))
                json[name] = IsMoney(name, declared) && Face.Wording.MoneyWording.ReadCents(text) is { } cents ? cents : Value(text, declared, zone);
            return;
        }

        if (text.Length == 0 && json[name] is null && property is { IsSetNullable: true, PropertyType.IsValueType: false })
            return;
        if (json[name] is not JsonObject nested)
            json[name] = nested = [];
        var info = EventCatalogue.Json.GetTypeInfo(declared);
        Put(nested, JsonShape.Derived(nested, info) ?? info, inner, text, zone);
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    // Whole cents carry their unit in their name; a form takes euros.
    private static bool IsMoney(string name, Type type) => type == typeof(int) && name.EndsWith("Cents", StringComparison.Ordinal);

    private static bool IsList(Type type) => type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type);

    private static JsonNode? Value(string text, Type? type, TimeZoneInfo zone)
    {
        // The last one stands: a box to tick is sent after a hidden « false ».
        if (type == typeof(bool))
            return text.Split(',')[^1] is "true" or "on";
        if ((type == typeof(int) || type == typeof(long)) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        if (type == typeof(DateOnly) && Face.Wording.DateReading.Read(text) is { } day)
            return day.ToString("O", CultureInfo.InvariantCulture);
        if (type == typeof(DecisionReference))
            return new JsonObject { ["ballot"] = text };
        if (type == typeof(EffectiveTime) && Face.Wording.PeriodReading.TryRead(text, zone, out var time))
            return System.Text.Json.JsonSerializer.SerializeToNode(time, EventCatalogue.Json);
        // A list that the form does not take apart comes as it was given.
        if (type is not null && IsList(type) && text.StartsWith('['))
            return Parsed(text);
        if (type is not null && IsList(type))
            return new JsonArray([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => (JsonNode)one)]);

        return text;
    }

    private static string Address(HttpContext http, string pattern, IReadOnlyDictionary<string, Guid> ids, long? position)
    {
        var address = pattern;
        foreach (var (name, id) in ids)
            address = address.Replace("{" + name + "}", id.ToString("D", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        foreach (var (name, value) in http.Request.RouteValues)
            address = address.Replace("{" + name + "}", Uri.EscapeDataString(value?.ToString() ?? ""), StringComparison.Ordinal);
        return position is { } at
            ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(address, AsOfReading.WaitFor, at.ToString(CultureInfo.InvariantCulture))
            : address;
    }

    // What takes effect later is not to be seen yet: the next page says from when, and what was only made then is shown as of then.
    private static string Ahead(string address, string? then, CommandResult.Done done, EffectiveTime? effective, RequestScope scope)
    {
        if (effective is not { } on || on.Instant <= done.RecordedAt)
            return address;
        address = Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(address, TakesEffect, on.Written(scope.Association.Zone));
        return done.Ids.Keys.Any(made => then?.Contains("{" + made + "}", StringComparison.Ordinal) == true)
            ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
                address, AsOfReading.AsOf, Face.Wording.DateWording.Iso(LocalTime.DayOf(on.Instant, scope.Association.Zone)))
            : address;
    }

    private static string Property(string routeValue) => char.ToUpperInvariant(routeValue[0]) + routeValue[1..];
}
