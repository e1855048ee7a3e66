using RnnLm.Tests.Text;

namespace RnnLm.Tests.Embeddings;

/// <summary>Embeddings of texts and words, against states that are stepped word by word.</summary>
public sealed class EmbeddingTests
{
    private static readonly string[] Texts = ["w3 w4 w5", "", "w3", "w3 w4 strange w9", "w3 w4 w5", "w7 w7 w7 w7 w7 w2"];

    private static readonly Dictionary<string, Func<LanguageModel>> Models = new()
    {
        ["lstm"] = () => RandomModels.Model(),
        ["gru"] = () => RandomModels.Model(CellKind.Gru, layers: 3),
        ["projected"] = () => RandomModels.Model(CellKind.Cifg, projection: 3),
        ["tied"] = () => RandomModels.Model(tied: true),
        ["quantised"] = () => RandomModels.Model().Quantize(),
        ["cache"] = () => RandomModels.Model().With(new NeuralCache { Size = 3 }),
        ["ensemble"] = () => LanguageModel.Ensemble([RandomModels.Model(), RandomModels.Model(CellKind.Gru, hidden: 9, layers: 1, seed: 2)]),
    };

    public static TheoryData<string> ModelNames => [.. Models.Keys];

    /// <summary>The states after each word of a text, worked out one word after the other.</summary>
    private static float[][] StatesOf(LanguageModel model, string text, int[] layers, EmbeddedState which = EmbeddedState.Output)
    {
        var state = model.Network.CreateState();
        model.Network.Step(Vocabulary.EndOfLineId, state);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return [Values()];
        return [.. words.Select(word =>
        {
            model.Network.Step(model.Vocabulary.IdOf(word), state);
            return Values();
        })];

        float[] Values()
        {
            var values = new List<float>();
            foreach (var layer in layers) values.AddRange(which == EmbeddedState.Output ? state.Hidden(layer) : state.Cell(layer));
            return [.. values];
        }
    }

