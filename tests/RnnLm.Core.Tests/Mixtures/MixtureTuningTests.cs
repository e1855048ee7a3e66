using RnnLm.Mixtures;

namespace RnnLm.Tests.Mixtures;

public sealed class MixtureTuningTests
{
    private const int Words = MixtureCase.Words;

    /// <summary>A text whose lines repeat themselves, so that a cache is of use.</summary>
    private static TokenStream Stream(int seed = 1, int count = 1500)
    {
        var (random, ids) = (new Random(seed), new List<int>());
        while (ids.Count < count) ids.Add(ids.Count > 20 && random.Next(3) > 0 ? ids[^random.Next(1, 20)] : random.Next(Words));
        return new([.. ids], 1, 0, 0);
    }

    private static LanguageModel Model => RandomModels.Model(vocabulary: Words);

    public static TheoryData<string> Cases => ["cache", "adaptive softmax and cache", "n-gram model", "cache and n-gram model", "ensemble", "ensemble with everything"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_found_reaches_what_it_says_and_nothing_near_it_is_better(string name)
    {
        var (model, stream) = (MixtureCase.Of(name).Model, Stream());
        var options = new MixtureTuningOptions { CacheSizes = [200, 10, 50], NGram = RandomNGrams.Model(MixtureCase.Vocabulary, seed: 9) };
        var result = model.TuneMixture(stream, options);
        var bare = model.WithoutCache().WithoutNGram();
        Assert.Equal(bare.Evaluate(stream).Perplexity, result.PerplexityBefore, 1e-3);
        Assert.Equal(stream.Count, result.Words);
        Assert.NotNull(result.Cache);
        Assert.NotNull(result.NGram);
        double Perplexity(NeuralCache cache, double weight) => bare.With(cache).With(result.NGram with { Weight = weight }).Evaluate(stream).Perplexity;
        var best = Perplexity(result.Cache, result.NGram.Weight);
        Assert.Equal(best, result.Perplexity, 1e-3);
        Assert.True(best < result.PerplexityBefore);
        foreach (var factor in new[] { 0.8, 1.25 })
        {
            Assert.True(best < Perplexity(result.Cache with { Weight = Math.Min(0.999, result.Cache.Weight * factor) }, result.NGram.Weight));
            Assert.True(best < Perplexity(result.Cache, result.NGram.Weight * factor));
        }
        foreach (var size in new[] { 200, 10, 50 }) Assert.True(best < Perplexity(result.Cache with { Size = size }, result.NGram.Weight) + 1e-3);
        foreach (var sharpness in new[] { 0, 0.1, 0.65, 2 }) Assert.True(best < Perplexity(result.Cache with { Sharpness = sharpness }, result.NGram.Weight) + 1e-3);
    }

    [Fact]
    public void The_result_is_the_same_whatever_the_number_of_threads()
    {
        var (model, stream) = (MixtureCase.Of("ensemble with everything").Model, Stream(count: 3000));
        MixtureTuningResult Tune(int threads) => model.TuneMixture(stream, new MixtureTuningOptions { Threads = threads, CacheSizes = [20, 100] });
        var expected = Tune(1);
        foreach (var threads in new[] { 2, 3 }) Assert.Equal(expected, Tune(threads));
    }

    [Fact]
    public void A_cache_alone_and_an_n_gram_model_alone_are_found()
    {
        var stream = Stream();
        var cache = Model.TuneMixture(stream, new MixtureTuningOptions { CacheSizes = [20] });
        Assert.Null(cache.NGram);
        Assert.Equal(20, cache.Cache!.Size);
        var nGram = Model.TuneMixture(stream, new MixtureTuningOptions { CacheSizes = [], NGram = RandomNGrams.Model(MixtureCase.Vocabulary) });
        Assert.Null(nGram.Cache);
        Assert.Equal(nGram.Perplexity, Model.With(nGram.NGram!).Evaluate(stream).Perplexity, 1e-3);
    }

    [Fact]
    public void A_cache_of_no_use_is_left_out()
    {
        // Every word once, and then never again.
        int[] ids = [.. Enumerable.Range(0, Words)];
        var result = Model.TuneMixture(new TokenStream(ids, 1, 0, 0));
        Assert.Null(result.Cache);
        Assert.Equal(result.PerplexityBefore, result.Perplexity, 1e-9);
    }

    [Fact]
    public void A_text_of_one_word_is_enough()
    {
        var result = Model.TuneMixture(new TokenStream(new[] { 5 }, 1, 0, 0), new MixtureTuningOptions { NGram = RandomNGrams.Model(MixtureCase.Vocabulary) });
        Assert.Equal(1, result.Words);
        Assert.Null(result.Cache);
    }

    [Fact]
    public void Of_a_text_too_long_to_keep_some_stretches_are_measured()
    {
        Assert.Equal(1, MixtureTuning.PeriodFor(217_646, 4 * 13));
        Assert.Equal(1, MixtureTuning.PeriodFor(1 << 20, 64));
        Assert.Equal(2, MixtureTuning.PeriodFor((1 << 20) + 1, 64));
        Assert.Equal(1, MixtureTuning.PeriodFor(int.MaxValue, 0));
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        var told = new List<double>();
        Model.TuneMixture(Stream(), new MixtureTuningOptions { CacheSizes = [20], Progress = new Listener(told) });
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
    }

    [Fact]
    public void Every_fault_of_the_options_is_named()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => Model.TuneMixture(Stream(), new MixtureTuningOptions { CacheSizes = [0, 10, 70_000], Threads = 0 }));
        foreach (var option in new[] { "CacheSizes[0] is 0", "CacheSizes[2] is 70,000", "Threads is 0" }) Assert.Contains(option, fault.Message);
        Assert.Contains("nothing to tune", Assert.Throws<ArgumentOutOfRangeException>(() => Model.TuneMixture(Stream(), new MixtureTuningOptions { CacheSizes = [] })).Message);
        Assert.Throws<ArgumentException>(() => Model.TuneMixture(Stream(), new MixtureTuningOptions { NGram = RandomNGrams.Model(RandomModels.Words(50)) }));
    }

    private sealed class Listener(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
