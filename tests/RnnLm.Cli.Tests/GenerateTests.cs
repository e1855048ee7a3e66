namespace RnnLm.Cli.Tests;

public sealed class GenerateTests : IDisposable
{
    private static readonly Dictionary<string, Tokenizer> Tokenizers = new()
    {
        ["whitespace"] = Tokenizer.Whitespace,
        ["text"] = new TextTokenizer(new TextTokenizerOptions()),
        ["lower case"] = new TextTokenizer(new TextTokenizerOptions { LowerCase = true }),
        ["characters"] = Tokenizer.Characters,
    };

    private static readonly string[] Prompts =
    [
        "", "the cat", "The Cat ", "See https://example.org/a?b=c&d=%20#e", "C++", "the boys'", "(\"nested ' quotes", "a  b\tc", "two\nlines", "line\n", "  indented", "3.14, 2,000", "don't", "x@y.z",
    ];

    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    public static TheoryData<string, string> EveryPrompt()
    {
        var data = new TheoryData<string, string>();
        foreach (var tokenizer in Tokenizers.Keys)
            foreach (var prompt in Prompts) data.Add(tokenizer, prompt);
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryPrompt))]
    public void A_prompt_is_printed_as_it_was_typed_and_the_continuation_follows(string tokenizer, string prompt)
    {
        var model = Model(Tokenizers[tokenizer]);
        string[] options = ["--words", "8", "--temperature", "1", "--seed", "3"];
        var json = shell.Run(["generate", model, prompt, "--json", .. options]).Json.Single();
        var continuation = json.GetProperty("continuation").GetString()!;
        var words = json.GetProperty("words").EnumerateArray().Select(word => word.GetProperty("word").GetString()!).ToArray();
        Assert.Equal(prompt, json.GetProperty("prompt").GetString());
        Assert.NotEmpty(words);
        Assert.Equal(string.Concat(words), continuation.Replace(" ", ""));
        Assert.All(json.GetProperty("words").EnumerateArray(), word => Assert.InRange(word.GetProperty("logProbability").GetDouble(), -10, 0));

        var beginsWithSpace = continuation.StartsWith(' ');
        if (prompt.Length == 0 || char.IsWhiteSpace(prompt[^1]) || tokenizer == "characters") Assert.False(beginsWithSpace);
        else if (tokenizer == "whitespace") Assert.True(beginsWithSpace);

        Assert.Equal($"{prompt}{continuation}{Environment.NewLine}", shell.Run(["generate", model, prompt, .. options]).Output);
    }

    [Fact]
    public void A_full_stop_stands_at_the_word_before_it_and_a_word_does_not()
    {
        var words = new Vocabulary(["<unk>", "<eos>", "."]);
        Assert.Equal("C++.", Generate(words, "C++"));
        Assert.Equal("C++ word", Generate(new Vocabulary(["<unk>", "<eos>", "word"]), "C++"));

        string Generate(Vocabulary vocabulary, string prompt)
            => Enumerable.Range(0, 20).Select(seed => shell.Run("generate", Model(Tokenizers["text"], vocabulary), prompt, "--words", "1", "--seed", $"{seed}").Output.TrimEnd())
                .First(text => text != prompt);
    }

    [Fact]
    public void Prompts_on_standard_input_have_a_line_each()
    {
        var outcome = shell.RunWithInput("the cat\nC++\n\n", "generate", Model(Tokenizer.Whitespace), "--words", "0");
        Assert.Equal($"the cat{Environment.NewLine}C++{Environment.NewLine}{Environment.NewLine}", outcome.Output);
    }

    /// <summary>A model that finds every word as probable as any other.</summary>
    private string Model(Tokenizer tokenizer, Vocabulary? vocabulary = null)
    {
        vocabulary ??= new Vocabulary(["<unk>", "<eos>", "a", "b", "c", "d", "e", "f", "g", "h"]);
        var shape = new NetworkShape { Cell = CellKind.Gru, VocabularySize = vocabulary.Count, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        new LanguageModel(tokenizer, vocabulary, new NetworkWeights(shape)).Save(shell["m.rnnlm"]);
        return shell["m.rnnlm"];
    }
}
