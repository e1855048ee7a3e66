using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>Gaps that are filled and words that are suspected in pipelines, against the calls of the model.</summary>
public sealed class FillingColumnTests
{
    private static readonly string[] Texts = ["the ___ sat", "___", "a dog saw ___", "no gap", "", "the ____ zebra"];
    private static readonly string[] Words = ["the", "cat", "dog", "a", "sat", "saw"];

    private readonly MLContext mlContext = new(seed: 1);
    private readonly LanguageModel model = Sample.Model(Words);

    private static LanguageModelColumns Columns(string input = "Text") => new()
    {
        InputColumnName = input,
        NextWordColumnName = null,
        FilledTextColumnName = "FilledText",
        FilledWordsColumnName = "FilledWords",
        FilledProbabilitiesColumnName = "FilledProbabilities",
    };

    private static LanguageModelColumns SuspectColumns(string input = "Text") => new()
    {
        InputColumnName = input,
        NextWordColumnName = null,
        SuspectWordColumnName = "SuspectWord",
        SuspectPositionColumnName = "SuspectPosition",
        SuspectLogOddsColumnName = "SuspectLogOdds",
        SuspectAlternativeColumnName = "SuspectAlternative",
    };

    private IDataView Transform(LanguageModelColumns columns, IDataView data)
    {
        var fitted = mlContext.LanguageModeling.FromModel(model, columns).Fit(data);
        var loaded = mlContext.SaveAndLoad(fitted, data);
        var transformed = loaded.Transform(data);
        foreach (var name in transformed.Schema.VisibleColumns().Except(data.Schema.VisibleColumns()))
            Assert.Equal(fitted.Transform(data).ElementsOf(name), transformed.ElementsOf(name));
        return transformed;
    }

