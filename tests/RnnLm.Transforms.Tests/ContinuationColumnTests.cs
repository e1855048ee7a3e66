using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>Columns of continuations.</summary>
public sealed class ContinuationColumnTests
{
    private static readonly string[] Texts = ["the cat", "", "a zebra saw"];

    private readonly MLContext mlContext = new(seed: 1);
    private readonly LanguageModel model = Sample.Model("the", "cat", "dog", "a", "sat", "saw");

    public static TheoryData<string> Ways => ["greedy", "beam", "sampling"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Columns_say_what_the_model_says_before_and_after_they_are_saved(string way)
    {
        var columns = Columns(way, way == "greedy" ? 1 : 3);
        var data = mlContext.View(Texts);
        var transformer = mlContext.LanguageModeling.FromModel(model, columns).Fit(data);
        foreach (var pipeline in new[] { transformer, mlContext.SaveAndLoad(transformer, data) })
        {
            var transformed = pipeline.Transform(data);
            var alternatives = Texts.Select(text => model.GenerateAlternatives(text, columns.ContinuationCount, columns.Generation)).ToArray();
            Assert.Equal(alternatives.Select(row => row[0].Text), transformed.Column<string>("Continuation"));
            Assert.Equal(alternatives.Select(row => row.Select(continuation => continuation.Text)), transformed.Column<string[]>("Continuations"));
            Assert.Equal(alternatives.Select(row => row.Select(continuation => (float)continuation.Score)), transformed.Column<float[]>("Scores"));
            Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, columns.ContinuationCount), transformed.Schema["Continuations"].Type);
            Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, columns.ContinuationCount), transformed.Schema["Scores"].Type);
        }
    }

    [Fact]
    public void Options_survive_a_pipeline_that_is_saved()
    {
        var columns = Columns("beam", 2);
        columns.Generation = new GenerationOptions
        {
            MaximumWords = 7,
            MinimumWords = 2,
            Lines = 3,
            StopBefore = ["cat dog"],
            StopAfter = ["saw"],
            Exclude = SpecialWords.None,
            RepetitionPenalty = 1.5,
            Beam = new BeamSearchOptions { Width = 5, LengthNormalization = 0.25 },
        };
        var data = mlContext.View(Texts);
        var loaded = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model, columns).Fit(data), data).GetLanguageModel().Columns.Generation!;
        Assert.Equal((7, 2, 3, SpecialWords.None, 1.5), (loaded.MaximumWords, loaded.MinimumWords, loaded.Lines, loaded.Exclude, loaded.RepetitionPenalty));
        Assert.Equal((5, 0.25), (loaded.Beam!.Width, loaded.Beam.LengthNormalization));
        Assert.Equal(["cat dog"], loaded.StopBefore);
        Assert.Equal(["saw"], loaded.StopAfter);
        Assert.Null(loaded.Sampling);
        var sampled = Columns("sampling", 2);
        var again = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model, sampled).Fit(data), data).GetLanguageModel().Columns.Generation!.Sampling!;
        Assert.Equal((4, 1.5, 5, 0.9, 0.01), (again.Seed, again.Temperature, again.TopK, again.TopP, again.MinP));
    }

    [Fact]
    public void A_beam_that_finds_fewer_is_filled_up()
    {
        var columns = Columns("beam", 200);
        columns.Generation = new GenerationOptions { MaximumWords = 1, Beam = new BeamSearchOptions { Width = 200 } };
        var data = mlContext.View("the");
        var transformed = mlContext.LanguageModeling.FromModel(model, columns).Fit(data).Transform(data);
        var found = model.GenerateAlternatives("the", 200, columns.Generation).Count;
        Assert.InRange(found, 2, 100);
        Assert.Equal(200 - found, transformed.Column<float[]>("Scores").Single().Count(float.IsNaN));
        Assert.All(transformed.Column<string[]>("Continuations").Single().Skip(found), text => Assert.Equal("", text));
    }

    [Fact]
    public void Later_changes_of_the_options_reach_no_copy()
    {
        var columns = Columns("beam", 2);
        var copy = columns.CopyColumns();
        columns.Generation!.Beam!.Width = 9;
        Assert.Equal(3, copy.Generation!.Beam!.Width);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Options_that_do_not_go_together_are_refused(LanguageModelColumns columns, string explanation)
        => Assert.Contains(explanation, Assert.ThrowsAny<ArgumentException>(() => mlContext.LanguageModeling.FromModel(model, columns)).Message, StringComparison.Ordinal);

    public static TheoryData<LanguageModelColumns, string> Faults => new()
    {
        { new() { ContinuationColumnName = "C", Generation = new() { Sampling = new() } }, "Generation.Sampling.Seed is null; it must be set" },
        { new() { ContinuationColumnName = "C", Generation = new() { Beam = new() { Width = 0 } } }, "Generation.Beam.Width is 0" },
        { new() { ContinuationColumnName = "C", Generation = new() { MaximumWords = -1 } }, "Generation.MaximumWords is -1" },
        { new() { ContinuationColumnName = "C", Generation = new() { StopBefore = ["zebra"] } }, "the model does not know the word \"zebra\"" },
        { new() { ContinuationColumnName = "C", ContinuationCount = 2 }, "ContinuationCount is 2; it must be 1 where neither" },
        { new() { ContinuationsColumnName = "C", ContinuationCount = 2 }, "ContinuationCount is 2; it must be 1 where Generation has neither" },
        { new() { ContinuationsColumnName = "C", ContinuationCount = 5, Generation = new() { Beam = new() } }, "ContinuationCount must be at most 4" },
        { new() { ContinuationsColumnName = "C", ContinuationCount = 0 }, "ContinuationCount is 0" },
        { new() { ContinuationsColumnName = "C", ContinuationCount = 256, Generation = new() { Sampling = new() { Seed = 1 } } }, "ContinuationCount is 256" },
        { new() { Generation = new() }, "Generation has no effect without ContinuationColumnName or ContinuationsColumnName or ContinuationScoresColumnName;" },
        { new() { ContinuationColumnName = "C", Generation = new() { CancellationToken = new CancellationToken(true) } }, "cancellation token" },
    };

    [Fact]
    public void A_trainer_refuses_a_stop_word_that_it_did_not_learn_before_it_trains()
    {
        var options = Sample.FullOptions();
        options.ContinuationColumnName = "Continuation";
        options.Generation = new GenerationOptions { StopBefore = ["zebra"] };
        var epochs = 0;
        options.Training.Progress = new Progress(() => epochs++);
        Assert.Contains("zebra", Assert.ThrowsAny<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(Sample.Lines))).Message, StringComparison.Ordinal);
        Assert.Equal(0, epochs);

        options.Generation.StopBefore = ["."];
        var transformed = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(Sample.Lines)).Transform(mlContext.View("The cat"));
        Assert.DoesNotContain(".", transformed.Column<string>("Continuation").Single(), StringComparison.Ordinal);
    }

    private static LanguageModelColumns Columns(string way, int count) => new()
    {
        NextWordColumnName = null,
        ContinuationColumnName = "Continuation",
        ContinuationsColumnName = "Continuations",
        ContinuationScoresColumnName = "Scores",
        ContinuationCount = count,
        Generation = way switch
        {
            "beam" => new GenerationOptions { MaximumWords = 6, Beam = new BeamSearchOptions { Width = 3 } },
            "sampling" => new GenerationOptions { MaximumWords = 6, Sampling = new SamplingOptions { Seed = 4, Temperature = 1.5, TopK = 5, TopP = 0.9, MinP = 0.01 } },
            _ => null,
        },
    };

    private sealed class Progress(Action told) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => told();
    }
}
