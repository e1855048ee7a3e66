namespace RnnLm.Tests.Text;

/// <summary>The counts that published results on WikiText-2 rest on.</summary>
public class WikiTextTests
{
    [SharedDataFact("wikitext-2/train.txt", "wikitext-2/valid.txt", "wikitext-2/test.txt")]
    public void The_counts_of_WikiText_2_are_the_published_ones()
    {
        var builder = new TokenStreamBuilder(Tokenizer.Whitespace);
        foreach (var line in Lines("train")) builder.Add(line);
        var vocabulary = builder.BuildVocabulary();
        Assert.Equal(33_278, vocabulary.Count);

        var train = builder.Build(vocabulary);
        Assert.Equal((2_088_628, 36_718), (train.Count, train.LineCount));

        var valid = TokenStream.Encode(Tokenizer.Whitespace, vocabulary, Lines("valid"));
        Assert.Equal((217_646, 3_760), (valid.Count, valid.LineCount));

        var test = TokenStream.Encode(Tokenizer.Whitespace, vocabulary, Lines("test"));
        Assert.Equal((245_569, 4_358), (test.Count, test.LineCount));

        // What is unknown is the word <unk> itself and no other.
        var written = Lines("test").Sum(line => line.Split(' ').Count(word => word == "<unk>"));
        Assert.Equal(written, test.UnknownCount);
    }

    private static IEnumerable<string> Lines(string part) => TextLines.Read(RepositoryPaths.SharedData($"wikitext-2/{part}.txt")!);
}
