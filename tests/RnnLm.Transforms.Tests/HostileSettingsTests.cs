using System.Text.Json.Nodes;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Tokenizing;
using RnnLm.Transforms.Vocabularies;

namespace RnnLm.Transforms.Tests;

/// <summary>Settings that a pipeline carries with a checksum that is right, and that say what cannot be.</summary>
public sealed class HostileSettingsTests
{
    /// <summary>Members that may be null.</summary>
    private static readonly string[] Columns =
    [
        "influencesColumnName", "influencingWordsColumnName", "explainedWordColumnName", "summaryColumnName", "word", "sentences", "shareOfWords",
        "nextWordColumnName", "nextWordKeyColumnName", "nextWordsColumnName", "probabilitiesColumnName", "unknownProbabilityColumnName", "endOfLineProbabilityColumnName",
        "logProbabilityColumnName", "perplexityColumnName", "wordCountColumnName", "unknownWordCountColumnName",
        "suggestionsColumnName", "suggestionProbabilitiesColumnName", "maximumEdits", "editCost",
        "bitsPerWordColumnName", "bitsPerCharacterColumnName", "wordsColumnName", "wordLogProbabilitiesColumnName", "wordRanksColumnName", "wordEntropiesColumnName",
        "unknownWordLogProbability", "continuationColumnName", "continuationsColumnName", "continuationScoresColumnName",
        // There may be none; where a number of continuations or a stop text needs them, their lack is found out as damage.
        "generation", "lines", "sampling", "beam", "seed", "topK", "topP", "minP",
        "filledTextColumnName", "filledWordsColumnName", "filledProbabilitiesColumnName", "candidates", "candidatesColumnName", "shortlist",
        "suspectWordColumnName", "suspectPositionColumnName", "suspectLogOddsColumnName", "suspectAlternativeColumnName",
        "featuresColumnName", "pooling", "layers", "member",
    ];

    public static TheoryData<string, string, string> Members
    {
        get
        {
            var members = new TheoryData<string, string, string>();
            foreach (var kind in Kinds)
                foreach (var path in PathsIn(JsonNode.Parse(Settings(kind))!, []))
                    foreach (var value in (string[])["null", "7", "-1", "1e400", "\"x\"", "\"\\ud800\"", "true", "[]", "[null]", "{}", "{\"name\":null}", new string('[', 200)])
                        members.Add(kind, string.Join('/', path), value);
            return members;
        }
    }

    private static IEnumerable<string> Kinds => ["language model", "tokenizer", "vocabulary"];

    [Theory]
    [MemberData(nameof(Members))]
    public void Whatever_stands_in_a_members_place_the_settings_are_read_or_refused_as_damaged(string kind, string path, string value)
    {
        var settings = Settings(kind);
        var begin = path.Split('/').Select(name => $"\"{name}\":").Aggregate(0, (place, name) => settings.IndexOf(name, place, StringComparison.Ordinal) + name.Length);
        var end = begin + (MemberAt(settings, path.Split('/'))?.ToJsonString() ?? "null").Length;
        var isNullWhereNoneMayBe = value == "null" && !Columns.Contains(path.Split('/')[^1]);

        var fault = Record.Exception(() => Read(kind, settings[..begin] + value + settings[end..]));

        if (fault is not null || isNullWhereNoneMayBe) Assert.IsType<InvalidDataException>(fault);
    }

    [Theory]
    [InlineData("language model", "columns")]
    [InlineData("language model", "input")]
    [InlineData("language model", "inputColumnName")]
    [InlineData("tokenizer", "tokenizer")]
    [InlineData("tokenizer", "name")]
    [InlineData("vocabulary", "words")]
    [InlineData("vocabulary", "kind")]
    public void A_member_that_occurs_twice_is_refused(string kind, string member)
    {
        var settings = Settings(kind);
        var begin = settings.IndexOf($"\"{member}\":", StringComparison.Ordinal);

        Refuse(kind, settings.Insert(begin, $"\"{member}\":null,"), "cannot be read");
    }

