namespace RnnLm.Tests.PyTorch;

/// <summary>What other programs write, and this one does not.</summary>
public sealed class ImportTests
{
    private static readonly LanguageModel Model = RandomModels.Model(CellKind.Lstm, vocabulary: 9);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(2, 5)]
    [InlineData(5, 2)]
    [InlineData(8, 0)]
    [InlineData(0, 8)]
    [InlineData(7, 8)]
    [InlineData(8, 7)]
    public void The_special_words_may_be_anywhere_and_rows_follow_their_words(int unknown, int endOfLine)
    {
        // order: for each id in the file, the id in the model
        var order = Enumerable.Range(2, 7).ToList();
        foreach (var (place, id) in new[] { (unknown, 0), (endOfLine, 1) }.Order()) order.Insert(place, id);
        float[] Reorder(float[] values)
        {
            var columns = values.Length / order.Count;
            return [.. order.SelectMany(id => values[(id * columns)..((id + 1) * columns)])];
        }

        using var folder = new PyTorchFolder(Model);
        File.WriteAllLines(folder.Vocabulary, order.Select(id => Model.Vocabulary[id]));
        folder.ChangeWeights(weights =>
        {
            foreach (var name in (string[])["encoder.weight", "decoder.weight", "decoder.bias"]) weights[name] = Reorder(weights[name]);
        });
        RoundTripTests.AssertSameModel(Model, folder.Import());
    }

    [Fact]
    public void The_rows_of_a_tied_matrix_are_moved_once()
    {
        var tied = RoundTripTests.ModelOf(CellKind.Gru, 1, tied: true);
        using var folder = new PyTorchFolder(tied);
        folder.ChangeWords(words => (words[0], words[1]) = (words[1], words[0]));
        folder.ChangeWeights(weights =>
        {
            foreach (var name in (string[])["encoder.weight", "decoder.weight", "decoder.bias"])
            {
                var columns = (int)weights.Shape(name).ElementAtOrDefault(1);
                if (columns == 0) columns = 1;
                var values = weights[name];
                weights[name] = [.. values[columns..(2 * columns)], .. values[..columns], .. values[(2 * columns)..]];
            }
        });
        RoundTripTests.AssertSameModel(tied, folder.Import());
    }

    [Fact]
    public void The_special_words_may_have_other_names()
    {
        using var folder = new PyTorchFolder(Model);
        folder.ChangeWords(words => (words[0], words[1]) = ("UNK", "</s>"));
        var imported = folder.Import(new PyTorchImportOptions { UnknownWord = "UNK", EndOfLineWord = "</s>" });
        Assert.Equal(("UNK", "</s>"), (imported.Vocabulary.UnknownWord, imported.Vocabulary.EndOfLineWord));
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Relu)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    public void The_two_biases_are_summed_but_for_the_n_gate_of_a_GRU(CellKind cell)
    {
        var model = RandomModels.Model(cell, hidden: 7, layers: 1);
        using var folder = new PyTorchFolder(model);
        float[] second = [];
        folder.ChangeWeights(weights =>
        {
            second = [.. Enumerable.Range(0, weights["rnn.bias_hh_l0"].Length).Select(i => 0.25f * i)];
            weights["rnn.bias_hh_l0"] = second;
        });
        var imported = folder.Import(RoundTripTests.OptionsFor(cell)).Network.Weights.Layers[0];
        var ours = model.Network.Weights.Layers[0];
        var summed = cell == CellKind.Gru ? 14 : second.Length;
        Assert.Equal(ours.Bias.Values.Select((value, i) => i < summed ? value + second[i] : value), imported.Bias.Values);
        Assert.Equal(cell == CellKind.Gru ? second[14..] : null, imported.RecurrentBias?.Values);
    }

    [Theory]
    [InlineData("encoder.weight")]
    [InlineData("decoder.weight")]
    public void A_tied_matrix_may_be_there_under_one_name_only(string missing)
    {
        var model = RoundTripTests.ModelOf(CellKind.Lstm, 2, tied: true);
        using var folder = new PyTorchFolder(model);
        folder.ChangeWeights(weights => weights.Remove(missing));
        var imported = folder.Import();
        Assert.True(imported.Shape.Tied);
        RoundTripTests.AssertSameModel(model, imported);
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("module._orig_mod.")]
    [InlineData("_orig_mod.module.")]
    [InlineData("model.")]
    [InlineData("wrapper.rnn.")]
    public void Names_may_begin_with_those_of_the_modules_around_the_model(string prefix)
    {
        using var folder = new PyTorchFolder(Model);
        folder.ChangeWeights(weights => weights.Rename(name => prefix + name));
        RoundTripTests.AssertSameModel(Model, folder.Import());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    public void A_vocabulary_without_an_unknown_word_gets_one_where_that_is_asked_for(int endOfLine)
    {
        // "<unk>" is a word like any other here, and the end-of-line word stands where it likes.
        using var folder = new PyTorchFolder(Model);
        var words = Model.Vocabulary.Where(word => word is not ("<unk>" or "<eos>")).Prepend("w0").ToList();
        words.Insert(endOfLine, "<eos>");
        File.WriteAllLines(folder.Vocabulary, words);
        var refused = Assert.Throws<ModelFormatException>(() => folder.Import());
        Assert.Contains("have it added by AddUnknownWord", refused.Message, StringComparison.Ordinal);

        var imported = folder.Import(new PyTorchImportOptions { AddUnknownWord = true });

        Assert.Equal(["<unk>", "<eos>", .. words.Where(word => word != "<eos>")], imported.Vocabulary);
        var (state, text) = (imported.Start(), Model.Network.CreateState());
        Model.Network.Step(endOfLine, text);
        foreach (var word in (string[])["w0", words[^1], "<eos>", words[3]])
        {
            imported.Read(state, word);
            Model.Network.Step(words.IndexOf(word), text);
        }
        var (ours, theirs) = (new float[imported.Vocabulary.Count], new float[words.Count]);
        imported.Network.LogProbabilities(state, ours);
        Model.Network.LogProbabilities(text, theirs);
        Assert.All(words, word => Assert.Equal(theirs[words.IndexOf(word)], ours[imported.Vocabulary.IdOf(word)], 1e-5f));
        Assert.True(ours[0] < theirs.Min() - 15);
    }

    [Fact]
    public void An_unknown_word_that_is_there_is_not_added()
    {
        using var folder = new PyTorchFolder(Model);
        var refused = Assert.Throws<ModelFormatException>(() => folder.Import(new PyTorchImportOptions { AddUnknownWord = true }));
        Assert.Contains("The vocabulary has the unknown word \"<unk>\" on line 1; it need not be added.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_begin_in_different_ways_are_refused_with_how()
    {
        using var folder = new PyTorchFolder(Model);
        folder.ChangeWeights(weights => weights.Rename(name => (name.StartsWith("encoder", StringComparison.Ordinal) ? "a." : "b.") + name));
        var refused = Assert.Throws<ModelFormatException>(() => folder.Import());
        Assert.Contains("The names of the tensors begin in different ways (\"a.\", \"b.\"); keep those of one network.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_of_one_shape_that_differ_are_not_tied()
    {
        var model = RandomModels.Model(CellKind.Lstm, embedding: 7, hidden: 7);
        using var folder = new PyTorchFolder(model);
        Assert.False(folder.Import().Shape.Tied);
    }

    [Fact]
    public void Other_floating_point_types_are_read()
    {
        // Small multiples of a quarter are the same in all of them.
        var weights = RandomModels.Weights(CellKind.Lstm, layers: 1);
        foreach (var parameter in weights.Parameters)
            for (var i = 0; i < parameter.Values.Length; i++) parameter.Values[i] = MathF.Round(8 * parameter.Values[i]) / 4;
        var model = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(weights.Shape.VocabularySize), weights);
        using var folder = new PyTorchFolder(model);
        folder.ChangeWeights(file =>
        {
            file.SetType("encoder.weight", "F64", value => BitConverter.GetBytes((double)value));
            file.SetType("rnn.weight_ih_l0", "F16", value => BitConverter.GetBytes((Half)value));
            file.SetType("rnn.weight_hh_l0", "BF16", value => BitConverter.GetBytes(value)[2..]);
        });
        RoundTripTests.AssertSameModel(model, folder.Import());
    }

    [Theory]
    [InlineData("\r\n", true)]
    [InlineData("\n", false)]
    public void The_vocabulary_may_have_the_line_ends_of_Windows_or_none_at_its_end(string lineEnd, bool atEnd)
    {
        using var folder = new PyTorchFolder(Model);
        File.WriteAllText(folder.Vocabulary, string.Join(lineEnd, Model.Vocabulary) + (atEnd ? lineEnd : ""));
        RoundTripTests.AssertSameModel(Model, folder.Import());
    }

    [Fact]
    public void An_imported_model_is_saved_and_loaded_like_any_other()
    {
        using var folder = new PyTorchFolder(Model);
        folder.Import(new PyTorchImportOptions { Tokenizer = Tokenizer.Text(lowerCase: true) }).Save(folder.PathOf("model.rnnlm"));
        var loaded = LanguageModel.Load(folder.PathOf("model.rnnlm"));
        RoundTripTests.AssertSameModel(Model, loaded);
        Assert.Equal("text", loaded.Tokenizer.Name);
    }

    [Fact]
    public void Options_that_cannot_be_are_named_at_once()
    {
        using var folder = new PyTorchFolder(Model);
        var fault = Assert.Throws<ArgumentException>(
            () => folder.Import(new PyTorchImportOptions { Tokenizer = null!, Cell = (CellKind)9, UnknownWord = "", EndOfLineWord = "" }));
        foreach (var option in (string[])["Tokenizer", "Cell is 9", "UnknownWord", "EndOfLineWord"]) Assert.Contains(option, fault.Message);
        Assert.Contains("must differ", Assert.Throws<ArgumentException>(() => folder.Import(new PyTorchImportOptions { UnknownWord = "<eos>" })).Message);
    }
}