    private static float[] Pool(float[][] states, EmbeddingPooling pooling) => pooling switch
    {
        EmbeddingPooling.Last => states[^1],
        EmbeddingPooling.Mean => [.. Enumerable.Range(0, states[0].Length).Select(i => (float)states.Average(state => (double)state[i]))],
        _ => [.. Enumerable.Range(0, states[0].Length).Select(i => states.Max(state => state[i]))],
    };

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void An_embedding_is_what_hand_computation_makes_of_states_stepped_one_by_one(string name)
    {
        var model = Models[name]();
        var last = model.Shape.Layers - 1;
        int[] all = [.. Enumerable.Range(0, model.Shape.Layers)];
        var hasCell = model.Shape.Cell is CellKind.Lstm or CellKind.Cifg;
        foreach (var state in hasCell ? (EmbeddedState[])[EmbeddedState.Output, EmbeddedState.Cell] : [EmbeddedState.Output])
            foreach (var (options, layers) in ((EmbeddingOptions, int[])[])
            [
                (new() { State = state }, [last]), (new() { State = state, AllLayers = true }, all),
                (new() { State = state, Layers = [last, 0] }, [last, 0]), (new() { State = state, Layers = [0] }, [0]),
            ])
            {
                if (options.Layers is [_, _] && last == 0) continue;
                foreach (var pooling in Enum.GetValues<EmbeddingPooling>())
                {
                    options.Pooling = pooling;
                    var many = model.EmbedMany(Texts, options, new BatchOptions { Threads = 2 });
                    for (var i = 0; i < Texts.Length; i++)
                    {
                        var embedding = model.Embed(Texts[i], options);
                        Assert.Equal(model.GetEmbeddingSize(options), embedding.Length);
                        AssertClose(Pool(StatesOf(model, Texts[i], layers, state), pooling), embedding);
                        Assert.Equal(embedding, many[i]);
                        Assert.Equal(embedding, model.Embed(Texts[i].Split(' '), options));
                    }
                    Assert.Equal(many, model.EmbedMany(Texts.Select(text => text.Split(' ')), options, new BatchOptions { Threads = 1 }));
                }
                options.Pooling = null;
                foreach (var text in Texts.Where(text => text.Length > 0))
                {
                    Assert.Equal(StatesOf(model, text, layers, state), model.EmbedWords(text, options));
                    Assert.Equal(model.EmbedWords(text, options), model.EmbedWords([null, .. text.Split(' '), ""], options));
                }
            }
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void The_defaults_are_the_embedding_that_has_no_options(string name)
    {
        var model = Models[name]();
        foreach (var text in Texts) Assert.Equal(model.Embed(text), model.Embed(text, new EmbeddingOptions()));
        Assert.Equal(model.Shape.OutputSize, model.GetEmbeddingSize());
        Assert.Empty(model.EmbedWords(""));
        Assert.Empty(model.EmbedMany((string[])[]));
    }

    [Fact]
    public void More_texts_than_are_read_at_once_have_the_embeddings_of_one_by_one()
    {
        var model = RandomModels.Model();
        string[] texts = [.. Enumerable.Range(0, 500).Select(i => string.Join(' ', RandomModels.Ids(i % 9, 23, i).Select(id => $"w{id}")))];
        var options = new EmbeddingOptions { Pooling = EmbeddingPooling.Mean, AllLayers = true };
        Assert.Equal(texts.Select(text => model.Embed(text, options)), model.EmbedMany(texts, options, new BatchOptions { Threads = 3 }));
    }

    [Fact]
    public void A_member_of_an_ensemble_gives_its_own_embeddings()
    {
        var ensemble = Models["ensemble"]();
        foreach (var text in Texts)
        {
            Assert.Equal(ensemble.Members[1].Embed(text), ensemble.Embed(text, new EmbeddingOptions { Member = 1 }));
            Assert.Equal(ensemble.Embed(text), ensemble.Embed(text, new EmbeddingOptions { Member = 0 }));
        }
        Assert.Equal(9, ensemble.GetEmbeddingSize(new EmbeddingOptions { Member = 1 }));
        Assert.Equal(ensemble.Members[1].EmbedMany(Texts), ensemble.EmbedMany(Texts, new EmbeddingOptions { Member = 1 }));
    }

    [Fact]
    public void A_character_model_has_an_embedding_for_every_character()
    {
        var model = new LanguageModel(Tokenizer.Characters, new Vocabulary(["<unk>", "<eos>", "c", "a", "t", " "]), RandomModels.Weights(CellKind.Gru, vocabulary: 6));
        Assert.Equal(5, model.EmbedWords("a cat").Count);
        Assert.Equal(model.Embed("a cat"), model.EmbedWords("a cat")[^1]);
    }

    [Fact]
    public void What_makes_no_sense_is_refused_with_what_would_be_right()
    {
        var (lstm, gru, ensemble) = (Models["lstm"](), Models["gru"](), Models["ensemble"]());
        Refuse(lstm, new() { Layers = [2] }, "Layers is 2; it must be from 0 to 1, as the network has 2 layers.");
        Refuse(lstm, new() { Layers = [] }, "Layers is empty");
        Refuse(lstm, new() { Layers = [0, 0] }, "each once");
        Refuse(lstm, new() { Layers = [-1] }, "Layers is -1");
        Refuse(lstm, new() { Layers = [0], AllLayers = true }, "AllLayers is true");
        using (new CurrentCulture("sv-SE")) Refuse(lstm, new() { Layers = [-1, 2] }, "Layers is -1, 2; it must be the indices of layers");
        Refuse(gru, new() { State = EmbeddedState.Cell }, "gru cells have no cell state, as lstm, cifg have");
        Refuse(lstm, new() { Member = 0 }, "Member is 0; it must be left as it is: the model is no ensemble.");
        Refuse(ensemble, new() { Member = 2 }, "Member is 2; it must be from 0 to 1.");
        Refuse(ensemble, new() { Member = -1 }, "Member is -1");
        Refuse(ensemble, new() { Member = 1, State = EmbeddedState.Cell }, "gru cells have no cell state");
        Refuse(lstm, new() { Pooling = (EmbeddingPooling)7 }, "Pooling is 7");
        Refuse(lstm, new() { State = (EmbeddedState)7 }, "State is 7");
        Assert.Contains("nothing is pooled", Assert.Throws<ArgumentOutOfRangeException>(() => lstm.EmbedWords("w3", new() { Pooling = EmbeddingPooling.Mean })).Message);
        Assert.Contains("index 1 is null", Assert.Throws<ArgumentException>(() => lstm.EmbedMany(["w3", null!])).Message);
        Assert.Throws<OperationCanceledException>(() => lstm.Embed("w3", new EmbeddingOptions(), new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => lstm.EmbedMany(Texts, batch: new BatchOptions { CancellationToken = new CancellationToken(canceled: true) }));

        static void Refuse(LanguageModel model, EmbeddingOptions options, string fault)
        {
            foreach (var use in (Action[])[() => model.Embed("w3", options), () => model.EmbedMany(["w3"], options), () => model.GetEmbeddingSize(options)])
                Assert.Contains(fault, Assert.Throws<ArgumentOutOfRangeException>(use).Message, StringComparison.Ordinal);
        }
    }
}
