using System.Buffers;

namespace RnnLm.Text;

/// <summary>Brings text to Unicode's Normalization Form C (UAX #15): characters that look alike and mean the same are written alike.</summary>
internal static class ComposedForm
{
    /// <summary>Text in composed form: the text itself where it is, as nearly all text is.</summary>
    /// <param name="text">Text without half surrogate pairs.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text)
    {
        var composer = new Composer(text);
        if (!composer.MoveNext()) return text;
        var composed = new ArrayBufferWriter<char>(text.Length);
        var copied = 0;
        do
        {
            composed.Write(text[copied..composer.Start]);
            composer.WriteTo(composed);
            copied = composer.End;
        }
        while (composer.MoveNext());
        composed.Write(text[copied..]);
        return composed.WrittenSpan;
    }

    /// <summary>Whether text without half surrogate pairs is in composed form.</summary>
    public static bool Is(ReadOnlySpan<char> text) => !new Composer(text).MoveNext();
}
