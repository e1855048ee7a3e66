using System.Globalization;

namespace Microsoft.ML.Transforms;

/// <summary>The text of a value in the annotation of a key.</summary>
internal static class KeyText
{
    public static string Of<T>(T value) => value switch
    {
        float number => float.IsNaN(number) ? "?" : number.ToString("R", CultureInfo.InvariantCulture),
        double number => double.IsNaN(number) ? "?" : number.ToString("G17", CultureInfo.InvariantCulture),
        bool flag => flag ? "1" : "0",
        DateTime or DateTimeOffset => string.Format("{0:o}", value),
        TimeSpan span => span.ToString("c"),
        _ => value.ToString(),
    };
}
