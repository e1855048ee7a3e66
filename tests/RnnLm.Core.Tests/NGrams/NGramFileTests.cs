using System.Buffers.Binary;
using System.Text;
using RnnLm.Persistence;
using RnnLm.Safetensors;
using RnnLm.Tests.Persistence;
using static RnnLm.Tests.NGrams.SmallModels;

namespace RnnLm.Tests.NGrams;

public sealed class NGramFileTests
{
    private const long WorkingRoom = 1 << 20;

    private static readonly NGramModel Model = WithRecord(Of(Srilm));
    private static readonly byte[] Bytes = FileOf(Model);

    [Fact]
    public void A_model_that_is_saved_is_loaded_as_it_was()
    {
        var loaded = Load(Bytes);

        AssertSame(Model, loaded);
        Assert.Equal(Model.Tokenizer.Settings, loaded.Tokenizer.Settings);
        Assert.Equal(Model.Training.Options, loaded.Training.Options);
        Assert.Equal(Model.Training.Figures, loaded.Training.Figures);
        Assert.Equal(Bytes, FileOf(loaded));
    }

    [Fact]
    public void A_file_is_replaced_whole_and_named_in_what_goes_wrong()
    {
        var path = Path.GetTempFileName();
        try
        {
            Model.Save(path);
            AssertSame(Model, NGramModel.Load(path));
            Assert.True(NGramFile.IsAt(path));
            File.WriteAllBytes(path, Bytes[..^1]);
            Assert.Contains(path, Assert.Throws<ModelFormatException>(() => NGramModel.Load(path)).Message, StringComparison.Ordinal);
            RandomModels.Model(CellKind.Gru, vocabulary: 4, embedding: 2, hidden: 2, layers: 1).Save(path);
            Assert.False(NGramFile.IsAt(path));
            Assert.Contains("recurrent network", Assert.Throws<ModelFormatException>(() => NGramModel.Load(path)).Message, StringComparison.Ordinal);
            Assert.Throws<OperationCanceledException>(() => Model.Save(path, new CancellationToken(canceled: true)));
        }
        finally
        {
            File.Delete(path);
        }
        Assert.False(NGramFile.IsAt(path));
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        for (var length = 0; length < Bytes.Length; length++) AssertRefused(Bytes[..length]);
        AssertRefused([.. Bytes, 0], "goes on");
    }

    [Fact]
    public void A_file_with_any_bit_altered_is_refused()
    {
        for (var place = 0; place < Bytes.Length; place++)
        {
            var altered = (byte[])Bytes.Clone();
            altered[place] ^= 1;
            try
            {
                // The name of the checksum may be another.
                AssertSame(Model, Load(altered));
                Assert.DoesNotContain("crc32c", Encoding.UTF8.GetString(altered), StringComparison.Ordinal);
            }
            catch (ModelFormatException)
            {
            }
        }
    }

    [Fact]
    public void Without_a_checksum_any_alteration_is_a_model_that_answers_or_is_refused()
    {
        var plain = Changed(_ => { });
        foreach (byte value in (byte[])[0, 1, 0x7f, 0x80, 0xff, (byte)'9'])
            for (var place = 0; place < plain.Length; place++)
            {
                var altered = (byte[])plain.Clone();
                altered[place] = value;
                try
                {
                    Use(Load(altered));
                }
                catch (ModelFormatException)
                {
                }
            }
    }

