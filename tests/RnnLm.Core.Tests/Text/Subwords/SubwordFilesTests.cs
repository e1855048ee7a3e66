using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;
using RnnLm.Text;

namespace RnnLm.Tests.Text.Subwords;

public sealed class SubwordFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-subwords-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_tokenizer_that_is_exported_and_imported_is_the_same()
    {
        var tokenizer = SubwordModels.Tokenizer();
        SubwordFiles.Export(tokenizer, PathOf("vocab.json"), PathOf("merges.txt"));
        var again = SubwordFiles.Import(PathOf("vocab.json"), PathOf("merges.txt"));
        Assert.Equal(tokenizer.Merges, again.Merges);
        Assert.Equal("#version: 0.2", File.ReadLines(PathOf("merges.txt")).First());
        var numbers = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(PathOf("vocab.json")))!;
        Assert.Equal(tokenizer.Pieces, numbers.OrderBy(piece => piece.Value).Select(piece => piece.Key));
    }

    [Fact]
    public void Words_are_encoded_as_the_tokenizer_of_Microsoft_ML_encodes_them()
    {
        string[] lines = [.. File.ReadLines(Path.Combine(RepositoryPaths.Root!, "CONTRIBUTING.md")), "Größe 大小 🙂 naïve", .. SubwordModels.Lines];
        var tokenizer = RnnLm.Tokenizer.LearnSubwords(lines, new SubwordOptions { VocabularySize = SubwordOptions.SmallestVocabulary + 400 });
        SubwordFiles.Export(tokenizer, PathOf("vocab.json"), PathOf("merges.txt"));
        var peer = BpeTokenizer.Create(new BpeOptions(PathOf("vocab.json"), PathOf("merges.txt")) { EndOfWordSuffix = "</w>", PreTokenizer = new NoPreTokenizer() });
        string[] bytePieces = [.. ByteAlphabet.Pieces];
        var compared = 0;
        foreach (var line in lines)
        {
            SpacedWordTokenizer.Instance.Tokenize(line, word =>
            {
                var pieces = new List<string>();
                tokenizer.TokenizeWord(word, pieces.Add);
                var spelled = string.Concat(Encoding.UTF8.GetBytes(word.ToString()).Select(value => bytePieces[ByteAlphabet.NumberOf(value)]));
                Assert.Equal(peer.EncodeToTokens(spelled, out _).Select(token => token.Value), pieces);
                compared++;
            });
        }
        Assert.True(compared > 500, $"{compared} words were compared.");
    }

    [Theory]
    [InlineData("[]", "", "not a JSON object")]
    [InlineData("{\"a\": \"b\"}", "", "not a JSON object")]
    [InlineData("{\"a\": 1", "", "not a JSON object")]
    [InlineData("{\"a\": 1, \"a\": 2}", "", "twice")]
    [InlineData("{\"a\": 1}", "#version: 0.2\nt h", "a byte")]
    [InlineData("{\"a\": 1}", "#version: 0.2\nt h e", "Line 2")]
    [InlineData(null, "t h", "which a merge makes")]
    public void Files_that_are_none_are_refused_with_what_is_wrong(string? vocabulary, string merges, string said)
    {
        SubwordFiles.Export(SubwordModels.Tokenizer(merges: 0), PathOf("vocab.json"), PathOf("merges.txt"));
        if (vocabulary is not null) File.WriteAllText(PathOf("vocab.json"), vocabulary);
        File.WriteAllText(PathOf("merges.txt"), merges);
        var fault = Assert.Throws<FormatException>(() => SubwordFiles.Import(PathOf("vocab.json"), PathOf("merges.txt")));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_are_written_or_none()
    {
        var tokenizer = SubwordModels.Tokenizer();
        Assert.Throws<ArgumentException>(() => SubwordFiles.Export(tokenizer, PathOf("same"), PathOf("same")));
        Directory.CreateDirectory(PathOf("folder"));
        Assert.ThrowsAny<Exception>(() => SubwordFiles.Export(tokenizer, PathOf("folder"), PathOf("merges.txt")));
        Assert.False(File.Exists(PathOf("merges.txt")));
    }

    /// <summary>Takes a word as it is.</summary>
    private sealed class NoPreTokenizer : PreTokenizer
    {
        public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => [(0, text.Length)];

        public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => [(0, text.Length)];
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}
