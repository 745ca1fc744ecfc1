using System.Globalization;
using Governance.Api.History;
using Governance.Domain.Kernel;
using Xunit;

namespace Governance.Tests.Api;

/// <summary>Every event there is can be told, in both languages, with fields that it has.</summary>
public sealed class SentenceTests
{
    public static TheoryData<string> Kinds => [.. EventCatalogue.All.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_event_has_a_sentence_in_both_languages_whose_fields_exist(string kind)
    {
        var french = EventSentence.Template(kind, CultureInfo.GetCultureInfo("fr-FR"));
        var english = EventSentence.Template(kind, CultureInfo.GetCultureInfo("en-GB"));
        Assert.False(string.IsNullOrWhiteSpace(french), $"{kind} has no French sentence.");
        Assert.False(string.IsNullOrWhiteSpace(english), $"{kind} has no English sentence.");
        Assert.NotEqual(french, english);
        Assert.Equal(EventSentence.Fields(french!).Order(StringComparer.Ordinal), EventSentence.Fields(english!).Order(StringComparer.Ordinal));

        var type = EventCatalogue.All.Types[kind];
        Assert.All(EventSentence.Fields(french!), field => Assert.True(
            field == EventSentence.SubjectField || EventSentence.TypeOf(type, field) is not null, $"{kind} has no field {field}."));
    }

    // « de Conseil » is no French, whatever the body is called.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_French_sentence_puts_a_preposition_before_the_bare_name_of_a_body(string kind) =>
        Assert.DoesNotMatch(@"\b(à|de|dans|par|pour|sur) \{(body|group|electing)\}", EventSentence.Template(kind, CultureInfo.GetCultureInfo("fr-FR"))!);

    [Fact]
    public void A_sentence_that_names_a_field_which_is_not_there_is_found() =>
        Assert.Null(EventSentence.TypeOf(EventCatalogue.All.Types["member_admitted"], "name.nickname"));
}