    private static void AssertIs(FilledGap?[] expected, string[] texts, int size, IDataView transformed)
    {
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, size), transformed.Schema["FilledWords"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, size), transformed.Schema["FilledProbabilities"].Type);
        Assert.Equal(expected.Zip(texts, (filled, text) => filled?.Text ?? text), transformed.Column<string>("FilledText"));
        Assert.Equal(expected.Select(filled => Padded(filled?.Select(candidate => candidate.Words), "")), transformed.Column<string[]>("FilledWords"));
        Assert.Equal(expected.Select(filled => Padded(filled?.Select(candidate => (float)candidate.Probability), 0f)), transformed.Column<float[]>("FilledProbabilities"));

        T[] Padded<T>(IEnumerable<T>? values, T with) => [.. (values ?? []).Concat(Enumerable.Repeat(with, size)).Take(size)];
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(255, 6)]
    public void Gaps_are_filled_with_words_of_the_vocabulary_and_rows_without_one_stay_as_they_are(int count, int size)
    {
        var columns = Columns();
        columns.Filling = new FillColumnOptions { Count = count, Shortlist = 4 };
        var expected = Texts.Select(text => text.Contains("___", StringComparison.Ordinal) ? model.Fill(text, options: columns.Filling) : null).ToArray();

        AssertIs(expected, Texts, size, Transform(columns, mlContext.View(Texts)));
    }

    [Fact]
    public void Gaps_are_filled_with_candidates_of_the_options()
    {
        var columns = Columns();
        columns.Filling = new FillColumnOptions { GapMark = "(?)", Candidates = ["cat", "cat and dog", "zebra", "cat"], IncludeEndOfLine = false };
        string[] texts = [.. Texts.Select(text => text.Replace("____", "(?)", StringComparison.Ordinal).Replace("___", "(?)", StringComparison.Ordinal))];
        var expected = texts.Select(text => text.Contains("(?)", StringComparison.Ordinal) ? model.Fill(text, columns.Filling.Candidates, columns.Filling) : null).ToArray();

        AssertIs(expected, texts, 3, Transform(columns, mlContext.View(texts)));
    }

    [Fact]
    public void Gaps_are_filled_with_candidates_of_each_row()
    {
        GapRow[] rows = [.. Texts.Select((text, i) => new GapRow { Text = text, Choices = i % 2 == 0 ? ["cat", "", "dog sat"] : ["saw", "zebra", "a", "the", "dog"] })];
        var columns = Columns();
        columns.Filling = new FillColumnOptions { CandidatesColumnName = "Choices", Count = 4 };
        var options = new FillOptions { Count = 4 };
        var expected = rows.Select(row => row.Text.Contains("___", StringComparison.Ordinal) ? model.Fill(row.Text, [.. row.Choices.Where(choice => choice.Length > 0)], options) : null).ToArray();

        AssertIs(expected, Texts, 4, Transform(columns, mlContext.Data.LoadFromEnumerable(rows)));
    }

    [Fact]
    public void A_gap_in_a_vector_of_words_is_a_word()
    {
        string[][] rows = [["the", "___", "sat"], [], ["dog", "", "___"], ["dog"]];
        var expected = rows.Select(row => row.Contains("___") ? model.Fill(row, options: new FillOptions()) : null).ToArray();

        AssertIs(expected, [.. rows.Select(row => string.Join(' ', row))], 5, Transform(Columns("Words"), mlContext.ViewOfWords(rows)));
    }

    [Fact]
    public void A_gap_in_keys_is_the_key_of_its_mark_and_a_missing_key_an_unknown_word()
    {
        var words = mlContext.ViewOfWords(["the", "cat", "___"], ["the", "___", "sat", "saw", "saw"], ["the", "the", "the"]);
        var data = mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words", maximumNumberOfKeys: 4).Fit(words).Transform(words);
        string[][] known = [["the", "cat", "___"], ["the", "___", "sat", "<unk>", "<unk>"], ["the", "the", "the"]];

        AssertIs([model.Fill(known[0]), model.Fill(known[1]), null], ["", "", "the the the"], 5, Transform(Columns("Keys"), data));
    }

    [Fact]
    public void A_row_that_has_several_gaps_or_a_gap_and_no_candidate_is_refused_with_what_would_be_right()
    {
        var several = mlContext.View("the ___ ___");
        Assert.Contains(
            "The text \"the ___ ___\" has 2 gaps", Reason(() => mlContext.LanguageModeling.FromModel(model, Columns()).Fit(several).Transform(several).Column<string>("FilledText")), StringComparison.Ordinal);
        var none = mlContext.Data.LoadFromEnumerable([new GapRow { Text = "the ___", Choices = ["", ""] }]);
        var columns = Columns();
        columns.Filling.CandidatesColumnName = "Choices";
        Assert.Contains(
            "the column \"Choices\" no candidate for it", Reason(() => mlContext.LanguageModeling.FromModel(model, columns).Fit(none).Transform(none).Column<string>("FilledText")), StringComparison.Ordinal);

        static string Reason(Action use)
        {
            var fault = Assert.ThrowsAny<Exception>(use);
            while (fault.InnerException is { } inner) fault = inner;
            return fault.Message;
        }
    }

    [Fact]
    public void A_column_of_candidates_that_is_missing_or_no_vector_of_text_is_refused_at_every_door()
    {
        var data = mlContext.Data.LoadFromEnumerable([new GapRow { Text = "the ___", Choices = ["cat"] }]);
        var columns = Columns();
        columns.Filling.CandidatesColumnName = "Choices";
        var estimator = mlContext.LanguageModeling.FromModel(model, columns);
        var transformer = estimator.Fit(data);
        var loaded = mlContext.SaveAndLoad(transformer, data);
        foreach (var (spoilt, fault) in ((IDataView, string)[])
        [
            (mlContext.Transforms.DropColumns("Choices").Fit(data).Transform(data), "Could not find input column 'Choices'"),
            (mlContext.Transforms.CopyColumns("Choices", "Text").Fit(data).Transform(data), "Schema mismatch for input column 'Choices'"),
            (mlContext.Transforms.CopyColumns("Choices", "Number").Fit(data).Transform(data), "Schema mismatch for input column 'Choices'"),
        ])
        {
            foreach (var use in (Action[])
            [
                () => estimator.GetOutputSchema(ShapeWatcher.ShapeOf(spoilt)), () => estimator.Fit(spoilt), () => transformer.Transform(spoilt),
                () => transformer.GetOutputSchema(spoilt.Schema), () => transformer.GetRowToRowMapper(spoilt.Schema),
            ])
                Assert.StartsWith(fault, Assert.Throws<ArgumentOutOfRangeException>(use).Message, StringComparison.Ordinal);
            Assert.ThrowsAny<Exception>(() => loaded.Transform(spoilt).Column<string>("FilledText"));
        }
    }

    [Fact]
    public void Suspects_are_those_of_the_model()
    {
        string[] texts = ["the cat saw sat", "", "zebra dog the", "a a a a"];
        var columns = SuspectColumns();
        columns.Suspects = new SuspectOptions { Shortlist = 3, Rarity = 0.2 };
        var expected = texts.Select(text => model.FindSuspects(text, 1, columns.Suspects).FirstOrDefault()).ToArray();
        AssertIs(expected, Transform(columns, mlContext.View(texts)));
        Assert.Contains(expected, suspect => suspect is not null);
        Assert.Contains(expected, suspect => suspect is null);

        string[][] rows = [.. texts.Select(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append("").ToArray())];
        columns.InputColumnName = "Words";
        AssertIs(expected, Transform(columns, mlContext.ViewOfWords(rows)));

        static void AssertIs(SuspectWord?[] expected, IDataView transformed)
        {
            Assert.Equal(expected.Select(suspect => suspect?.Word ?? ""), transformed.Column<string>("SuspectWord"));
            Assert.Equal(expected.Select(suspect => suspect?.Position ?? -1), transformed.Column<int>("SuspectPosition"));
            Assert.Equal(expected.Select(suspect => (float)(suspect?.LogOdds ?? 0)), transformed.Column<float>("SuspectLogOdds"));
            Assert.Equal(expected.Select(suspect => suspect?.Alternatives[0].Word ?? ""), transformed.Column<string>("SuspectAlternative"));
        }
    }

    [Fact]
    public void Options_that_cannot_be_or_have_no_effect_are_refused_all_at_once()
    {
        var columns = Columns();
        columns.Filling = new FillColumnOptions { Count = 256, Candidates = ["a", ""], CandidatesColumnName = "", Shortlist = 0, GapMark = "" };
        columns.Suspects.Rarity = 2;
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(model, columns)).Message;
        foreach (var part in (string[])
        [
            "Filling.Count is 256; it must be from 1 to 255.", "Filling.Candidates is a list of 2", "Filling.CandidatesColumnName is \"\"", "Filling.Shortlist is 0", "Filling.GapMark is \"\"",
            "Suspects.Rarity is 2", "Suspects has no effect without SuspectWordColumnName or ",
        ])
            Assert.Contains(part, fault, StringComparison.Ordinal);

        Refuse(new LanguageModelColumns { Filling = new FillColumnOptions { Count = 2 } }, "Filling has no effect without FilledTextColumnName or ");
        Refuse(new LanguageModelColumns { Filling = null! }, "Filling is null");
        Refuse(new LanguageModelColumns { Suspects = null! }, "Suspects is null");
        var noWords = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(Sample.Model(), new LanguageModelColumns { NextWordColumnName = null, FilledTextColumnName = "F", Exclude = SpecialWords.Unknown }));
        Assert.StartsWith("The vocabulary of the model has no word to fill a gap with", noWords.Message, StringComparison.Ordinal);

        void Refuse(LanguageModelColumns wrong, string part)
            => Assert.Contains(part, Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(model, wrong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_changes_of_the_options_reach_no_estimator()
    {
        var columns = Columns();
        columns.Filling = new FillColumnOptions { Candidates = ["cat", "dog"] };
        var estimator = mlContext.LanguageModeling.FromModel(model, columns);
        columns.Filling.Candidates = null;
        var data = mlContext.View("the ___");
        Assert.Equal(["cat", "dog"], estimator.Fit(data).Transform(data).Column<string[]>("FilledWords").Single().Order());
    }

    private sealed class GapRow
    {
        public string Text { get; set; } = "";

        public string[] Choices { get; set; } = [];

        public float Number { get; set; }
    }
}
