using RnnLm.Numerics;

namespace RnnLm.Suggestions;

/// <summary>Goes on with a suggestion, word after word, as long as each is sure enough. It has working room, so it belongs to one thread.</summary>
/// <param name="vocabulary">The words.</param>
/// <param name="suggested">Which may be suggested.</param>
/// <param name="options">How many words, and how sure.</param>
/// <param name="distribution">What predicts.</param>
internal sealed class WordContinuation(Vocabulary vocabulary, SuggestedWords suggested, SuggestionOptions options, TypedWordDistribution distribution)
{
    /// <summary>The words to go on with.</summary>
    /// <param name="state">The state before the first word; left as it is.</param>
    /// <param name="context">The words before it.</param>
    /// <param name="first">The first word, which goes on being the only one where nothing is sure enough.</param>
    /// <param name="probability">The probability of the first word.</param>
    /// <param name="whole">That of all words.</param>
    public IReadOnlyList<string> After(PredictorState state, WordContext context, string first, double probability, out double whole)
    {
        whole = probability;
        var room = (Suggester.CharactersInWord * options.MaximumWords) - Suggester.RoomOf(first);
        if (room <= 0) return [];
        var more = new List<string>();
        state = state.Clone();
        for (var word = first; room > 0;)
        {
            state.Read(vocabulary.IdOf(word));
            context = context.Then(word, vocabulary.EndOfLineWord);
            distribution.Predict(state, context.Last, context.LastButOne);
            if (MostProbable(out var next) is not { } found || next < options.ContinuationConfidence || whole * next < options.Confidence || Suggester.RoomOf(found) > room) break;
            whole *= next;
            room -= Suggester.RoomOf(found);
            more.Add(word = found);
        }
        return more;
    }

    /// <summary>The most probable word; null where it is none that may be suggested, as where the line ends.</summary>
    private string? MostProbable(out double probability)
    {
        var logProbabilities = distribution.LogProbabilities;
        var best = VectorFunctions.ArgMax(logProbabilities);
        var (own, ofOwn) = (-1, (double)logProbabilities[best]);
        for (var place = 0; place < distribution.OwnWords.Count; place++)
            if (distribution.OwnWords[place].LogProbability > ofOwn) (own, ofOwn) = (place, distribution.OwnWords[place].LogProbability);
        probability = Math.Exp(ofOwn);
        if (own >= 0) return distribution.OwnWords[own].Word;
        return suggested.Has(best) ? vocabulary[best] : null;
    }
}
