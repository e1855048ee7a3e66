using Microsoft.ML;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Tests;

/// <summary>A prediction engine is for one thread at a time, which ML.NET asks for and does not check.</summary>
public sealed class OneThreadTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public async Task Two_threads_on_one_prediction_engine_are_refused_and_the_engine_from_then_on()
    {
        var data = mlContext.View("a b");
        var words = string.Join(' ', Enumerable.Repeat("a b c", 200));
        using var engine = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(
            mlContext.LanguageModeling.FromModel(Sample.Model("a", "b", "c"), Sample.FullOptions()).Fit(data));
        using var together = new Barrier(2);
        var refused = false;

        // What two threads do to ML.NET's own steps is not ours to say; that they do not go on for long is.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                while (!Volatile.Read(ref refused))
                    if (Record.Exception(() => engine.Predict(new TextRow { Text = words })) is InvalidOperationException) Volatile.Write(ref refused, true);
            },
            TaskCreationOptions.LongRunning)));

        var fault = Assert.Throws<InvalidOperationException>(() => engine.Predict(new TextRow { Text = "a" }));
        Assert.Contains("PredictionEnginePool", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_thread_after_the_other_may_use_an_engine()
    {
        var data = mlContext.View("a b");
        var model = Sample.Model("a", "b", "c");
        using var engine = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(mlContext.LanguageModeling.FromModel(model, Sample.FullOptions()).Fit(data));
        foreach (var text in new[] { "a", "b c", "", "c" })
            Assert.Equal(
                model.NextWord(text),
                (await Task.Factory.StartNew(() => engine.Predict(new TextRow { Text = text }), TaskCreationOptions.LongRunning)).NextWord);
    }

    [Fact]
    public void A_row_that_failed_does_not_look_like_a_second_thread()
    {
        var row = new Row();
        var mapping = new MappingStep<Row, object>((_, _) => throw new FormatException(), "").Mapping;
        for (var i = 0; i < 2; i++)
        {
            row.Number = 1;
            Assert.Throws<FormatException>(() => mapping(row, new object()));
        }
    }

    [Theory]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    public void Another_thread_is_noticed_before_the_work_in_it_and_at_its_end(bool before, bool fillsWithin, bool worksWithin)
    {
        var row = new Row();
        MappingStep<Row, object> step = null!;
        step = new MappingStep<Row, object>((_, _) => OnAnotherThread(() =>
        {
            if (fillsWithin) row.Number = 2;
            if (worksWithin) Assert.Throws<InvalidOperationException>(() => step.Mapping(row, new object()));
        }), "");
        row.Number = 1;
        if (before) OnAnotherThread(() => row.Number = 2);

        Assert.Throws<InvalidOperationException>(() => step.Mapping(row, new object()));
        row.Number = 3;
        Assert.Throws<InvalidOperationException>(() => step.Mapping(row, new object()));
    }

    private static void OnAnotherThread(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        thread.Join();
    }

    private sealed class Row : CursorInput
    {
        public int Number
        {
            get;
            set
            {
                field = value;
                FillIn();
            }
        }
    }
}
