namespace RnnLm.Tests.Mixtures;

public sealed class MixtureStateTests
{
    public static TheoryData<string> Cases => [.. MixtureCase.Names];

    public static TheoryData<string, Action<LanguageModel, RecurrentState>> Calls => new()
    {
        { "Fill", (model, state) => model.Fill(state, "w3 ___") },
        { "FindSuspects", (model, state) => model.FindSuspects(state, "w3 w4") },
        { "GenerateAlternatives", (model, state) => model.GenerateAlternatives(state, 2, new GenerationOptions { MaximumWords = 3, Beam = new() }) },
        { "GenerateWords", (model, state) => model.GenerateWords(state, new GenerationOptions { MaximumWords = 3 }).Count() },
        { "LogProbabilities", (model, state) => model.LogProbabilities(state, new float[model.Vocabulary.Count]) },
        { "NextPieces", (model, state) => model.NextPieces(state) },
        { "NextWordId", (model, state) => model.NextWordId(state) },
        { "NextWords", (model, state) => model.NextWords(state) },
        { "Read", (model, state) => model.Read(state, "w3") },
        { "Rescore", (model, state) => model.Rescore(new NBestList("u", [new Hypothesis("w3 w4", 1)]), state) },
        { "Score", (model, state) => model.Score([2, 3], state, new double[2]) },
        { "ScoreFrom", (model, state) => model.ScoreFrom(state, "w3 w4") },
    };

    private static float[] LogProbabilities(LanguageModel model, RecurrentState state)
    {
        var values = new float[MixtureCase.Words];
        model.LogProbabilities(state, values);
        return values;
    }

    private static void Read(LanguageModel model, RecurrentState state, IEnumerable<int> ids)
    {
        foreach (var id in ids) model.Network.Step(id, state);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_copy_goes_on_by_itself_wherever_it_was_made(string name)
    {
        var model = MixtureCase.Of(name).Model;
        var ids = RandomModels.Ids(200, MixtureCase.Words);
        foreach (var length in new[] { 0, 1, 30, 63, 64, 65, 128, 150 })
        {
            var state = model.Start();
            Read(model, state, ids[..length]);
            var (before, clone, copy) = (LogProbabilities(model, state), state.Clone(), model.Start());
            Read(model, copy, [7, 7, 9]);
            state.CopyTo(copy);

            Read(model, clone, ids.Reverse());
            Assert.Equal(before, LogProbabilities(model, state));
            Assert.Equal(before, LogProbabilities(model, copy));
            Read(model, state, ids[length..]);
            Read(model, copy, ids[length..]);
            var straight = model.Start();
            Read(model, straight, ids);
            Assert.Equal(LogProbabilities(model, straight), LogProbabilities(model, state));
            Assert.Equal(LogProbabilities(model, straight), LogProbabilities(model, copy));
            Assert.NotEqual(LogProbabilities(model, straight), LogProbabilities(model, clone));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_state_that_is_cleared_begins_anew(string name)
    {
        var model = MixtureCase.Of(name).Model;
        var state = model.Start();
        Read(model, state, RandomModels.Ids(100, MixtureCase.Words));
        state.Clear();
        Read(model, state, [Vocabulary.EndOfLineId, 5, 6]);
        Assert.Equal(LogProbabilities(model, model.Start("w5 w6")), LogProbabilities(model, state));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predicting_and_generating_leave_a_state_as_it_is(string name)
    {
        var model = MixtureCase.Of(name).Model;
        var state = model.Start("w5 w6 w5");
        var before = LogProbabilities(model, state);
        model.NextWords(state);
        model.NextWord(state);
        Assert.Equal(20, model.GenerateWords(state, new GenerationOptions { MaximumWords = 20, StopAtEndOfLine = false }).Count());
        Assert.Equal(before, LogProbabilities(model, state));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_state_of_another_model_is_refused(string name)
    {
        var (model, other) = (MixtureCase.Of(name).Model, MixtureCase.Of(name).Model);
        var state = other.Start();
        Assert.Throws<ArgumentException>("state", () => model.NextWords(state));
        Assert.Throws<ArgumentException>("state", () => model.NextWord(state));
        Assert.Throws<ArgumentException>("state", () => model.GenerateWords(state));
        Assert.Throws<ArgumentException>("state", () => model.Read(state, "w3"));
        Assert.Throws<ArgumentException>("state", () => model.Score([3], state, new double[1]));
        Assert.Throws<ArgumentException>("state", () => model.LogProbabilities(state, new float[MixtureCase.Words]));
        Assert.Throws<ArgumentException>("state", () => model.NextWords(model.Network.CreateState()));
        Assert.Throws<ArgumentException>("destination", () => state.CopyTo(model.Start()));
        Assert.Throws<ArgumentException>("destination", () => model.Network.CreateState().CopyTo(model.Start()));
        Assert.Throws<ArgumentException>("state", () => model.Network.Score([3], model.Start(), new double[1]));
    }

    [Fact]
    public void Many_threads_use_one_mixture_at_once()
    {
        var model = MixtureCase.Of("ensemble with everything").Model;
        var texts = Enumerable.Range(1, 40).Select(seed => string.Join(' ', RandomModels.Ids(60, MixtureCase.Words, seed).Select(id => MixtureCase.Vocabulary[id]))).ToArray();
        var expected = texts.Select(text => (model.Score(text).LogProbability, model.NextWords(text).ToString())).ToArray();
        Parallel.For(0, 200, i => Assert.Equal(expected[i % 40], (model.Score(texts[i % 40]).LogProbability, model.NextWords(texts[i % 40]).ToString())));
    }

    /// <summary>A network alone has no use for what goes along with a mixture's state, and would leave it behind.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public void The_state_of_a_mixture_is_refused_by_the_network_alone_whatever_it_is_asked_for(string call, Action<LanguageModel, RecurrentState> run)
    {
        var alone = RandomModels.Model();
        foreach (var mixture in (LanguageModel[])[alone.With(new NeuralCache()), LanguageModel.Ensemble([alone, RandomModels.Model(seed: 2)])])
        {
            Assert.True(Assert.Throws<ArgumentException>(() => run(alone, mixture.Start())) is { ParamName: "state" }, call);
            Assert.True(Assert.Throws<ArgumentException>(() => run(mixture, alone.Start())) is { ParamName: "state" }, call);
            run(mixture, mixture.Start());
        }
        run(alone, alone.Start());
    }
}
