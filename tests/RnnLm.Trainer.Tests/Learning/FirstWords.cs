namespace RnnLm.Training.Tests;

/// <summary>How well first words of lines are predicted.</summary>
internal static class FirstWords
{
    /// <summary>The words that lines begin with, as ids; a blank line begins with the end-of-line word.</summary>
    public static int[] Of(TokenStream text)
    {
        var ids = text.Ids.ToArray();
        return [.. ids.Where((_, place) => place == 0 || ids[place - 1] == Vocabulary.EndOfLineId)];
    }

    /// <summary>The mean log-probability of words by how often each is among others, one more added for every word of the vocabulary.</summary>
    public static double UnigramLogProbability(int[] words, int[] counted, int vocabularySize)
    {
        var counts = new double[vocabularySize];
        Array.Fill(counts, 1);
        foreach (var word in counted) counts[word]++;
        return words.Average(word => Math.Log(counts[word] / (counted.Length + vocabularySize)));
    }

    /// <summary>The mean log-probability of words after an empty prompt.</summary>
    public static double LogProbability(LanguageModel model, int[] words)
    {
        var logProbabilities = new float[model.Vocabulary.Count];
        model.Network.LogProbabilities(model.Start(), logProbabilities);
        return words.Average(word => (double)logProbabilities[word]);
    }
}
