namespace RnnLm.Training.Tests;

/// <summary>Small texts as word ids; 1 is the end-of-line word.</summary>
internal static class Texts
{
    public static TokenStream Of(params int[] ids) => new(ids, ids.Count(id => id == 1), ids.Count(id => id == 0), 0);

    /// <summary>Words 2, 3, 4 and so on, without an end of line, so that each word tells its place.</summary>
    public static TokenStream Counting(int count) => Of([.. Enumerable.Range(2, count)]);

    /// <summary>Lines of the given lengths, end-of-line word included; no word but that occurs twice.</summary>
    public static TokenStream Rows(params int[] lengths)
    {
        var next = 2;
        return Of([.. lengths.SelectMany(length => Enumerable.Range(0, length - 1).Select(_ => next++).Append(1))]);
    }

    public static Vocabulary Vocabulary(int size) => new(["<unk>", "<eos>", .. Enumerable.Range(2, size - 2).Select(id => $"word{id}")]);
}
