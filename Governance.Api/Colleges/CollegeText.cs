namespace Governance.Api.Colleges;

/// <summary>The words of the pages of bodies and colleges (CollegeText.resx, CollegeText.en.resx).</summary>
public sealed class CollegeText;
