using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using Xunit.Abstractions;

namespace RnnLm.Transforms.Tests;

/// <summary>A pipeline with every column that there is: what it says, what it weighs, and what it computes.</summary>
public sealed class AllColumnsTests(ITestOutputHelper output)
{
    private static readonly string[] Texts =
    [
        "the cat ___ on the mat . A dog saw the bird .", "", "zebra sang", "The dog sat on the rug . The bird sang . A cat heard the dog . The cat ran to the ___ .", "the bird\nsa",
    ];

    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string> Options => [.. LanguageModelColumns.Outputs.Select(output => output.Option)];

    [Fact]
    public void A_pipeline_of_every_column_that_was_trained_and_saved_says_what_each_column_says_alone()
    {
        var options = new RecurrentNetworkOptions { Training = Sample.Training() };
        options.Training.Layers = 2;
        foreach (var column in LanguageModelColumns.Outputs) column.SetName(options, column.Option);
        SetOptions(options);
        var data = mlContext.View(Sample.Lines);
        var fitted = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data);
        var prompts = mlContext.View(Texts);

        var loaded = mlContext.SaveAndLoad(fitted, data);

        var together = loaded.Transform(prompts);
        Assert.Equal(["Text", .. LanguageModelColumns.Outputs.Select(column => column.Option)], together.Schema.VisibleColumns());
        foreach (var column in LanguageModelColumns.Outputs)
        {
            var alone = mlContext.LanguageModeling.FromModel(fitted.Model, Alone(column)).Fit(prompts).Transform(prompts).ElementsOf(column.Option);
            Assert.Equal(alone, fitted.Transform(prompts).ElementsOf(column.Option));
            Assert.Equal(alone, together.ElementsOf(column.Option));
        }
    }

    [Fact]
    public void Every_column_costs_a_saved_pipeline_a_twentieth_of_its_size_at_most()
    {
        var model = LargeModel();
        var one = SizeOf(new LanguageModelColumns());
        var all = SizeOf(All());
        output.WriteLine(FormattableString.Invariant($"One column: {one:N0} bytes; every column ({LanguageModelColumns.Outputs.Count}): {all:N0} bytes, {100.0 * (all - one) / one:F2} % more."));
        Assert.InRange(all, one, (long)(1.05 * one));

        long SizeOf(LanguageModelColumns columns)
        {
            using var zip = new MemoryStream();
            var data = mlContext.View(Texts);
            mlContext.Model.Save(mlContext.LanguageModeling.FromModel(model, columns).Fit(data), data.Schema, zip);
            return zip.Length;
        }
    }

    [Fact]
    public void However_many_columns_are_read_a_loaded_pipeline_makes_one_network()
    {
        var model = WideModel();
        var embedding = (long)model.Network.Weights.Embedding.Values.Length * sizeof(float);
        var data = mlContext.View("the cat");
        var loaded = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(model, All()).Fit(data), data);

        var mapper = loaded.GetRowToRowMapper(data.Schema);
        using var source = data.GetRowCursor(data.Schema);
        source.MoveNext();

        var first = AllocatedBy(nameof(LanguageModelColumns.WordCountColumnName));
        var network = loaded.GetLanguageModel().Model;
        long[] others = [.. LanguageModelColumns.Outputs.Select(column => AllocatedBy(column.Option))];

        output.WriteLine(FormattableString.Invariant($"The embedding has {embedding:N0} bytes; {first:N0} were allocated to read the first column, {others.Max():N0} at most to read each of all."));
        Assert.True(first >= embedding, $"{first} bytes cannot hold the embedding, of {embedding}.");
        for (var i = 0; i < others.Length; i++)
            Assert.True(others[i] < embedding / 2, $"{LanguageModelColumns.Outputs[i].Option} took {others[i]} bytes: it may have made a network of its own, of {embedding}.");
        Assert.Same(network, loaded.GetLanguageModel().Model);

        // By a row that is mapped on this thread: cursors have threads of their own.
        long AllocatedBy(string option)
        {
            var column = mapper.OutputSchema[option];
            var read = typeof(AllColumnsTests).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(column.Type.RawType);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var row = mapper.GetRow(source, [column]);
            read.Invoke(null, [row, column]);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void A_column_that_is_read_needs_no_step_of_another(string option)
    {
        var read = LanguageModelColumns.Outputs.Single(column => column.Option == option);
        var data = mlContext.View(Texts);
        var loaded = (IEnumerable<ITransformer>)mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(SmallModel(), All()).Fit(data), data);
        var schema = data.Schema;
        var mappers = new List<IRowToRowMapper>();
        foreach (var step in loaded)
        {
            mappers.Add(step.GetRowToRowMapper(schema));
            schema = mappers[^1].OutputSchema;
        }
        IEnumerable<DataViewSchema.Column> columns = [schema[option]];
        var active = new HashSet<string>();
        foreach (var mapper in Enumerable.Reverse(mappers))
        {
            columns = [.. mapper.GetDependencies(columns)];
            active.UnionWith(columns.Select(column => column.Name));
        }

        var steps = LanguageModelColumns.Outputs.SelectMany(column => column.Before(InputKind.Text).Append(column.Step)).Distinct();
        Assert.Contains(read.Step.OutputColumns, active.Contains);
        foreach (var step in steps.Except(read.Before(InputKind.Text).Append(read.Step)))
            Assert.DoesNotContain(step.OutputColumns, active.Contains);
    }

    [Fact]
    public void A_column_that_no_value_can_be_made_of_hinders_no_other()
    {
        var data = mlContext.View("the ___ saw ___");
        var transformed = mlContext.LanguageModeling.FromModel(SmallModel(), All()).Fit(data).Transform(data);
        foreach (var column in LanguageModelColumns.Outputs)
        {
            var fault = Record.Exception(() => transformed.ElementsOf(column.Option));
            Assert.Equal(column.Option.StartsWith("Filled", StringComparison.Ordinal), fault is not null);
        }
    }

    private static void Read<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var value = default(T)!;
        row.GetGetter<T>(column)(ref value);
    }

    private static LanguageModelColumns All()
    {
        var all = new LanguageModelColumns();
        foreach (var column in LanguageModelColumns.Outputs) column.SetName(all, column.Option);
        SetOptions(all);
        return all;
    }

    /// <summary>A column by itself, with the options that have an effect on it.</summary>
    private static LanguageModelColumns Alone(OutputColumn column)
    {
        var (all, alone) = (new LanguageModelColumns(), new LanguageModelColumns { NextWordColumnName = null });
        SetOptions(all);
        column.SetName(alone, column.Option);
        (alone.NextWordCount, alone.Exclude) = (all.NextWordCount, all.Exclude);
        if (column.Option.StartsWith("Suggestion", StringComparison.Ordinal)) alone.Suggestions = all.Suggestions;
        if (column.Option.StartsWith("Continuation", StringComparison.Ordinal)) alone.Generation = all.Generation;
        if (column.Option is nameof(LanguageModelColumns.ContinuationsColumnName) or nameof(LanguageModelColumns.ContinuationScoresColumnName)) alone.ContinuationCount = all.ContinuationCount;
        if (alone.FeaturesColumnName is not null) alone.Embedding = all.Embedding;
        if (column.Option.StartsWith("Filled", StringComparison.Ordinal)) alone.Filling = all.Filling;
        if (column.Option.StartsWith("Suspect", StringComparison.Ordinal)) alone.Suspects = all.Suspects;
        if (alone.Explains) alone.Reasons = all.Reasons;
        if (alone.SummaryColumnName is not null) alone.Summary = all.Summary;
        try
        {
            (alone.UnknownWords, alone.UnknownWordLogProbability) = (all.UnknownWords, all.UnknownWordLogProbability);
            alone.Validate();
        }
        catch (ArgumentException)
        {
            (alone.UnknownWords, alone.UnknownWordLogProbability) = (UnknownWordPolicy.Counted, null);
        }
        return alone;
    }

    /// <summary>Options of every kind of column that are not what they are by themselves.</summary>
    private static void SetOptions(LanguageModelColumns columns)
    {
        (columns.NextWordCount, columns.Exclude) = (3, SpecialWords.Unknown);
        (columns.UnknownWords, columns.UnknownWordLogProbability) = (UnknownWordPolicy.Penalized, -9);
        (columns.Generation, columns.ContinuationCount) = (new GenerationOptions { MaximumWords = 4, Beam = new BeamSearchOptions { Width = 3 } }, 2);
        columns.Embedding = new EmbeddingOptions { AllLayers = true, Pooling = EmbeddingPooling.Mean };
        columns.Filling = new FillColumnOptions { Candidates = ["sat", "cat", "dog the"], Count = 2 };
        columns.Suspects = new SuspectOptions { Rarity = 0, Shortlist = 3 };
        columns.Reasons = new ReasonColumnOptions { Method = InfluenceMethod.UnknownWord };
        columns.Summary = new SummaryOptions { Sentences = 1 };
        columns.Suggestions = new SuggestionOptions { Count = 2 };
    }

    private static LanguageModel SmallModel() => Sample.Model("the", "cat", "dog", "a", "sat", "saw");

    /// <summary>A network with an embedding of many megabytes, nearly all of them zeros.</summary>
    private static LanguageModel WideModel()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", "the", "cat", "sat", "dog", .. Enumerable.Range(0, 10_000).Select(i => $"w{i}")]);
        var weights = new NetworkWeights(new NetworkShape { Cell = CellKind.Elman, VocabularySize = vocabulary.Count, EmbeddingSize = 200, HiddenSize = 4, Layers = 1 });
        for (var i = 0; i < 4_000; i++) weights.Embedding.Values[i] = MathF.Sin(i);
        return new LanguageModel(Tokenizer.Whitespace, vocabulary, weights);
    }

    /// <summary>A network of two megabytes, of weights that no archive makes smaller.</summary>
    private static LanguageModel LargeModel()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", "the", "cat", "sat", "dog", .. Enumerable.Range(0, 2_000).Select(i => $"w{i}")]);
        var weights = new NetworkWeights(new NetworkShape { Cell = CellKind.Lstm, VocabularySize = vocabulary.Count, EmbeddingSize = 100, HiddenSize = 100, Layers = 2 });
        var random = new Random(1);
        foreach (var parameter in weights.Parameters)
            foreach (ref var value in parameter.Values.AsSpan()) value = (float)((2 * random.NextDouble()) - 1) / 10;
        return new LanguageModel(Tokenizer.Whitespace, vocabulary, weights);
    }
}
