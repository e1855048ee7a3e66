using System.Diagnostics;
using RnnLm.PyTorch;
using RnnLm.PyTorch.Pickles;

namespace RnnLm.Tests.PyTorch;

/// <summary>Files that torch.save wrote; <c>TorchSave/make.py</c> says how, and what is in them.</summary>
public sealed class TorchSaveTests : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "PyTorch", "TorchSave");
    private static readonly string[] Words = ["<unk>", "<eos>", "a", "b", "c", "d"];
    private static readonly PyTorchImportOptions Allowed = new() { AllowPickle = true };

    private readonly PyTorchFolder folder = new();

    public TorchSaveTests() => File.WriteAllLines(folder.Vocabulary, Words);

    public static TheoryData<string> Read
        => ["state-dict.pt", "double.pt", "half.pt", "bfloat16.pt", "parameters.pt", "strided.pt", "wrapped.pt", "tied.pt", "checkpoint.pth"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Read))]
    public void A_state_dict_is_read_whatever_its_types_names_and_strides_are_and_whatever_lies_beside_it(string name)
    {
        var imported = Import(name, Allowed).Network;

        var tied = name == "tied.pt";
        Assert.Equal((CellKind.Lstm, tied), (imported.Shape.Cell, imported.Shape.Tied));
        Assert.Equal((6, 4, tied ? 4 : 3, 1), (imported.Shape.VocabularySize, imported.Shape.EmbeddingSize, imported.Shape.HiddenSize, imported.Shape.Layers));
        var (weights, layer) = (imported.Weights, imported.Weights.Layers[0]);
        Assert.Equal(Values(tied ? 5 : 0, 24), weights.Embedding.Values);
        Assert.Equal(Values(1, layer.Input.Values.Length), layer.Input.Values);
        Assert.Equal(Values(2, layer.Recurrent.Values.Length), layer.Recurrent.Values);
        Assert.Equal(Values(3, layer.Bias.Values.Length).Zip(Values(4, layer.Bias.Values.Length), (first, second) => first + second), layer.Bias.Values);
        Assert.Equal(Values(5, weights.Output.Values.Length), weights.Output.Values);
        Assert.Equal(Values(6, 6), weights.OutputBias.Values);
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void Unless_it_is_allowed_it_is_refused_with_what_allows_it(string name)
        => AssertRefused(name, new PyTorchImportOptions(), "With AllowPickle the tensors");

    [Theory]
    [InlineData((byte[])[0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9])]
    [InlineData((byte[])[0x80, 3, 0x7D, 0x71, 0, 0x28, 0x58, 1, 0, 0])]
    [InlineData((byte[])[0x80, 4, 0x95, 12, 0, 0, 0, 0, 0, 0, 0, 0x7D])]
    [InlineData((byte[])[0x80, 5, 0x95, 12, 0, 0, 0, 0, 0, 0, 0, 0x7D])]
    [InlineData((byte[])[(byte)'(', (byte)'d', (byte)'p', (byte)'0', (byte)'\n'])]
    public void A_pickle_of_any_version_is_called_by_its_name(byte[] pickle)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, pickle);
            foreach (var allowPickle in new[] { false, true })
                Assert.Contains("This is a pickle", Assert.Throws<ModelFormatException>(() => LanguageModel.ImportPyTorch(path, path, new() { AllowPickle = allowPickle })).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(640)]
    [InlineData(1152)]
    public void A_safetensors_file_whose_length_begins_as_a_pickle_is_none(int headerLength)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)headerLength), .. "{}"u8, .. Enumerable.Repeat((byte)' ', headerLength - 2)]);
            Assert.DoesNotContain("pickle", Assert.ThrowsAny<Exception>(() => LanguageModel.ImportPyTorch(path, path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("module.pt", "The file names \"__main__.LanguageModel\"", "torch.save(model.state_dict(), \"weights.pt\")")]
    [InlineData("script.pt", "TorchScript", "torch.save(model.state_dict(), \"weights.pt\")")]
    [InlineData("before-1.6.pt", "before PyTorch 1.6", "safetensors")]
    [InlineData("whole-numbers.pt", "The tensor \"encoder.weight\" is of the type I64; it must be one of F32, F64, F16, BF16")]
    public void What_is_no_state_dict_of_floating_point_numbers_is_refused_with_the_line_that_helps(string name, params string[] reasons)
        => AssertRefused(name, Allowed, reasons);

    [Fact]
    public void A_file_of_before_archives_is_told_as_such_without_being_allowed_too()
        => AssertRefused("before-1.6.pt", new PyTorchImportOptions(), "before PyTorch 1.6");

    [Fact]
    public void A_safetensors_file_is_read_as_ever_where_pickles_are_allowed()
    {
        var model = RandomModels.Model(CellKind.Lstm, vocabulary: 9);
        using var exported = new PyTorchFolder(model);
        RoundTripTests.AssertSameModel(model, exported.Import(new PyTorchImportOptions { AllowPickle = true }));
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void Wherever_a_file_is_cut_or_a_byte_of_it_is_changed_it_is_refused_or_has_the_same_tensors(string name)
    {
        var file = File.ReadAllBytes(Path.Combine(Folder, name));
        var expected = Tensors(file)!;

        // The smallest is tried everywhere, the others at every so many places.
        var step = name == "half.pt" ? 1 : 11;
        for (var place = 0; place < file.Length; place += step)
        {
            AssertSameOrRefused(expected, file[..place]);
            foreach (var change in (byte[])[0x01, 0x80, 0xff])
            {
                var changed = (byte[])file.Clone();
                changed[place] ^= change;
                AssertSameOrRefused(expected, changed);
            }
        }

        static void AssertSameOrRefused(Dictionary<string, float[]> expected, byte[] file)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var read = Tensors(file);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 21);
            if (read is not null) Assert.Equal(expected, read);
        }
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void Whatever_a_pickle_is_changed_to_it_is_read_or_refused(string name)
    {
        var pickle = TorchArchive.PickleIn(Path.Combine(Folder, name));
        var random = new Random(1);
        var read = 0;
        for (var attempt = 0; attempt < 20_000; attempt++)
        {
            var changed = (byte[])pickle.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (attempt % 4 == 0) changed = changed[..random.Next(changed.Length)];
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                PickleReader.Read(changed);
                read++;
            }
            catch (ModelFormatException)
            {
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
        Assert.InRange(read, 1, 19_999);
    }

    [Fact]
    public void A_pipe_is_refused_with_what_to_do()
    {
        if (OperatingSystem.IsWindows()) return;
        Process.Start("mkfifo", [folder.Weights])!.WaitForExit();
        // Whoever opens a pipe waits for the other end.
        using var writer = new FileStream(folder.Weights, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.Contains("it is a pipe", Assert.Throws<IOException>(() => folder.Import()).Message, StringComparison.Ordinal);
    }

    private static float[] Values(int tensor, int count) => [.. Enumerable.Range(0, count).Select(place => ((((7 * place) + tensor) % 64) - 32) / 64f)];

    /// <summary>The values of all tensors in a file; null where it is refused.</summary>
    private static Dictionary<string, float[]>? Tensors(byte[] file)
    {
        try
        {
            using var weights = new TorchSaveFile(new MemoryStream(file));
            return weights.Tensors.ToDictionary(pair => pair.Key, pair =>
            {
                var values = new float[pair.Value.Count];
                weights.Read(pair.Value, values);
                return values;
            });
        }
        catch (ModelFormatException)
        {
            return null;
        }
    }

    private LanguageModel Import(string name, PyTorchImportOptions options)
        => LanguageModel.ImportPyTorch(Path.Combine(Folder, name), folder.Vocabulary, options);

    private void AssertRefused(string name, PyTorchImportOptions options, params string[] reasons)
    {
        var fault = Assert.Throws<ModelFormatException>(() => Import(name, options));
        Assert.StartsWith($"\"{Path.Combine(Folder, name)}\"", fault.Message, StringComparison.Ordinal);
        foreach (var reason in reasons) Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }
}
