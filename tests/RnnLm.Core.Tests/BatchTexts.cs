namespace RnnLm.Tests;

/// <summary>Texts for a model of <see cref="RandomModels"/> that share beginnings in every way.</summary>
internal static class BatchTexts
{
    /// <summary>Empty texts, texts that are the beginning of others, the same text again, unknown words; in no order.</summary>
    public static readonly string[] Awkward =
    [
        "w3 w4 w5", "", "w3", "w3 w4", "nowhere", "w3 w4 w5", "w9 w9 w9 w9 w9", "w3 nowhere w4", "", "w3 strange w4", "w22 w2", "w3 w4 w5 w6 w7", "w9",
    ];

    /// <summary>Texts of random words, some with the beginning of another.</summary>
    public static string[] Random(int count, int vocabulary, int seed = 1)
    {
        var random = new Random(seed);
        var texts = new List<string[]>();
        for (var i = 0; i < count; i++)
        {
            var beginning = i > 0 && random.Next(2) == 1 ? texts[random.Next(i)] : [];
            var rest = Enumerable.Range(0, random.Next(12)).Select(_ => $"w{random.Next(vocabulary + 3)}");
            texts.Add([.. beginning.Take(random.Next(beginning.Length + 1)), .. rest]);
        }
        return [.. texts.Select(text => string.Join(' ', text))];
    }
}
