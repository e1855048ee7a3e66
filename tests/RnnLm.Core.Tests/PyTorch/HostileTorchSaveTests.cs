using System.IO.Compression;
using RnnLm.PyTorch.Pickles;

namespace RnnLm.Tests.PyTorch;

/// <summary>Archives made by hand to do harm, or otherwise than torch.save makes them.</summary>
public sealed class HostileTorchSaveTests : IDisposable
{
    private readonly PyTorchFolder folder = new();

    public HostileTorchSaveTests() => File.WriteAllLines(folder.Vocabulary, ["<unk>", "<eos>"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("posix", "system", "(X\u0002\0\0\0idtR.")]
    [InlineData("builtins", "eval", "(X\u0002\0\0\0idtR.")]
    [InlineData("__builtin__", "__import__", "(X\u0002\0\0\0ostR.")]
    [InlineData("torch", "load", "(X\u0002\0\0\0idtR.")]
    [InlineData("torch._utils", "_rebuild_tensor", ".")]
    [InlineData("torch.nn.modules.rnn", "LSTM", ")\u0081}b.")]
    [InlineData("argparse", "Namespace", ")\u0081}b.")]
    [InlineData("numpy.core.multiarray", "_reconstruct", ".")]
    public void Whatever_a_pickle_names_beside_tensors_is_refused_by_that_name(string module, string name, string instructions)
        => AssertRefused(new TorchArchive().Do($"c{module}\n{name}\n{instructions}"), $"The file names \"{module}.{name}\"", "no code is run");

    [Theory]
    [InlineData("ccollections\nOrderedDict\n(K\u0001tR.", "\"collections.OrderedDict\" is called in the pickle with arguments that are not known")]
    [InlineData("i__main__\nX\n.", "The pickle has the instruction 0x69 at byte 2")]
    [InlineData("(osystem\n.", "The pickle has the instruction 0x6F at byte 3")]
    [InlineData("}", "The pickle is cut short")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ffabc", "The pickle is cut short")]
    [InlineData("R.", "The pickle is damaged")]
    [InlineData("}0.", "The pickle has the instruction 0x30")]
    [InlineData("}(K\u0001u.", "The pickle is damaged")]
    [InlineData("})K\u0001s.", "neither text nor whole numbers")]
    [InlineData("h\u0005.", "The pickle is damaged")]
    [InlineData("K\u0001.", "The file holds no dictionary of tensors")]
    [InlineData("}.", "its keys are none")]
    [InlineData("}X\u0001\0\0\0aK\u0001s.", "its keys are \"a\"")]
    public void A_pickle_that_is_none_of_tensors_is_refused(string instructions, string reason)
        => AssertRefused(new TorchArchive().Do(instructions), reason);

    [Theory]
    [InlineData("", "]", "a")] // lists in lists
    [InlineData("", "(", "t")] // tuples in tuples
    [InlineData("", "}K\u0001", "s")] // dictionaries in dictionaries
    [InlineData("]", "]a", "")]
    [InlineData("](", "N", "e")]
    [InlineData("N", "\u0085", "")]
    [InlineData("N", "\u0094", "")] // places of the memo
    [InlineData("", "\u0080\u0002", "")]
    public void A_pickle_of_very_many_instructions_is_refused_before_it_has_taken_memory(string begin, string repeated, string repeatedLast)
    {
        const int Count = 1_000_000;
        var instructions = begin + string.Concat(Enumerable.Repeat(repeated, Count)) + string.Concat(Enumerable.Repeat(repeatedLast, Count)) + ".";
        var archive = new TorchArchive().Do(instructions);
        archive.Save(folder.Weights);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused("The pickle has more than 500,000 instructions, many times what a state_dict needs");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 120L << 20);
    }

    [Fact]
    public void A_key_that_is_far_too_long_is_refused_for_gone_through_again_and_again_it_would_take_for_ever()
        => AssertRefused(
            new TorchArchive().Do("}").Text(new string('a', 10_000)).Do("q\0" + string.Concat(Enumerable.Repeat("Nsh\0", 10)) + "Ns."),
            "The pickle has a dictionary with a key of 10000 characters, \"aaaa", "4096 are the most");

    [Fact]
    public void A_state_dict_may_stand_beside_a_long_history()
    {
        var archive = new TorchArchive().Do("}(").Text("losses").Do("](" + string.Concat(Enumerable.Repeat("K\u0001", 100_000)) + "e")
            .Text("state_dict").Do("}").Text("encoder.weight").Tensor("0", 4, 0, [2, 2], [2, 1]).Do("su.").Entry("archive/data/0", new byte[16]);
        archive.Save(folder.Weights);
        // The pickle is read; what the message is about is its one tensor.
        var fault = Assert.Throws<ModelFormatException>(() => folder.Import(new PyTorchImportOptions { AllowPickle = true }));
        Assert.Contains("rnn.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_as_keys_whose_usual_hashes_are_equal_are_kept_apart_quickly()
    {
        var comparer = PickleKeys.Comparer;
        var keys = Enumerable.Range(0, 1_000).Select(number => (object)(((long)number << 32) | (uint)number)).ToArray();
        Assert.Single(keys.Select(key => key.GetHashCode()).Distinct());
        Assert.InRange(keys.Select(comparer.GetHashCode).Distinct().Count(), 990, 1_000);
        Assert.True(comparer.Equals(7L, 7L));
        Assert.False(comparer.Equals(7L, "7"));
    }

    [Theory]
    [InlineData(4, 0, new long[] { 1_000_000, 1_000_000 }, new long[] { 0, 0 })] // one value many times
    [InlineData(4, 0, new long[] { 2, 3 }, new long[] { 1, 1 })]
    [InlineData(4, 0, new long[] { 3, 2 }, new long[] { 1, 1 })]
    [InlineData(4, 1, new long[] { 4 }, new long[] { 1 })] // over the end
    [InlineData(4, 0, new long[] { 2, 2 }, new long[] { 3, 1 })]
    [InlineData(4, 0, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(4, long.MaxValue, new long[] { 1 }, new long[] { 1 })]
    [InlineData(4, 0, new long[] { long.MaxValue, long.MaxValue, long.MaxValue }, new long[] { 1, 1, 1 })]
    [InlineData(4, -1, new long[] { 1 }, new long[] { 1 })]
    [InlineData(4, 3, new long[] { 2 }, new long[] { -1 })]
    [InlineData(4, 0, new long[] { -2, -2 }, new long[] { 1, 1 })]
    [InlineData(4, 0, new long[] { 2, 2 }, new long[] { 1 })]
    [InlineData(4, 0, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 })]
    public void A_tensor_that_is_no_view_of_its_storage_is_refused(long count, long offset, long[] sizes, long[] strides)
        => AssertRefused(
            new TorchArchive().Do("}").Text("encoder.weight").Tensor("0", count, offset, sizes, strides).Do("s.").Entry("archive/data/0", new byte[16]),
            "is no view of a storage of 4 values that has each once");

    [Theory]
    [InlineData(5)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 61)]
    public void A_storage_that_has_not_as_many_bytes_as_the_pickle_says_is_refused(long count)
        => AssertRefused(OneTensor(count).Entry("archive/data/0", new byte[16]), "The values of the tensor \"encoder.weight\" are 16 bytes");

    [Fact]
    public void A_storage_that_is_missing_is_refused()
        => AssertRefused(OneTensor(4).Entry("archive/data/1", new byte[16]), "the archive has no entry \"archive/data/0\"");

    [Fact]
    public void A_storage_outside_of_the_data_is_not_found()
        => AssertRefused(
            new TorchArchive().Do("}").Text("encoder.weight").Tensor("../data.pkl", 1, 0, [1], [1]).Do("s.").Entry("archive/data/0", new byte[4]), "has no entry");

    [Fact]
    public void Many_tensors_of_one_storage_are_refused()
    {
        var archive = new TorchArchive().Do("}(").Entry("archive/data/0", new byte[4_000]);
        for (var layer = 0; layer < 3; layer++) archive.Text($"rnn.weight_hh_l{layer}").Tensor("0", 1_000, 0, [10, 100], [100, 1]);
        AssertRefused(archive.Do("u."), "they lie over one another more than tied matrices do");
    }

    [Fact]
    public void A_compressed_archive_is_refused()
    {
        var archive = OneTensor(1 << 20).Entry("archive/data/0", new byte[1 << 22]);
        archive.Compression = CompressionLevel.SmallestSize;
        AssertRefused(archive, "is compressed");
    }

    [Fact]
    public void Values_of_a_big_endian_machine_are_refused()
        => AssertRefused(OneTensor(4).Entry("archive/data/0", new byte[16]).Entry("archive/byteorder", "big"u8.ToArray()), "big-endian");

    [Fact]
    public void An_entry_that_is_there_twice_is_refused()
        => AssertRefused(OneTensor(4).Entry("archive/data/0", new byte[16]).Entry("archive/data/0", new byte[16]), "has the entry \"archive/data/0\" twice");

    [Fact]
    public void Two_pickles_are_refused()
        => AssertRefused(OneTensor(4).Entry("other/data.pkl", [(byte)'.']), "it has 2 entries \"data.pkl\"");

    [Fact]
    public void An_entry_of_the_state_dict_that_is_no_tensor_is_refused()
        => AssertRefused(
            new TorchArchive().Do("}(").Text("encoder.weight").Tensor("0", 4, 0, [2, 2], [2, 1]).Text("epoch").Number(3).Do("u.").Entry("archive/data/0", new byte[16]),
            "The state_dict has the entry \"epoch\", which is no tensor");

    [Fact]
    public void A_zip_archive_of_something_else_is_refused()
    {
        using (var zip = new ZipArchive(File.Create(folder.Weights), ZipArchiveMode.Create)) zip.CreateEntry("word/document.xml", CompressionLevel.NoCompression);
        AssertRefused("This zip archive is none that torch.save wrote");
    }

    private static TorchArchive OneTensor(long count)
        => new TorchArchive().Do("}").Text("encoder.weight").Tensor("0", count, 0, [2, 1], [1, 1]).Do("s.");

    private void AssertRefused(TorchArchive archive, params string[] reasons)
    {
        archive.Save(folder.Weights);
        AssertRefused(reasons);
    }

    private void AssertRefused(params string[] reasons)
    {
        var fault = Assert.Throws<ModelFormatException>(() => folder.Import(new PyTorchImportOptions { AllowPickle = true }));
        Assert.StartsWith($"\"{folder.Weights}\" cannot be imported. ", fault.Message, StringComparison.Ordinal);
        foreach (var reason in reasons) Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }
}
