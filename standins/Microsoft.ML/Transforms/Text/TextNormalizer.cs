using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Changes the case of text and removes diacritical marks, punctuation and numbers, character by character.</summary>
internal sealed record TextNormalizer(
    TextNormalizingEstimator.CaseMode CaseMode,
    bool KeepDiacritics,
    bool KeepPunctuations,
    bool KeepNumbers)
{
    public static TextNormalizer Load(BinaryReader reader)
    {
        var mode = (TextNormalizingEstimator.CaseMode)reader.ReadByte();
        Fault.CheckFormat(Enum.IsDefined(mode));
        return new(mode, reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write((byte)CaseMode);
        writer.Write(KeepDiacritics);
        writer.Write(KeepPunctuations);
        writer.Write(KeepNumbers);
    }

    /// <summary>The text after the changes; the very same memory where there are none.</summary>
    public ReadOnlyMemory<char> Normalize(ReadOnlyMemory<char> text)
    {
        var characters = text.Span;
        var first = 0;
        while (first < characters.Length && Map(characters[first]) == characters[first])
            first++;
        if (first == characters.Length)
            return text;
        var result = new char[characters.Length];
        characters[..first].CopyTo(result);
        var length = first;
        foreach (var character in characters[first..])
            if (Map(character) is { } mapped)
                result[length++] = mapped;
        return new string(result, 0, length).AsMemory();
    }

    /// <summary>What a character becomes, or null where it goes.</summary>
    private char? Map(char character)
    {
        if (!KeepPunctuations && char.IsPunctuation(character) || !KeepNumbers && char.IsNumber(character))
            return null;
        if (!KeepDiacritics)
        {
            if (Diacritics.IsMark(character))
                return null;
            character = Diacritics.Remove(character);
        }
        return CaseMode switch
        {
            TextNormalizingEstimator.CaseMode.Lower => char.ToLowerInvariant(character),
            TextNormalizingEstimator.CaseMode.Upper => char.ToUpperInvariant(character),
            _ => character,
        };
    }
}
