using Microsoft.ML;
using RnnLm;

namespace Uses;

/// <summary>
/// N-best rescoring: a recogniser that knows sounds and no language gives several hypotheses for a sentence, and the model helps to choose. The recogniser is made up
/// here: it confuses words that are written alike, and its score of a hypothesis is a noisy count of the letters that differ from what was said.
/// </summary>
static class Rescoring
{
    private const int Hypotheses = 20;

    public static void Run()
    {
        var model = SampleModel.Get();
        var lists = Recognize(SampleModel.Sentences.HeldOut.Take(200), model).ToArray();
        var (development, test) = (lists[..100], lists[100..]);

        // The weight and the word-insertion penalty with which the development set has the fewest errors.
        var tuned = model.TuneRescoring(development);
        Console.WriteLine($"development  {tuned}");

        var rescored = model.RescoreMany(test, tuned.Options);
        Console.WriteLine($"test         first best {ErrorsOf(model.RescoreMany(test, new RescoringOptions { LanguageModelWeight = 0 }))}");
        Console.WriteLine($"             rescored   {ErrorsOf(rescored)}");

        var changed = rescored.First(list => list.Best!.Place != list.Source.Hypotheses.Index().MaxBy(pair => pair.Item.Scores[0]).Index && list.BestText == list.Source.Reference);
        Console.WriteLine($"recogniser   {changed.Source.Hypotheses.MaxBy(hypothesis => hypothesis.Scores[0])!.Text}");
        Console.WriteLine($"rescored     {changed.BestText}");

        // The same as columns of a pipeline.
        var mlContext = new MLContext();
        var data = mlContext.Data.LoadFromEnumerable(test.Select(list => new NBestRow(
            [.. list.Hypotheses.Select(hypothesis => hypothesis.Text)], [.. list.Hypotheses.Select(hypothesis => (float)hypothesis.Scores[0])], list.Reference!)));
        var pipeline = mlContext.LanguageModeling.RescoreHypotheses(model, new RescoringColumns { Rescoring = tuned.Options });
        Console.WriteLine($"columns      {mlContext.LanguageModeling.EvaluateHypotheses(pipeline.Fit(data).Transform(data))}");
    }

    private static WordErrorRate ErrorsOf(IEnumerable<RescoredList> lists) => WordErrorRate.Sum(lists.Select(list => list.ErrorsOfBest()!.Value));

    /// <summary>What the made-up recogniser takes sentences for; the same at every run.</summary>
    private static IEnumerable<NBestList> Recognize(IEnumerable<string> sentences, LanguageModel model)
    {
        var random = new Random(1);
        var words = model.Vocabulary.Skip(2).Where(word => word.All(char.IsAsciiLetterLower)).ToLookup(word => word[0]);
        var alike = new Dictionary<string, string[]>();
        foreach (var (number, sentence) in sentences.Index())
        {
            string[] said = [.. model.Tokenizer.Tokenize(sentence)];
            var texts = new HashSet<string> { string.Join(' ', said) };
            // A sentence of words that are like no others has fewer.
            for (var attempt = 0; attempt < 20 * Hypotheses && texts.Count < Hypotheses; attempt++) texts.Add(string.Join(' ', Misheard(said, Alike, random)));
            var reference = texts.First();
            yield return new NBestList(
                $"sentence-{number + 1}", texts.Select(text => new Hypothesis(text, (3 * Gaussian(random)) - LettersBetween(reference, text))), reference);
        }

        // Words that begin alike, of about the same length, of which at most two letters differ.
        string[] Alike(string word)
        {
            if (alike.TryGetValue(word, out var found)) return found;
            return alike[word] = [.. words[char.ToLowerInvariant(word[0])].Where(other => Math.Abs(other.Length - word.Length) < 3 && LettersBetween(word, other) is > 0 and < 3)];
        }
    }

    private static IEnumerable<string> Misheard(string[] said, Func<string, string[]> alike, Random random)
    {
        var places = Enumerable.Range(0, said.Length).Where(place => said[place].All(char.IsAsciiLetter)).ToArray();
        var wrong = Enumerable.Range(0, random.Next(1, 4)).Select(_ => places[random.Next(places.Length)]).ToHashSet();
        foreach (var (place, word) in said.Index())
        {
            if (!wrong.Contains(place)) yield return word;
            // Where nothing is alike, the word is not heard at all.
            else if (alike(word) is { Length: > 0 } others) yield return others[random.Next(others.Length)];
        }
    }

    private static long LettersBetween(string one, string other) => WordErrorRate.Of(one, other, ErrorUnit.Characters).Errors;

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed record NBestRow(string[] Hypotheses, float[] Scores, string Reference);
}