    [Fact]
    public void What_cannot_be_a_model_is_refused()
    {
        AssertRefused(Changed(file => file.Metadata["format"] = "other"), "not an n-gram model");
        AssertRefused(Changed(file => file.Metadata["format_version"] = $"{NGramFile.NewestVersion + 1}"), "newer version");
        AssertRefused(Changed(file => file.Metadata["format_version"] = "x"), "format_version");
        AssertRefused(Changed(file => file.Metadata.Remove("tokenizer.name")), "name");
        AssertRefused(Changed(file => Rename(file, "ngram.words.2", "ngram.others.2")), "ngram.words.2");
        AssertRefused(Changed(file => Rename(file, "ngram.log_probabilities.1", "x")), "ngram.log_probabilities.1");
        AssertRefused(Changed(file => Rename(file, "ngram.log_probabilities.3", "x")), "ngram.backoffs.2");
        AssertRefused(Changed(file => file.Header["ngram.words.2"]!["dtype"] = "F32"), "is of the type F32");
        AssertRefused(Changed(file => file.Bytes("ngram.words.2")[0] = 9), "must rise, and be below 4");
        AssertRefused(Changed(file => BinaryPrimitives.WriteInt32LittleEndian(file.Bytes("ngram.continuations.1")[4..], -1)), "which cannot be");
        AssertRefused(Changed(file => BinaryPrimitives.WriteInt32LittleEndian(file.Bytes("ngram.continuations.1"), 1)), "must go from 0 to 4");
        AssertRefused(Changed(file => BinaryPrimitives.WriteSingleLittleEndian(file.Bytes("ngram.log_probabilities.2"), 0.5f)), "log-probability of order 2 is 0.5");
        AssertRefused(Changed(file => BinaryPrimitives.WriteSingleLittleEndian(file.Bytes("ngram.log_probabilities.2"), float.NaN)), "NaN");
        AssertRefused(Changed(file => BinaryPrimitives.WriteSingleLittleEndian(file.Bytes("ngram.backoffs.2"), float.PositiveInfinity)), "back-off weight of order 2");
        AssertRefused(Encoding.UTF8.GetBytes(Srilm), "not a model file");
    }

    [Fact]
    public void A_model_lies_in_any_file_under_a_prefix_of_its_own()
    {
        // As a file of another kind carries one.
        var written = NGramTensors.Of(Model.Table, "of.mine.");
        var header = SafetensorsHeader.Parse(SafetensorsHeaderWriter.Write([], written.Select(tensor => (tensor.Name, tensor.Type, tensor.Shape))).AsSpan(8));
        Assert.True(NGramTensors.AreIn(header, "of.mine."));
        Assert.False(NGramTensors.AreIn(header, "of.yours."));

        using var data = new MemoryStream();
        foreach (var tensor in written) tensor.Write(piece => data.Write(piece));
        data.Position = 0;
        var read = NGramTensors.Find(header, "of.mine.", Model.Vocabulary.Count);
        foreach (var tensor in read.Tensors) tensor.Read(piece => data.ReadExactly(piece));

        AssertSame(Model, new NGramModel(Model.Tokenizer, Model.Vocabulary, read.CreateTable()));
        Assert.Throws<ModelFormatException>(() => NGramTensors.Find(header, "of.mine.", Model.Vocabulary.Count + 1));
    }

    private static NGramModel WithRecord(NGramModel model) => new(Tokenizer.Text(lowerCase: true), model.Vocabulary, model.Table, new TrainingRecord
    {
        Options = new Dictionary<string, string> { ["order"] = "3" },
        Figures = new Dictionary<string, double> { ["training_words"] = 12 },
    });

    private static byte[] Changed(Action<PlainSafetensors> change) => ChangedModelFiles.Changed(Bytes, change);

    private static void Rename(PlainSafetensors file, string name, string newName)
    {
        var entry = file.Header[name]!.DeepClone();
        file.Header.Remove(name);
        file.Header[newName] = entry;
    }

    private static NGramModel Load(byte[] file) => NGramModel.Load(new MemoryStream(file));

    private static void Use(NGramModel model)
    {
        var all = new float[model.Vocabulary.Count];
        for (var word = 0; word < all.Length; word++) model.LogProbabilities([word, word], all);
        Assert.All(all, value => Assert.True(float.IsFinite(value)));
    }

    private static void AssertRefused(byte[] file, params string[] reasons)
    {
        foreach (var stream in (Stream[])[new MemoryStream(file), new OneWayStream(new MemoryStream(file))])
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var fault = Assert.Throws<ModelFormatException>(() => NGramModel.Load(stream));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, WorkingRoom + (16L * file.Length));
            foreach (var reason in reasons) Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        }
    }
}
