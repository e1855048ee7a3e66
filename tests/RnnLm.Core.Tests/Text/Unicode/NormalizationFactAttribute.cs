namespace RnnLm.Tests.Text.Unicode;

/// <summary>A test against the normalization of the class library, which leaves text as it is where .NET runs without ICU.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NormalizationFactAttribute : FactAttribute
{
    public NormalizationFactAttribute()
    {
        if ("e\u0301".Normalize() != "\u00E9") Skip = "The class library does not normalize here: globalization is invariant.";
    }
}
