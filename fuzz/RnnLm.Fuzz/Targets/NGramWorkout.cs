namespace RnnLm.Fuzz.Targets;

/// <summary>Uses an n-gram model that was read: it predicts, scores, measures, and is saved and loaded as it was.</summary>
internal static class NGramWorkout
{
    private const int MostWords = 64;

    /// <summary>Uses a model.</summary>
    /// <exception cref="FaultException">It is not what it should be.</exception>
    public static void Of(NGramModel model)
    {
        Predict(model);
        SaveAndLoad(model);
    }

    /// <summary>Whether two models say the same, as far as seven decimals tell.</summary>
    public static void Compare(NGramModel model, NGramModel again)
    {
        FaultException.Require(again.Vocabulary.Count == model.Vocabulary.Count && again.Order == model.Order, "the sizes are others");
        for (var order = 1; order <= model.Order; order++) FaultException.Require(again.CountOf(order) == model.CountOf(order), "there are other n-grams");
        var words = Math.Min(model.Vocabulary.Count, MostWords);
        for (var word = 0; word < words; word++)
        {
            int[] context = [(word * 7) % words, word];
            var (expected, found) = (model.LogProbability(context, words - 1 - word), again.LogProbability(context, words - 1 - word));
            FaultException.Require(Math.Abs(expected - found) <= 1e-5 * (1 + Math.Abs(expected)), "a probability is another");
        }
    }

    private static void Predict(NGramModel model)
    {
        var all = new float[model.Vocabulary.Count];
        for (var word = 0; word < Math.Min(all.Length, MostWords); word++)
        {
            int[] context = [Vocabulary.EndOfLineId, word];
            model.LogProbabilities(context, all);
            var one = model.LogProbability(context, word);
            FaultException.Require(double.IsFinite(one) && Math.Abs(one - all[word]) <= 1e-5 * (1 + Math.Abs(one)), "one probability is not that of all");
        }
        FaultException.Require(!double.IsNaN(model.Score("a b zebra. A").LogProbability), "a score is no log-probability");
        _ = model.Evaluate(TokenStream.Encode(model.Tokenizer, model.Vocabulary, ["a b", "", "b a b ."]), new EvaluationOptions { Threads = 1 });
    }

    private static void SaveAndLoad(NGramModel model)
    {
        var saved = Saved(model);
        FaultException.Require(Saved(NGramModel.Load(new MemoryStream(saved))).AsSpan().SequenceEqual(saved), "the model is another after it was saved and loaded");
    }

    private static byte[] Saved(NGramModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
