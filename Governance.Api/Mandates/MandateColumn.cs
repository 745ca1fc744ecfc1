namespace Governance.Api.Mandates;

/// <summary>A column of a table of mandates that can be left out, where the page says it for all of them.</summary>
[Flags]
public enum MandateColumn
{
    None = 0,
    Person = 1,
    Body = 2,
    Member = 4,
}
