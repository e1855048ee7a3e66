using RnnLm.NGrams;

namespace RnnLm.Suggestions;

/// <summary>Predicts words with a table of n-grams.</summary>
/// <param name="tokenizer">What splits texts into words.</param>
/// <param name="vocabulary">The words.</param>
/// <param name="table">The n-grams.</param>
internal sealed class NGramPredictor(Tokenizer tokenizer, Vocabulary vocabulary, NGramTable table) : WordPredictor(tokenizer, vocabulary)
{
    public override PredictorState Start()
    {
        var state = new State(table, new int[table.Order - 1]);
        state.Read(Vocabulary.EndOfLineId);
        return state;
    }

    /// <param name="table">The n-grams.</param>
    /// <param name="context">The last words, at its end.</param>
    /// <param name="length">How many there are.</param>
    private sealed class State(NGramTable table, int[] context, int length = 0) : PredictorState
    {
        private int length = length;

        public override void Read(int word)
        {
            if (context.Length == 0) return;
            context.AsSpan(1).CopyTo(context);
            context[^1] = word;
            length = Math.Min(length + 1, context.Length);
        }

        public override void LogProbabilities(Span<float> destination) => table.LogProbabilities(context.AsSpan(context.Length - length), destination);

        public override PredictorState Clone() => new State(table, [.. context], length);
    }
}
