using RnnLm;

namespace Uses;

/// <summary>Fills gaps with words of the vocabulary and with given candidates, and finds words that somebody got wrong.</summary>
static class Filling
{
    private const int Sentences = 60;

    public static void Run()
    {
        var model = SampleModel.Get();
        Console.WriteLine("a gap, filled with words of the vocabulary");
        foreach (var text in (string[])["The ___ of the method.", "Gets or ___ the name of the file.", "Returns a value that ___ whether the collection is empty."])
            Console.WriteLine($"  {text}  ->  {model.Fill(text, options: new FillOptions { Count = 3 })}");
        Console.WriteLine("a gap, filled with one of some candidates");
        Console.WriteLine($"  Adds an item ___ the list.  ->  {model.Fill("Adds an item ___ the list.", ["to", "from", "of", "in front of"])}");
        Console.WriteLine($"  The ___ are not equal.  ->  {model.Fill("The ___ are not equal.", ["value", "values", "two values"])}");
        Console.WriteLine("words that look like mistakes");
        foreach (var text in (string[])["Gets a value indicating weather the stream can be read.", "The index off the first element in the array."])
            Console.WriteLine($"  {text}  ->  {string.Join("; ", model.FindSuspects(text, count: 2))}");

        var (filled, filledByLeft, tried) = MeasureFilling(model);
        Console.WriteLine($"a word taken out of {tried} unseen sentences: found again by both sides {filled:P1}, by what stands before it {filledByLeft:P1}");
        var suspects = new Dictionary<string, IReadOnlyList<SuspectWord>>();
        Console.WriteLine($"a word of {Sentences} unseen sentences replaced by another: the first suspect is it");
        Console.WriteLine($"  the word that is least probable after those before it   {MeasureSuspects(model, LeastProbable):P1}");
        foreach (var rarity in (double[])[0, 0.25, 0.5, 0.75, 1])
            Console.WriteLine($"  FindSuspects, Rarity {rarity,-4}                               {MeasureSuspects(model, words => FirstSuspect(SuspectsOf(words), rarity)):P1}");

        // Looked for once, with a rarity of which every other follows.
        IReadOnlyList<SuspectWord> SuspectsOf(string[] words)
        {
            var text = string.Join(' ', words);
            return suspects.TryGetValue(text, out var found) ? found : suspects[text] = model.FindSuspects(words, words.Length, new SuspectOptions { Rarity = 1 });
        }

        int LeastProbable(string[] words) => model.Score(words).Words.Take(words.Length).Select((word, place) => (word.LogProbability, place)).Min().place;
    }

    /// <summary>The place of the first of some suspects, found with a rarity of 1, as another rarity orders them.</summary>
    private static int FirstSuspect(IReadOnlyList<SuspectWord> suspects, double rarity)
        => suspects.MaxBy(suspect => ((1 - rarity) * suspect.LogOdds) + (rarity * suspect.Suspicion))?.Position ?? -1;

    /// <summary>The sentences, each with the place of a word that the model knows.</summary>
    private static IEnumerable<(string[] Words, int Place)> Places(LanguageModel model)
    {
        var random = new Random(1);
        foreach (var sentence in SampleModel.Sentences.HeldOut)
        {
            string[] words = [.. model.Tokenizer.Tokenize(sentence)];
            var place = random.Next(words.Length);
            if (words.Length is >= 6 and <= 40 && char.IsLetter(words[place][0]) && model.Vocabulary.Contains(words[place])) yield return (words, place);
        }
    }

    private static (double Filled, double FilledByLeft, int Tried) MeasureFilling(LanguageModel model)
    {
        int filled = 0, filledByLeft = 0, tried = 0;
        foreach (var (words, place) in Places(model).Take(Sentences))
        {
            tried++;
            string[] gap = [.. words[..place], "___", .. words[(place + 1)..]];
            if (model.Fill(gap, options: new FillOptions { Shortlist = 100 })[0].Words == words[place]) filled++;
            if (model.NextWords(words[..place], count: 1)[0].Word == words[place]) filledByLeft++;
        }
        return ((double)filled / tried, (double)filledByLeft / tried, tried);
    }

    /// <summary>How often the first suspect is the word that was replaced: by one as frequent, drawn from the hundred that stand around it in the vocabulary.</summary>
    private static double MeasureSuspects(LanguageModel model, Func<string[], int> find)
    {
        var random = new Random(2);
        int found = 0, tried = 0;
        foreach (var (words, place) in Places(model).Take(Sentences))
        {
            var id = model.Vocabulary.IdOf(words[place]);
            int other;
            do other = Math.Clamp(id + random.Next(-50, 51), 2, model.Vocabulary.Count - 1);
            while (other == id || !char.IsLetter(model.Vocabulary[other][0]));
            string[] wrong = [.. words[..place], model.Vocabulary[other], .. words[(place + 1)..]];
            tried++;
            if (find(wrong) == place) found++;
        }
        return (double)found / tried;
    }
}