    [Theory]
    [InlineData("language model", "\"input\":\"Text\"", "\"input\":7", "the kind of the input is 7")]
    [InlineData("language model", "\"reasons\":{\"method\":0", "\"reasons\":{\"method\":3", "Reasons.Method is 3")]
    [InlineData("language model", "\"sentences\":null", "\"sentences\":0", "Summary.Sentences is 0")]
    [InlineData("language model", "\"exclude\":3", "\"exclude\":9", "Exclude is 9")]
    [InlineData("language model", "\"input\":\"Text\"", "\"input\":\"Words\"", "SuggestionsColumnName is made from text")]
    [InlineData("language model", "\"maximumEdits\":1", "\"maximumEdits\":3", "Suggestions.MaximumEdits is 3")]
    [InlineData("language model", "\"blockedWords\":[\"b\"]", "\"blockedWords\":[null]", "Suggestions.BlockedWords[0] is null")]
    [InlineData("language model", "\"unknownWords\":0", "\"unknownWords\":9", "UnknownWords is 9")]
    [InlineData("language model", "\"continuationCount\":1", "\"continuationCount\":999", "ContinuationCount is 999")]
    [InlineData("language model", "\"stopBefore\":[\"a\"]", "\"stopBefore\":[\"b\"]", "the model does not know the word \"b\"")]
    [InlineData("language model", "\"stopBefore\":[\"a\"]", "\"stopBefore\":[null]", "StopBefore has a text without a word")]
    [InlineData("language model", "\"temperature\":1", "\"temperature\":-1", "Temperature is -1")]
    [InlineData("tokenizer", "\"name\":\"text\"", "\"name\":\"none\"", "The tokenizer \"none\" is unknown")]
    [InlineData("tokenizer", "\"name\":\"text\"", "\"name\":null", "is null")]
    [InlineData("tokenizer", "\"lowerCase\":\"false\"", "\"lowerCase\":\"perhaps\"", "lowerCase")]
    [InlineData("vocabulary", "\"a\"", "\"\"", "The word with id 2 is empty")]
    [InlineData("vocabulary", "\"a\"", "null", "The word with id 2 is empty")]
    [InlineData("vocabulary", "\"a\"", "\"b\"", "occurs twice")]
    [InlineData("vocabulary", "\"size\":3", "\"size\":-3", "the size of its vectors of words is -3")]
    public void What_cannot_be_is_named(string kind, string before, string after, string fault)
    {
        var settings = Settings(kind);
        Assert.Contains(before, settings, StringComparison.Ordinal);

        Refuse(kind, settings.Replace(before, after, StringComparison.Ordinal), fault);
    }

    [Fact]
    public void A_model_of_which_every_word_is_excluded_is_refused()
        => Assert.Contains(
            "every word of the vocabulary is excluded",
            Assert.Throws<InvalidDataException>(() => LanguageModelPayload.Read(Settings("language model"), Content(Sample.Model()))).Message, StringComparison.Ordinal);

    private static void Refuse(string kind, string settings, string fault)
        => Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => Read(kind, settings)).Message, StringComparison.Ordinal);

    private static object Read(string kind, string settings) => kind switch
    {
        "language model" => LanguageModelPayload.Read(settings, Content(Sample.Model("a"))),
        "tokenizer" => TokenizerPayload.Read(settings, Stream.Null),
        _ => VocabularyPayload.Read(settings, Stream.Null),
    };

    private static string Settings(string kind)
    {
        // What is null has no place to put another value in.
        var columns = new LanguageModelColumns { Suggestions = { MaximumEdits = 1, EditCost = 4, BlockedWords = ["b"] } };
        foreach (var output in LanguageModelColumns.Outputs) output.SetName(columns, output.Option);
        columns.Generation = new GenerationOptions { StopBefore = ["a"], Sampling = new SamplingOptions { Seed = 1, TopK = 2, TopP = 0.9, MinP = 0.1 } };
        return kind switch
        {
            "language model" => new LanguageModelPayload(Sample.Model("a"), InputKind.Text, columns).Settings,
            "tokenizer" => new TokenizerPayload(Tokenizer.Text()).Settings,
            _ => new VocabularyPayload(new Vocabulary(["<unk>", "<eos>", "a", "b"]), 3).Settings,
        };
    }

    private static MemoryStream Content(LanguageModel model)
    {
        var content = new MemoryStream();
        model.Save(content);
        content.Position = 0;
        return content;
    }

    private static JsonNode? MemberAt(string settings, IEnumerable<string> path) => path.Aggregate(JsonNode.Parse(settings), (node, name) => node![name]);

    private static IEnumerable<string[]> PathsIn(JsonNode node, string[] before)
    {
        if (node is not JsonObject members) yield break;
        foreach (var (name, value) in members)
        {
            yield return [.. before, name];
            if (value is null) continue;
            foreach (var inner in PathsIn(value, [.. before, name])) yield return inner;
        }
    }
}
