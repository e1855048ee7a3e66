using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Adaptation;

/// <summary>A model that learns from the words that it is given one by one.</summary>
public sealed class AdaptiveReaderTests
{
    [Theory]
    [InlineData(CellKind.Lstm, true, false)]
    [InlineData(CellKind.Gru, false, false)]
    [InlineData(CellKind.Elman, true, true)]
    public void Word_by_word_it_predicts_what_the_evaluation_of_the_text_has(CellKind cell, bool tied, bool ensemble)
    {
        var model = Streams.Model(cell, tied).With(new NeuralCache { Size = 12, Weight = 0.2 });
        if (ensemble) model = LanguageModel.Ensemble([model, Streams.Model(CellKind.Lstm)]);
        model = model.With(new DynamicEvaluation { LearningRate = 0.2, Window = 6 });
        var text = Streams.Text(model, 100);
        var expected = Streams.LogProbabilities(model, text, model.DynamicEvaluation!);
        using var reader = new AdaptiveReader(model);
        var room = new float[model.Vocabulary.Count];
        for (var i = 0; i < text.Count; i++)
        {
            reader.LogProbabilities(room);
            Assert.Equal(expected[i], room[text.Ids.Span[i]], 1e-3);
            reader.Read(text.Ids.Span[i]);
        }
        Assert.Equal(text.Count, reader.WordsRead);
    }

    [Fact]
    public void It_comes_to_expect_what_it_has_read_often()
    {
        var model = Streams.Model();
        using var reader = new AdaptiveReader(model, new DynamicEvaluation { Window = 4 });
        for (var i = 0; i < 120; i++)
        {
            reader.Read("word7 word8 word9");
            reader.EndLine();
        }
        reader.ReadWord("word7");
        reader.ReadWord("");
        Assert.Equal((120 * 4) + 1, reader.WordsRead);
        using var fresh = new AdaptiveReader(model);
        fresh.Read("word7");
        var (now, before) = (new float[53], new float[53]);
        reader.LogProbabilities(now);
        fresh.LogProbabilities(before);
        Assert.True(now[8] > before[8]);
        Assert.True(now[30] < before[30]);
        Assert.Contains("word8", reader.NextWords(5).Select(word => word.Word));
    }

    [Fact]
    public void What_it_forgets_it_has_never_read()
    {
        var model = Streams.Model().With(new NeuralCache { Size = 20 });
        var checksum = model.ComputeChecksum();
        using var reader = new AdaptiveReader(model);
        using var other = new AdaptiveReader(model);
        var ids = Cases.Stream(model.Shape, 70);
        foreach (var id in ids) reader.Read(id);
        reader.Forget();
        Assert.Equal(0, reader.WordsRead);
        foreach (var id in ids[..47])
        {
            reader.Read(id);
            other.Read(id);
        }
        Assert.Equal(other.NextWords(5), reader.NextWords(5));
        Assert.Equal(checksum, model.ComputeChecksum());
    }

    [Fact]
    public void The_model_that_it_gives_is_of_the_weights_of_that_moment()
    {
        var model = Streams.Model();
        using var reader = new AdaptiveReader(model, new DynamicEvaluation { Window = 4 });
        var ids = Cases.Stream(model.Shape, 40);
        foreach (var id in ids[..20]) reader.Read(id);
        var taken = reader.ToModel();
        var checksum = taken.ComputeChecksum();
        Assert.NotEqual(model.ComputeChecksum(), checksum);
        foreach (var id in ids[20..]) reader.Read(id);
        Assert.Equal(checksum, taken.ComputeChecksum());
        Assert.NotEqual(checksum, reader.ToModel().ComputeChecksum());
    }

    [Fact]
    public void Bad_input_is_refused_and_changes_nothing()
    {
        var model = Streams.Model();
        using var reader = new AdaptiveReader(model);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(53));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.NextWords(0));
        Assert.Throws<ArgumentNullException>(() => reader.Read(null!));
        Assert.Throws<OperationCanceledException>(() => reader.Read("word2", new CancellationToken(true)));
        Assert.Equal(0, reader.WordsRead);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveReader(model, threads: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveReader(model, new DynamicEvaluation { Window = 0 }));
    }
}
