namespace Governance.Api.Face.Components;

/// <summary>What a table becomes on a phone: a card for each row, or the same table in a frame that scrolls sideways.</summary>
public enum TableLayout { Cards, Scroll }
