using System.Text.Json.Serialization.Metadata;
using Governance.Api.Statutes;
using Governance.Domain.Kernel;
using Governance.Domain.Voting;
using Governance.Tests.Api.Voting;
using Xunit;

namespace Governance.Tests.Api.Statutes;

/// <summary>The form of a rule, which is made from the rule's own type.</summary>
public sealed class RuleFormTests
{
    [Theory]
    [InlineData("fr-FR")]
    [InlineData("en-GB")]
    public void Every_field_of_every_rule_has_a_label(string language)
    {
        using var speaking = new Speaking(language);
        var texts = new MethodTexts<RuleFormText>();

        Assert.All(Enum.GetValues<RuleKind>(), kind => Assert.NotEmpty(Labels(RuleFields.ContentOf(kind), texts)));
    }

    // A pair is kept as it is and not filled in, so that it has none.
    private static List<string> Labels(JsonTypeInfo rule, MethodTexts<RuleFormText> texts)
    {
        var labels = new List<string>();
        foreach (var property in rule.Properties.Where(p => p.AssociatedParameter is not null))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var element = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;
            if (element is { IsEnum: false })
                continue;
            labels.Add(texts.Has($"{rule.Type.Name}.{property.Name}") ? texts[$"{rule.Type.Name}.{property.Name}"] : texts["Field." + property.Name]);
            if (type.IsSubclassOf(typeof(RuleContent)))
                labels.AddRange(Labels(EventCatalogue.Json.GetTypeInfo(type), texts));
        }

        return labels;
    }
}
