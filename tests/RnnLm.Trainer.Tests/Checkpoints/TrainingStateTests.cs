namespace RnnLm.Training.Tests.Checkpoints;

public class TrainingStateTests
{
    [Fact]
    public void What_is_set_is_a_copy_and_comes_back_exactly()
    {
        var state = new TrainingState();
        float[] floats = [1, -0f, float.MinValue, float.Epsilon];
        byte[] bytes = [0, 255, 7];
        double[] numbers = [0.1, -0.0, double.NaN, double.PositiveInfinity, double.Epsilon, 1e300, 1L << 53];
        state.Set("floats", floats);
        state.Set("bytes", bytes);
        foreach (var (index, number) in numbers.Index()) state.Part("numbers").Set($"{index}", number);
        (floats[0], bytes[0]) = (9, 9);

        var (floatsBack, bytesBack) = (new float[4], new byte[3]);
        state.Get("floats", floatsBack);
        state.Get("bytes", bytesBack);
        Assert.Equal([1, -0f, float.MinValue, float.Epsilon], floatsBack);
        Assert.Equal([0, 255, 7], bytesBack);
        foreach (var (index, number) in numbers.Index()) Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(state.Get($"numbers.{index}")));
        Assert.Equal((4, 3), (state.LengthOf("floats"), state.LengthOf("bytes")));
        Assert.Equal((true, true, false), (state.Has("floats"), state.Part("numbers").Has("0"), state.Has("other")));
    }

    [Fact]
    public void What_is_missing_or_of_another_length_or_type_is_named()
    {
        var state = new TrainingState();
        var part = state.Part("engine").Part("layer0");
        part.Set("hidden", new float[3]);
        part.Set("count", 1.5);
        Assert.Equal("\"engine.layer0.memory\" is missing.", Assert.Throws<InvalidDataException>(() => part.Get("memory")).Message);
        Assert.Equal("\"engine.layer0.memory\" is missing.", Assert.Throws<InvalidDataException>(() => part.LengthOf("memory")).Message);
        Assert.Equal("\"engine.layer0.hidden\" has 3 values; it must have 4.", Assert.Throws<InvalidDataException>(() => part.Get("hidden", new float[4])).Message);
        Assert.Equal("\"engine.layer0.hidden\" is of another type.", Assert.Throws<InvalidDataException>(() => part.Get("hidden", new byte[3])).Message);
        Assert.Equal("\"engine.layer0.count\" is 1.5; it must be a whole number from 0 on.", Assert.Throws<InvalidDataException>(() => part.GetWhole("count")).Message);
        foreach (var number in (double[])[-1, double.NaN, double.PositiveInfinity, 1e300])
        {
            part.Set("count", number);
            Assert.Throws<InvalidDataException>(() => part.GetWhole("count"));
        }
        part.Set("count", -3);
        Assert.Equal(-3, part.GetWhole("count", least: -3));
    }

    [Fact]
    public void What_is_set_again_is_of_its_last_type()
    {
        var state = new TrainingState();
        state.Set("a", 1);
        state.Set("a", new float[2]);
        Assert.Throws<InvalidDataException>(() => state.Get("a"));
        state.Set("a", new byte[3]);
        Assert.Equal(3, state.LengthOf("a"));
        state.Set("a", 2);
        Assert.Throws<InvalidDataException>(() => state.LengthOf("a"));
        Assert.Equal(2, state.Get("a"));
    }

    [Fact]
    public void A_clock_that_goes_backwards_saves_no_time_below_zero()
    {
        var time = new ManualTime();
        var clock = new RunClock(time, limit: null);
        time.Advance(TimeSpan.FromMinutes(-1));
        var state = new TrainingState();
        clock.Save(state);
        Assert.Equal(0, state.Get("elapsed_ticks"));
    }

    [Theory]
    [InlineData("Folder", "a\0b", "")]
    [InlineData("Notes", "a", "\\ud800")]
    [InlineData("Notes", "a", "\\udc00 b")]
    public void An_option_that_no_file_can_keep_is_named(string option, string first, string second)
    {
        var checkpoint = new CheckpointOptions { Folder = option == "Folder" ? first : "a" };
        if (option == "Notes") checkpoint.Notes = new Dictionary<string, string> { [first] = System.Text.RegularExpressions.Regex.Unescape(second) };
        var refused = Assert.Throws<TrainingOptionsException>(() => new LanguageModelTrainer(new TrainingOptions { Checkpoint = checkpoint }));
        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_is_used_again_and_what_is_not_set_again_is_gone()
    {
        var values = new CopiedValues();
        var state = new TrainingState(values);
        var floats = new float[100_000];
        state.Set("a", floats);
        state.Set("b", 1);
        values.Clear();
        Assert.False(state.Has("a") || state.Has("b"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        state.Set("a", floats);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
        Assert.Equal(100_000, state.LengthOf("a"));
    }
}
