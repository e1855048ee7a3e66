using RnnLm.Tests.Mixtures;
using static RnnLm.Tests.Persistence.ChangedModelFiles;

namespace RnnLm.Tests.Persistence;

/// <summary>Model files of models with a cache, an n-gram model or members, whole and damaged.</summary>
public class MixtureFileTests
{
    private static readonly LanguageModel Small = RandomModels.Model(CellKind.Elman, vocabulary: 5, embedding: 2, hidden: 2, layers: 1);
    private static readonly LanguageModel Model = LanguageModel.Ensemble(
        [
            Small.With(new NeuralCache { Size = 7, Weight = 0.25, Sharpness = 0.5 }),
            RandomModels.Model(CellKind.Gru, vocabulary: 5, embedding: 2, hidden: 3, layers: 1, seed: 2)
                .With(new NGramInterpolation { Model = RandomNGrams.Model(RandomModels.Words(5)), Weight = 0.125 }),
        ],
        [3, 1])
        .With(new NGramInterpolation { Model = RandomNGrams.Model(new Vocabulary(["<unk>", "<eos>", "w4", "w2", "w3"]), seed: 3), Weight = 0.5 });

    private static readonly byte[] File = ModelFileTests.FileOf(Model);

    public static TheoryData<string> Cases => [.. MixtureCase.Names];

    private static byte[] With(string key, string value) => Changed(File, file => file.Metadata[key] = value);

    private static byte[] Without(string key) => Changed(File, file => file.Metadata.Remove(key));

