using System.Text;
using RnnLm.Persistence;

namespace RnnLm.Tests.Persistence;

public class StateFileTests
{
    public static TheoryData<CellKind, int?> Networks
    {
        get
        {
            var networks = new TheoryData<CellKind, int?> { { CellKind.Lstm, 3 }, { CellKind.Cifg, 3 } };
            foreach (var cell in RandomModels.Cells) networks.Add(cell, null);
            return networks;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_state_that_is_loaded_goes_on_to_the_last_bit(CellKind cell, int? projection)
    {
        var model = RandomModels.Model(cell, projection: projection);
        var state = model.Start("w3 w4 w5");
        var loaded = model.LoadState(new MemoryStream(BytesOf(model, state)));
        var (expected, actual) = (new float[model.Vocabulary.Count], new float[model.Vocabulary.Count]);
        foreach (var word in (string[])["w6", "nowhere", "w3"])
        {
            model.Read(state, word);
            model.Read(loaded, word);
            model.LogProbabilities(state, expected);
            model.LogProbabilities(loaded, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void It_takes_four_bytes_a_value_and_two_lines()
    {
        var model = RandomModels.Model(embedding: 3, hidden: 200);
        Assert.Equal(3244, BytesOf(model, model.Start("w3")).Length);
    }

    [Fact]
    public void What_is_cut_short_or_altered_anywhere_is_refused()
    {
        var model = RandomModels.Model(hidden: 3);
        var file = BytesOf(model, model.Start("w3 w4"));
        for (var length = 0; length < file.Length; length++) Refuse(model, file[..length]);
        for (var place = 0; place < file.Length; place++)
        {
            var altered = file.ToArray();
            altered[place] ^= 1;
            Refuse(model, altered);
        }
        Refuse(model, [.. file, 0]);
    }

    /// <summary>With a checksum that is right.</summary>
    [Theory]
    [InlineData("Lstm\t3\t3\t3\t3\n", 48, float.NaN, "not a finite number")]
    [InlineData("Lstm\t3\t3\t3\t3\n", 44, 0, "44 bytes behind its sizes, where these make 48")]
    [InlineData("Lstm\t3\t3\t3\t3\n", 52, 0, "52 bytes behind its sizes")]
    [InlineData("Cifg\t3\t3\t3\t3\n", 48, 0, "another network: its sizes are \"Cifg 3 3 3 3\", and those of this model \"Lstm 3 3 3 3\"")]
    [InlineData("Lstm\t3\t3\n", 24, 0, "another network")]
    [InlineData("", 48, 0, "another network")]
    public void What_the_writer_could_not_have_written_is_refused_by_name(string sizes, int bytes, float value, string fault)
    {
        var body = Encoding.ASCII.GetBytes(sizes).Concat(Enumerable.Repeat(BitConverter.GetBytes(value), bytes / 4).SelectMany(four => four)).ToArray();
        Assert.Contains(fault, Refuse(RandomModels.Model(hidden: 3), WithHead(body, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_a_later_version_is_refused()
        => Assert.Contains("format version \"2\"; this program reads 1", Refuse(RandomModels.Model(), WithHead([], 2)), StringComparison.Ordinal);

    [Fact]
    public void A_model_that_remembers_more_than_its_network_says_that_its_states_are_not_saved()
    {
        var model = RandomModels.Model().With(new NeuralCache());
        Assert.Contains("cache", Assert.Throws<NotSupportedException>(() => model.SaveState(model.Start(), Stream.Null)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => model.LoadState(Stream.Null));
        Assert.Throws<ArgumentException>(() => RandomModels.Model().SaveState(model.Start(), Stream.Null));
    }

    [Fact]
    public void A_state_that_is_not_finite_is_not_saved()
    {
        var model = RandomModels.Model();
        var state = model.Start();
        state.States.Hidden(0).Row(0)[0] = float.PositiveInfinity;
        Assert.Contains("not a finite number", Assert.Throws<ArgumentException>(() => BytesOf(model, state)).Message, StringComparison.Ordinal);
    }

    private static byte[] BytesOf(LanguageModel model, RecurrentState state)
    {
        using var stream = new MemoryStream();
        model.SaveState(state, stream);
        return stream.ToArray();
    }

    private static byte[] WithHead(byte[] body, int version)
    {
        var checksum = Crc32C.Start();
        checksum.Append(body);
        return [.. Encoding.ASCII.GetBytes($"rnnlm-state\t{version}\t{checksum}\n"), .. body];
    }

    private static string Refuse(LanguageModel model, byte[] file) => Assert.Throws<ModelFormatException>(() => model.LoadState(new MemoryStream(file))).Message;
}
