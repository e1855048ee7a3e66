namespace RnnLm.Tests;

/// <summary>What a call takes of memory for each word of its text, whatever the text's length.</summary>
public class GrowthTests
{
    private const int Words = 20_000;

    private static readonly LanguageModel Model = RandomModels.Model();

    public static TheoryData<string, int> Calls => new()
    {
        { nameof(LanguageModel.Score), 32 },
        { "Score, no word known", 72 },
        { nameof(LanguageModel.ScoreMany), 32 },
        { nameof(LanguageModel.NextWords), 0 },
        { nameof(LanguageModel.NextWordsMany), 16 },
        { nameof(LanguageModel.Embed), 0 },
        { nameof(LanguageModel.Evaluate), 0 },
        { nameof(LanguageModel.GenerateWords), 0 },
        { nameof(LanguageModel.GenerateText), 40 },
        { nameof(TokenStream.Encode), 16 },
        { nameof(Tokenizer.Join), 24 },
        { nameof(TokenStreamBuilder), 16 },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_text_takes_so_many_bytes_a_word_however_long_it_is(string call, int bytesAWord)
    {
        var (little, much) = (BytesOf(call, Words), BytesOf(call, 4 * Words));
        // What does not depend on the text's length, and the last block of a list that grows, are left out by the difference.
        Assert.InRange(much - little, long.MinValue, (long)bytesAWord * 3 * Words + (Words * 4));
    }

    private static long BytesOf(string call, int words)
    {
        var text = string.Join(' ', Enumerable.Range(0, words).Select(i => $"w{2 + (i % 20)}"));
        var unknown = text.Replace('w', 'x');
        var list = text.Split(' ');
        var stream = TokenStream.Encode(Tokenizer.Whitespace, Model.Vocabulary, [text]);
        var one = new BatchOptions { Threads = 1 };
        var generation = new GenerationOptions { MaximumWords = words, Exclude = SpecialWords.Unknown | SpecialWords.EndOfLine };
        Action action = call switch
        {
            nameof(LanguageModel.Score) => () => Model.Score(text),
            "Score, no word known" => () => Model.Score(unknown),
            nameof(LanguageModel.ScoreMany) => () => Model.ScoreMany([text], batch: one),
            nameof(LanguageModel.NextWords) => () => Model.NextWords(text),
            nameof(LanguageModel.NextWordsMany) => () => Model.NextWordsMany([text], batch: one),
            nameof(LanguageModel.Embed) => () => Model.Embed(text),
            nameof(LanguageModel.Evaluate) => () => Model.Evaluate(stream, new EvaluationOptions { Threads = 1 }),
            nameof(LanguageModel.GenerateWords) => () => Model.GenerateWords("w3", generation).Count(),
            nameof(LanguageModel.GenerateText) => () => Model.GenerateText("w3", generation).Count(),
            nameof(TokenStream.Encode) => () => TokenStream.Encode(Tokenizer.Whitespace, Model.Vocabulary, [text]),
            nameof(Tokenizer.Join) => () => Tokenizer.Text().Join(list),
            nameof(TokenStreamBuilder) => () => Build(text),
            _ => throw new ArgumentOutOfRangeException(nameof(call), call, "There is no such call."),
        };
        action();
        return Allocations.Of(action);
    }

    private static void Build(string text)
    {
        var builder = new TokenStreamBuilder(Tokenizer.Whitespace);
        builder.Add(text);
        builder.Build(builder.BuildVocabulary());
    }
}
