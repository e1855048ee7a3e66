using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.Rescoring;

namespace RnnLm.Transforms.Tests;

public sealed class RescoringTests
{
    private static readonly LanguageModel Model = Sample.Model("the", "cat", "sat", "mat", "on", "a");

    private static readonly RescoringRow[] Rows =
    [
        new() { Hypotheses = ["the cat sat", "the mat sat", "a cat"], Scores = [-2, -1.5f, -3], Reference = "the cat sat" },
        new() { Hypotheses = ["on a mat", "on the mat", ""], Scores = [0, -0.25f, -7], Reference = "on the mat" },
        new() { Hypotheses = ["zebra", "cat cat cat", "the cat"], Scores = [1, 2, 2], Reference = "the cat" },
    ];

    private readonly MLContext mlContext = new(seed: 1);

    private IDataView Data => mlContext.Data.LoadFromEnumerable(Rows);

    private IDataView DataOfKnownSize
    {
        get
        {
            var schema = SchemaDefinition.Create(typeof(RescoringRow));
            schema["Hypotheses"].ColumnType = new VectorDataViewType(TextDataViewType.Instance, 3);
            schema["Scores"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
            return mlContext.Data.LoadFromEnumerable(Rows, schema);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_columns_are_what_the_model_gives_before_and_after_saving(bool sizeIsKnown)
    {
        var columns = new RescoringColumns { Rescoring = { LanguageModelWeight = 0.8, WordInsertionPenalty = -0.5, ScoreWeights = [1.5] } };
        var data = sizeIsKnown ? DataOfKnownSize : Data;
        var estimator = mlContext.LanguageModeling.RescoreHypotheses(Model, columns);
        var fitted = estimator.Fit(data);
        foreach (var transformer in new[] { fitted, mlContext.SaveAndLoad(fitted, data) })
        {
            var made = transformer.Transform(data);
            Assert.Equal(["Hypotheses", "Scores", "Reference", "RescoredHypotheses", "RescoredScores", "BestHypothesis"], made.Schema.VisibleColumns());
            Assert.Equal(sizeIsKnown ? 3 : 0, ((VectorDataViewType)made.Schema["RescoredHypotheses"].Type).Size);
            Assert.Equal(sizeIsKnown ? 3 : 0, ((VectorDataViewType)made.Schema["RescoredScores"].Type).Size);
            AssertAsTheModel(made, list => Model.Rescore(list, columns.Rescoring));
        }
        AssertShape(estimator, data, fitted);
    }

    [Fact]
    public void An_n_gram_model_rescores_columns_before_and_after_saving()
    {
        var model = NGramTrainer.Train(Tokenizer.Whitespace, Sample.Lines);
        var fitted = mlContext.LanguageModeling.RescoreHypotheses(model).Fit(Data);
        AssertAsTheModel(fitted.Transform(Data), list => model.Rescore(list));
        AssertAsTheModel(mlContext.SaveAndLoad(fitted, Data).Transform(Data), list => model.Rescore(list));
    }

    [Fact]
    public void A_model_with_members_and_a_cache_rescores_columns_before_and_after_saving()
    {
        var model = LanguageModel.Ensemble([Model, Model.Quantize()], [1, 3]).With(new NeuralCache { Size = 5 });
        var fitted = mlContext.LanguageModeling.RescoreHypotheses(model).Fit(Data);
        AssertAsTheModel(fitted.Transform(Data), list => model.Rescore(list));
        AssertAsTheModel(mlContext.SaveAndLoad(fitted, Data).Transform(Data), list => model.Rescore(list));
    }

    [Fact]
    public void A_prediction_engine_rescores_a_row_with_any_number_of_hypotheses()
    {
        var fitted = mlContext.LanguageModeling.RescoreHypotheses(Model).Fit(Data);
        using var engine = mlContext.Model.CreatePredictionEngine<RescoringRow, RescoredRow>(fitted);
        Assert.Equal("", engine.Predict(new RescoringRow()).BestHypothesis);
        var row = engine.Predict(Rows[0]);
        Assert.Equal(row.RescoredHypotheses[0], row.BestHypothesis);
        Assert.Equal(Rows[0].Hypotheses.Order(), row.RescoredHypotheses.Order());
        Assert.Equal(row.RescoredScores.OrderDescending(), row.RescoredScores);
        Assert.Equal(["cat"], engine.Predict(new RescoringRow { Hypotheses = ["cat"], Scores = [0] }).RescoredHypotheses);
    }

    [Fact]
    public void Only_the_columns_that_are_wanted_are_made()
    {
        var columns = new RescoringColumns { RescoredHypothesesColumnName = null, RescoredScoresColumnName = null, BestHypothesisColumnName = "Best" };
        var made = mlContext.LanguageModeling.RescoreHypotheses(Model, columns).Fit(Data).Transform(Data);
        Assert.Equal(["Hypotheses", "Scores", "Reference", "Best"], made.Schema.VisibleColumns());
    }

    [Fact]
    public void What_tuning_finds_is_what_the_columns_then_reach()
    {
        var result = mlContext.LanguageModeling.TuneRescoring(Model, Data);
        var made = mlContext.LanguageModeling.RescoreHypotheses(Model, new RescoringColumns { Rescoring = result.Options }).Fit(Data).Transform(Data);
        Assert.Equal(result.Tuned, mlContext.LanguageModeling.EvaluateHypotheses(made));
        var alone = mlContext.LanguageModeling.RescoreHypotheses(Model, new RescoringColumns { Rescoring = { LanguageModelWeight = 0 } }).Fit(Data).Transform(Data);
        Assert.Equal(result.FirstBest, mlContext.LanguageModeling.EvaluateHypotheses(alone));
        Assert.InRange(result.Tuned.Errors, result.Oracle.Errors, result.FirstBest.Errors);
        Assert.Equal(8, result.Oracle.ReferenceWords);
        Assert.True(mlContext.LanguageModeling.EvaluateHypotheses(made, unit: ErrorUnit.Characters).ReferenceWords > 8);
        var nGram = NGramTrainer.Train(Tokenizer.Whitespace, Sample.Lines);
        Assert.Equal(8, mlContext.LanguageModeling.TuneRescoring(nGram, Data).Tuned.ReferenceWords);
    }

    [Theory]
    [InlineData(float.NaN, "The score at index 1 of a row's column 'Scores' is NaN; scores must be finite numbers.")]
    [InlineData(float.NegativeInfinity, "The score at index 1 of a row's column 'Scores' is -Infinity")]
    public void A_score_that_is_no_number_is_refused_by_name(float score, string says)
    {
        var data = mlContext.Data.LoadFromEnumerable([new RescoringRow { Hypotheses = ["a", "the"], Scores = [0, score] }]);
        var made = mlContext.LanguageModeling.RescoreHypotheses(Model).Fit(data).Transform(data);
        Assert.Contains(says, Assert.Throws<InvalidOperationException>(() => made.Column<ReadOnlyMemory<char>>("BestHypothesis")).GetBaseException().Message, StringComparison.Ordinal);
        Assert.Contains(says, Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.TuneRescoring(Model, data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_more_hypotheses_than_scores_is_refused()
    {
        var data = mlContext.Data.LoadFromEnumerable([new RescoringRow { Hypotheses = ["a", "the"], Scores = [0] }]);
        var made = mlContext.LanguageModeling.RescoreHypotheses(Model).Fit(data).Transform(data);
        Assert.Contains(
            "A row has 2 hypotheses in the column 'Hypotheses' and 1 scores in the column 'Scores'",
            Assert.Throws<InvalidOperationException>(() => made.Column<ReadOnlyMemory<char>>("BestHypothesis")).GetBaseException().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_another_type_is_refused_by_name()
    {
        var catalog = mlContext.LanguageModeling;
        Assert.Equal(
            "Schema mismatch for input column 'Reference': expected a vector of String, got String (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>(() => catalog.RescoreHypotheses(Model, new RescoringColumns { HypothesesColumnName = "Reference" }).Fit(Data)).Message);
        Assert.StartsWith(
            "Schema mismatch for input column 'Hypotheses': expected a vector of Single, got ",
            Assert.Throws<ArgumentOutOfRangeException>(() => catalog.RescoreHypotheses(Model, new RescoringColumns { ScoresColumnName = "Hypotheses" }).Fit(Data)).Message, StringComparison.Ordinal);
        Assert.Contains("'Truth'", Assert.Throws<ArgumentOutOfRangeException>(() => catalog.TuneRescoring(Model, Data, referenceColumnName: "Truth")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => catalog.RescoreHypotheses(Model).Fit(DataOfKnownSize).Transform(Data));
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_all_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.RescoreHypotheses(Model, new RescoringColumns
        {
            HypothesesColumnName = "",
            RescoredScoresColumnName = "X",
            BestHypothesisColumnName = "X",
            RescoredHypothesesColumnName = "__RnnLm.Y",
            Rescoring = new RescoringOptions { LanguageModelWeight = double.NaN, CarryState = true, ScoreWeights = [1, 2] },
        })).Message;
        foreach (var part in (string[])["HypothesesColumnName is empty", "Two output columns are \"X\"", "__RnnLm.", "Rescoring.LanguageModelWeight is NaN", "Rescoring.CarryState is true", "2 weights"])
            Assert.Contains(part, message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> HostileMembers
    {
        get
        {
            var members = new TheoryData<string, string>();
            foreach (var path in PathsIn(JsonNode.Parse(Payload().Settings)!, []))
                foreach (var value in (string[])["null", "7", "-1", "1e400", "\"x\"", "\"\\ud800\"", "true", "[]", "[null]", "{}", "{\"name\":null}", new string('[', 200)])
                    members.Add(string.Join('/', path), value);
            return members;
        }
    }

    [Theory]
    [MemberData(nameof(HostileMembers))]
    public void Whatever_stands_in_a_members_place_the_settings_are_read_or_refused_as_damaged(string path, string value)
    {
        var settings = Payload().Settings;
        var name = $"\"{path.Split('/')[^1]}\":";
        var begin = settings.IndexOf(name, StringComparison.Ordinal) + name.Length;
        var end = begin + path.Split('/').Aggregate(JsonNode.Parse(settings), (node, member) => node![member])!.ToJsonString().Length;

        var fault = Record.Exception(() => RescoringPayload.Read(settings[..begin] + value + settings[end..], Content(Payload())));

        if (fault is not null) Assert.IsType<InvalidDataException>(fault);
    }

    [Theory]
    [InlineData("\"model\":\"network\"", "\"model\":\"table\"", "what rescores is a table")]
    [InlineData("\"size\":3", "\"size\":-3", "the size of its vectors of hypotheses is -3")]
    [InlineData("\"languageModelWeight\":1", "\"languageModelWeight\":-1", "LanguageModelWeight is -1")]
    [InlineData("\"carryState\":false", "\"carryState\":true", "CarryState is true")]
    [InlineData("\"kind\":\"rescoring\"", "\"kind\":\"tokenizer\"", "a rescoring is expected where there is a tokenizer")]
    public void What_cannot_be_is_named(string before, string after, string says)
    {
        var settings = Payload().Settings;
        Assert.Contains(before, settings, StringComparison.Ordinal);
        var fault = Assert.Throws<InvalidDataException>(() => RescoringPayload.Read(settings.Replace(before, after, StringComparison.Ordinal), Content(Payload())));
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    private static RescoringPayload Payload() => new(new RescoringModel(Model, null), new RescoringColumns(), 3);

    private static MemoryStream Content(RescoringPayload payload)
    {
        var content = new MemoryStream();
        payload.WriteContent(content);
        content.Position = 0;
        return content;
    }

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

    private static void AssertAsTheModel(IDataView made, Func<NBestList, RescoredList> rescore)
    {
        var hypotheses = made.Column<string[]>("RescoredHypotheses");
        var scores = made.Column<float[]>("RescoredScores");
        var best = made.Column<string>("BestHypothesis");
        for (var row = 0; row < Rows.Length; row++)
        {
            var expected = rescore(new NBestList("u", Rows[row].Hypotheses.Zip(Rows[row].Scores, (text, score) => new Hypothesis(text, score))));
            Assert.Equal(expected.Hypotheses.Select(hypothesis => hypothesis.Text), hypotheses[row]);
            Assert.Equal(expected.Hypotheses.Select(hypothesis => (float)hypothesis.Score), scores[row]);
            Assert.Equal(expected.BestText, best[row]);
        }
    }

    /// <summary>What the estimator says of its columns is what they are.</summary>
    private static void AssertShape(HypothesisRescoringEstimator estimator, IDataView data, ITransformer fitted)
    {
        var said = estimator.GetOutputSchema(ShapeWatcher.ShapeOf(data));
        foreach (var column in ShapeWatcher.ShapeOf(fitted.Transform(data)))
        {
            var its = said.Single(one => one.Name == column.Name);
            Assert.Equal((column.Kind, column.ItemType), (its.Kind, its.ItemType));
        }
    }

    private sealed class RescoringRow
    {
        public string[] Hypotheses { get; set; } = [];

        public float[] Scores { get; set; } = [];

        public string Reference { get; set; } = "";
    }

    private sealed class RescoredRow
    {
        public string[] RescoredHypotheses { get; set; } = [];

        public float[] RescoredScores { get; set; } = [];

        public string BestHypothesis { get; set; } = "";
    }
}
