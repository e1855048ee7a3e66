using System.Text;
using RnnLm.Numerics;

namespace RnnLm.Suggestions;

/// <summary>
/// Goes on with a suggestion of a model of characters, word after word or ideograph after ideograph, as long as each is sure enough. It has working room, so
/// it belongs to one thread.
/// </summary>
/// <param name="vocabulary">The characters.</param>
/// <param name="kinds">The kind of each.</param>
/// <param name="suggested">Which words may be suggested.</param>
/// <param name="options">How many words, and how sure.</param>
internal sealed class CharacterContinuation(Vocabulary vocabulary, CharacterKind[] kinds, SuggestedWords suggested, SuggestionOptions options)
{
    private const int MostCharacters = 32;

    private readonly float[] logProbabilities = new float[vocabulary.Count];

    /// <summary>The text to go on with.</summary>
    /// <param name="path">The word that is gone on with.</param>
    /// <param name="probability">Its probability.</param>
    /// <param name="whole">That of all.</param>
    public string After(CharacterPath path, double probability, out double whole)
    {
        whole = probability;
        var text = new StringBuilder();
        var room = (Suggester.CharactersInWord * options.MaximumWords) - RoomOf(kinds[path.Character]);
        if (room <= 0) return "";
        var state = (path.State ?? path.Before!.State!).Clone();
        if (path.State is null) state.Read(path.Character);
        while (room > 0 && Next(state, out var kind, out var next) is { } found)
        {
            if (next < options.ContinuationConfidence || whole * next < options.Confidence || RoomOf(kind) > room || !suggested.Has(found.Trim())) break;
            whole *= next;
            room -= RoomOf(kind);
            text.Append(found);
        }
        return text.ToString();
    }

    /// <summary>Reads the next word, each time the most probable character.</summary>
    /// <returns>The word with the space before it; null where none comes.</returns>
    private string? Next(PredictorState state, out CharacterKind kind, out double probability)
    {
        var text = new StringBuilder();
        (kind, probability) = (CharacterKind.Letter, 1);
        for (var hasLetters = false; text.Length < MostCharacters;)
        {
            state.LogProbabilities(logProbabilities);
            var character = VectorFunctions.ArgMax(logProbabilities);
            var ends = hasLetters && kinds[character] is not (CharacterKind.Letter or CharacterKind.Inner);
            if (ends) return text.ToString();
            if (kinds[character] == CharacterKind.Other || (kinds[character] is CharacterKind.Inner or CharacterKind.Space && text.Length > 0 && !hasLetters)) return null;
            probability *= Math.Exp(logProbabilities[character]);
            if (probability < options.ContinuationConfidence) return null;
            text.Append(vocabulary[character]);
            state.Read(character);
            if (kinds[character] == CharacterKind.Ideographic)
            {
                kind = CharacterKind.Ideographic;
                return text.ToString();
            }
            hasLetters |= kinds[character] == CharacterKind.Letter;
        }
        return null;
    }

    private static int RoomOf(CharacterKind kind) => kind == CharacterKind.Ideographic ? 1 : Suggester.CharactersInWord;
}
