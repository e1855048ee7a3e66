using RnnLm.Prediction;

namespace RnnLm.Fuzz.Targets;

/// <summary>Uses a model that was read: it predicts, scores, continues a text, and is saved and loaded as it was.</summary>
internal static class ModelWorkout
{
    private const string Text = "a b zebra. A";

    /// <summary>Uses a model.</summary>
    /// <exception cref="FaultException">It is not what it should be.</exception>
    public static void Of(LanguageModel model)
    {
        Predict(model);
        SaveAndLoad(model);
    }

    private static void Predict(LanguageModel model)
    {
        try
        {
            var state = model.Start(Text);
            var next = model.NextWords(state, Math.Min(3, model.Vocabulary.Count));
            FaultException.Require(next.Count <= SpecialWords.All.CountWordsLeft(model.Vocabulary), "there are too many next words");
            FaultException.Require(next.All(word => word.Probability is >= 0 and <= 1.0001), "a probability is none");
            if (next.Count > 0) FaultException.Require(model.Vocabulary.Contains(model.HasSubwords ? model.NextPieces(state, 1)[0].Word : model.NextWord(state)), "the next word or piece is none of the vocabulary");
            FaultException.Require(model.Score(Text).LogProbability is <= 0 and not double.NaN, "a score is no log-probability");
            _ = model.Generate("a", new GenerationOptions { MaximumWords = 3 });
        }
        catch (NotFiniteNumberException)
        {
            // Weights that are finite may give what is not, which is documented.
        }
        catch (InvalidOperationException) when (SpecialWords.All.CountWordsLeft(model.Vocabulary) == 0)
        {
            // There is no word to predict.
        }
    }

    private static void SaveAndLoad(LanguageModel model)
    {
        var saved = Saved(model);
        var again = LanguageModel.Load(new MemoryStream(saved));
        FaultException.Require(Saved(again).AsSpan().SequenceEqual(saved), "the model is another after it was saved and loaded");
        FaultException.Require(again.Vocabulary.SequenceEqual(model.Vocabulary, StringComparer.Ordinal), "the vocabulary is another");
        FaultException.Require(again.Shape == model.Shape, "the shape is another");
        FaultException.Require(again.Training.Options.Count == model.Training.Options.Count, "the training record is another");
    }

    private static byte[] Saved(LanguageModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
