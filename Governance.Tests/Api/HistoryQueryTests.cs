using System.Globalization;
using System.Reflection;
using Governance.Api.History;
using Governance.Domain.Documents;
using Governance.Domain.Kernel;
using Governance.Domain.Meetings;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>Whatever a stream may tell of can be asked for, and is called by a word.</summary>
public sealed class HistoryQueryTests
{
    // Every member of the domain that names a stream, asked for the stream of nothing in particular.
    private static readonly IReadOnlySet<string> Kinds = typeof(Meeting).Assembly.GetTypes()
        .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Select(member => member switch
        {
            MethodInfo { Name: "Stream" or "StreamOf" } method when method.ReturnType == typeof(StreamId) => method.Invoke(null, [.. method.GetParameters().Select(p => Nothing(p.ParameterType))]),
            PropertyInfo { Name: "Stream" } property when property.PropertyType == typeof(StreamId) => property.GetValue(null),
            _ => null,
        })
        .OfType<StreamId>().Select(stream => stream.Kind).ToHashSet();

    private static object? Nothing(Type type) =>
        type == typeof(string) ? "x" : type == typeof(Thing) ? new Thing(Meeting.Stream(default)) : Activator.CreateInstance(type);

    [Fact]
    public void Each_kind_of_stream_is_offered_by_the_filter_of_the_history_and_no_other_is()
    {
        Assert.True(Kinds.Count > 30, $"only {Kinds.Count} kinds were found: the search itself is broken");
        Assert.Equal(Kinds.Order(StringComparer.Ordinal), HistoryQuery.Things.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Each_kind_of_stream_has_its_words(string language)
    {
        var texts = new System.Resources.ResourceManager(typeof(HistoryText));
        var culture = CultureInfo.GetCultureInfo(language);
        Assert.All(Kinds, kind => Assert.All([$"Thing.{kind}", $"Things.{kind}"], (string key) => Assert.False(string.IsNullOrEmpty(texts.GetString(key, culture)), key)));
        Assert.NotEqual(texts.GetString("Things.minutes", CultureInfo.GetCultureInfo("fr")), texts.GetString("Things.minutes", CultureInfo.GetCultureInfo("en")));
    }
}
