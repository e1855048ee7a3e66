namespace RnnLm.Tests.Generation;

/// <summary>The rules of continuations written down plainly, over lists of ids: what the real ones are held against.</summary>
/// <param name="model">The model.</param>
/// <param name="start">What was read.</param>
/// <param name="options">How.</param>
internal sealed class PlainContinuations(LanguageModel model, RecurrentState start, GenerationOptions options)
{
    private readonly int[][] before = [.. options.StopBefore.Select(text => Ids(model, text))];
    private readonly int[][] after = [.. options.StopAfter.Select(text => Ids(model, text))];

    /// <summary>What was chosen, its sums of log-probabilities without and with penalties, and the words that are left where it has ended.</summary>
    public sealed record Chosen(int[] Ids, double LogProbability, double Weight, int[]? Words = null)
    {
        public double Score(double power) => Ids.Length == 0 ? 0 : Weight / Math.Pow(Ids.Length, power);
    }

    /// <summary>Every continuation there is.</summary>
    public List<Chosen> All()
    {
        var found = new List<Chosen>();
        Extend(new Chosen([], 0, 0));
        return found;

        void Extend(Chosen chosen)
        {
            if (chosen.Ids.Length == options.MaximumWords) found.Add(chosen with { Words = chosen.Ids });
            else foreach (var next in Next(chosen))
                if (next.Words is not null) found.Add(next);
                else Extend(next);
        }
    }

    /// <summary>What a beam of a width finds, without ever stopping early: the best first.</summary>
    public List<Chosen> Beam(int width, double power)
    {
        var (found, live) = (new List<Chosen>(), new List<Chosen> { new([], 0, 0) });
        for (var length = 0; length < options.MaximumWords; length++)
        {
            var next = live.SelectMany(Next).ToList();
            found.AddRange(next.Where(chosen => chosen.Words is not null));
            live = [.. next.Where(chosen => chosen.Words is null).OrderByDescending(chosen => chosen.Weight).Take(width)];
        }
        found.AddRange(live.Select(chosen => chosen with { Words = chosen.Ids }));
        return [.. found.OrderByDescending(chosen => chosen.Score(power))];
    }

    /// <summary>It with each word that may be chosen next.</summary>
    public IEnumerable<Chosen> Next(Chosen chosen)
    {
        var logProbabilities = LogProbabilities(chosen.Ids);
        for (var id = 0; id < logProbabilities.Length; id++)
        {
            if (id == Vocabulary.UnknownId && options.Exclude.HasFlag(SpecialWords.Unknown)) continue;
            if (id == Vocabulary.EndOfLineId && options.Exclude.HasFlag(SpecialWords.EndOfLine)) continue;
            int[] ids = [.. chosen.Ids, id];
            var words = WordsWhereEnded(ids);
            if (words?.Length < options.MinimumWords) continue;
            var penalty = id != Vocabulary.EndOfLineId && chosen.Ids.Contains(id) ? options.RepetitionPenalty : 1;
            yield return new Chosen(ids, chosen.LogProbability + logProbabilities[id], chosen.Weight + (penalty * logProbabilities[id]), words);
        }
    }

    private int[]? WordsWhereEnded(int[] ids)
    {
        if (ids[^1] == Vocabulary.EndOfLineId && ids.Count(id => id == Vocabulary.EndOfLineId) == options.Lines) return ids[..^1];
        var cut = before.Where(stop => ids.AsSpan().EndsWith(stop)).Select(stop => stop.Length).DefaultIfEmpty().Max();
        return cut > 0 ? ids[..^cut] : after.Any(stop => ids.AsSpan().EndsWith(stop)) ? ids : null;
    }

    private float[] LogProbabilities(int[] ids)
    {
        var state = start.Clone();
        foreach (var id in ids) model.Network.Step(id, state);
        var values = new float[model.Vocabulary.Count];
        model.LogProbabilities(state, values);
        return values;
    }

    private static int[] Ids(LanguageModel model, string text) => [.. model.Tokenizer.Tokenize(text).Select(word => model.Vocabulary.IdOf(word))];
}