    private static void AssertSame(LanguageModel expected, LanguageModel actual)
    {
        ModelFileTests.AssertEqual(expected, actual);
        Assert.Equal(expected.ToString(), actual.ToString());
        Assert.Equal(expected.Cache, actual.Cache);
        Assert.Equal(expected.NGram?.Weight, actual.NGram?.Weight);
        Assert.Equal(expected.NGram?.Model.Vocabulary, actual.NGram?.Model.Vocabulary);
        Assert.Equal(expected.NGram?.Model.Tokenizer.Settings, actual.NGram?.Model.Tokenizer.Settings);
        Assert.Equal(expected.NGram?.Model.Training.Options, actual.NGram?.Model.Training.Options);
        Assert.Equal(expected.MemberWeights, actual.MemberWeights);
        Assert.Equal(expected.Members.Count, actual.Members.Count);
        foreach (var (member, other) in expected.Members.Zip(actual.Members)) AssertSame(member, other);
        Assert.Equal(expected.Score("w2 w3 w4 w2").Words, actual.Score("w2 w3 w4 w2").Words);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_saved_mixture_is_loaded_as_it_was_also_in_8_bits(string name)
    {
        var model = MixtureCase.Of(name).Model;
        foreach (var saved in new[] { model, model.Quantize() })
        {
            var file = ModelFileTests.FileOf(saved);
            var loaded = ModelFileTests.ModelOf(file);
            AssertSame(saved, loaded);
            Assert.Equal(saved.IsQuantized, loaded.IsQuantized);
            Assert.Equal(file, ModelFileTests.FileOf(loaded));
            Assert.Equal(saved.ComputeChecksum(), loaded.ComputeChecksum());
            Assert.Equal("3", (string)new PlainSafetensors(file).Metadata["format_version"]!);
        }
        Assert.True(model.Quantize().IsQuantized);
        Assert.NotEqual(model.Score("w3 w4 w5").LogProbability, model.Quantize().Score("w3 w4 w5").LogProbability);
        Assert.Equal(model.Score("w3 w4 w5").LogProbability, model.Quantize().Score("w3 w4 w5").LogProbability, 0.3);
    }

    public static TheoryData<CellKind, bool, int?> Networks
    {
        get
        {
            var networks = new TheoryData<CellKind, bool, int?>();
            foreach (var (cell, isAdaptive) in RandomModels.Cells.SelectMany(cell => new[] { (cell, false), (cell, true) }))
            {
                networks.Add(cell, isAdaptive, null);
                if (cell is CellKind.Lstm or CellKind.Cifg) networks.Add(cell, isAdaptive, 3);
            }
            return networks;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void An_ensemble_is_loaded_as_it_was_whatever_its_members_are(CellKind cell, bool isAdaptive, int? projection)
    {
        var weights = isAdaptive
            ? AdaptiveModels.Weights(cell, vocabulary: 7, projection: projection, cutoffs: [3])
            : RandomModels.Weights(cell, vocabulary: 7, projection: projection);
        var member = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(7), weights);
        var other = RandomModels.Model(CellKind.Gru, vocabulary: 7, embedding: 2, hidden: 3, layers: 1, seed: 2);
        foreach (var model in new[] { member, member.Quantize() })
        {
            foreach (var ensemble in new[] { LanguageModel.Ensemble([model, other]), LanguageModel.Ensemble([other, model]), LanguageModel.Ensemble([other, model, member.Quantize()]) })
            {
                var loaded = ModelFileTests.ModelOf(ModelFileTests.FileOf(ensemble));
                AssertSame(ensemble, loaded);
                Assert.Equal(ensemble.Members.Select(part => part.Shape), loaded.Members.Select(part => part.Shape));
                Assert.Equal(ensemble.Members.Select(part => part.IsQuantized), loaded.Members.Select(part => part.IsQuantized));
            }
        }
    }

    [Fact]
    public void A_cache_and_an_n_gram_model_without_weight_are_saved_too()
    {
        var model = Small.With(new NeuralCache { Weight = 0 }).With(new NGramInterpolation { Model = RandomNGrams.Model(RandomModels.Words(5)), Weight = 0 });
        AssertSame(model, ModelFileTests.ModelOf(ModelFileTests.FileOf(model)));
    }

    [Fact]
    public void A_model_from_which_everything_was_taken_has_the_file_it_had_before()
    {
        var plain = RandomModels.Model();
        var model = plain.With(new NeuralCache()).With(new NGramInterpolation { Model = RandomNGrams.Model(plain.Vocabulary) });
        Assert.Equal(ModelFileTests.FileOf(plain), ModelFileTests.FileOf(model.WithoutCache().WithoutNGram()));
        Assert.Equal("1", (string)new PlainSafetensors(ModelFileTests.FileOf(plain)).Metadata["format_version"]!);
    }

    [Fact]
    public void The_file_says_what_was_added_under_its_name()
    {
        var file = new PlainSafetensors(File);
        Assert.Equal("0.75,0.25", (string)file.Metadata["members.weights"]!);
        Assert.Equal("elman", (string)file.Metadata["members.0.shape.cell"]!);
        Assert.Equal("7", (string)file.Metadata["members.0.cache.size"]!);
        Assert.Equal("0.25", (string)file.Metadata["members.0.cache.weight"]!);
        Assert.Equal("0.5", (string)file.Metadata["members.0.cache.sharpness"]!);
        Assert.Equal("0.125", (string)file.Metadata["members.1.ngram.weight"]!);
        Assert.Equal("0.5", (string)file.Metadata["ngram.weight"]!);
        Assert.Equal([5, 2], file.Shape("members.0.embedding"));
        Assert.Equal([5], file.Shape("members.1.ngram.log_probabilities.1"));
        Assert.Equal([5], file.Shape("ngram.ids"));
        Assert.DoesNotContain("members.1.ngram.ids", file.Names);
        Assert.DoesNotContain(file.Metadata, pair => pair.Key.StartsWith("shape."));
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused() => AssertRefusedWhenCutShort(File);

    [Fact]
    public void Without_a_checksum_any_alteration_is_a_model_or_a_format_exception()
    {
        var random = new Random(1);
        AssertModelOrRefusedWithAnyByteAltered(File, () => [(byte)random.Next(256)]);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void What_is_added_under_a_version_whose_readers_would_pass_over_it_is_refused(string version)
    {
        AssertRefused(With("format_version", version), "members.weights", "at least 3");
        var cached = ModelFileTests.FileOf(Small.With(new NeuralCache()));
        AssertRefused(Changed(cached, file => file.Metadata["format_version"] = version), "cache.size", "at least 3");
        var interpolated = ModelFileTests.FileOf(Small.With(new NGramInterpolation { Model = RandomNGrams.Model(Small.Vocabulary) }));
        AssertRefused(Changed(interpolated, file => file.Metadata["format_version"] = version), "ngram.weight", "at least 3");
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused()
    {
        foreach (var size in new[] { "0", "-1", "65537", "99999999999", "1.5", "", "many" }) AssertRefused(With("members.0.cache.size", size), "ize");
        foreach (var weight in new[] { "1", "-0.1", "NaN", "Infinity", "1e400", "", "half" }) AssertRefused(With("members.0.cache.weight", weight));
        foreach (var sharpness in new[] { "-1", "NaN", "Infinity", "" }) AssertRefused(With("members.0.cache.sharpness", sharpness));
        foreach (var weight in new[] { "1", "-0.1", "NaN", "" }) AssertRefused(With("ngram.weight", weight), "ngram.weight");
        foreach (var weights in new[] { "", "1", "0.5,0.6", "0.5,-0.5,1", "NaN,1", "0.5,0.25,0.25", "1,0", string.Join(',', Enumerable.Repeat("0.001", 1000)) })
            AssertRefused(With("members.weights", weights));
        foreach (var key in new[] { "members.0.cache.size", "members.0.cache.weight", "members.0.cache.sharpness", "members.1.shape.cell", "members.weights", "ngram.weight" })
            AssertRefused(Without(key));
        AssertRefused(With("cache.size", "5"), "cache.weight");
        AssertRefused(With("members.0.shape.layers", "40"), "40 layers");
        AssertRefused(With("members.1.shape.vocabulary_size", "6"), "member", "6 words");
        AssertRefused(With("members.0.precision", "int4"), "members.0.precision");
        AssertRefused(With("ngram.tokenizer.name", "strange"), "strange");
    }

    [Fact]
    public void An_ensemble_with_a_cache_of_its_own_is_refused()
        => AssertRefused(Changed(File, file =>
        {
            file.Metadata["cache.size"] = "5";
            file.Metadata["cache.weight"] = "0.1";
            file.Metadata["cache.sharpness"] = "1";
        }), "cache for an ensemble");

    [Fact]
    public void Ids_that_are_no_other_order_of_the_words_are_refused()
    {
        foreach (var (place, id) in new[] { (0, 1), (1, 0), (2, 0), (2, 5), (2, -1), (3, 3), (4, int.MaxValue) })
            AssertRefused(Changed(File, file => BitConverter.TryWriteBytes(file.Bytes("ngram.ids")[(4 * place)..], id)), "not possible");
    }

    [Fact]
    public void Tensors_that_lack_or_are_too_many_are_refused()
    {
        AssertRefused(Changed(File, file => file.Rename("members.0.embedding", "members.0.embeddings")), "members.0.embedding");
        AssertRefused(Changed(File, file => file.Rename("members.1.ngram.backoffs.1", "members.1.ngram.backoffs.2")));
        AssertRefused(Changed(File, file => file.Rename("ngram.log_probabilities.1", "ngram.log_probabilities.7")));
        AssertRefused(Changed(File, file => file.Rename("ngram.ids", "ngram.places")), "bytes");
    }
}
