using System.Buffers.Binary;
using RnnLm.Fuzz.Loop;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Fuzz.Targets;
using RnnLm.Pipelines;

namespace RnnLm.Fuzz.Tests;

/// <summary>Every format that the library reads: what is kept of it in the repository, and a few thousand inputs more that are made of that.</summary>
public sealed class TargetTests
{
    public static TheoryData<string> Names => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_seed_is_read_or_refused_as_documented(string name)
    {
        var target = Target(name);
        var seeds = SeedFolder.Read(target).ToList();

        Assert.NotEmpty(seeds);
        Assert.All(seeds, seed => Assert.Null(Execution.Run(target, seed.Content).Fault));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_our_own_code_writes_is_read_and_used(string name)
    {
        var target = Target(name);

        Assert.All(target.CreateSeeds(), seed =>
        {
            Assert.Equal(target is not LinesTarget || seed.Name == "lines", Execution.Run(target, seed.Content).IsAccepted);
            Assert.True(File.Exists(Path.Combine(SeedFolder.Of(target), seed.Name)), $"dotnet run --project fuzz/RnnLm.Fuzz -- seeds writes {seed.Name}.");
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inputs_made_of_the_seeds_are_read_or_refused_as_documented(string name)
    {
        var target = Target(name);
        var faults = new List<string>();
        var loop = new FuzzLoop(target, SeedFolder.Read(target).Select(seed => seed.Content), new LoopOptions { Executions = ExecutionsOf(target) }, new Coverage());
        loop.FaultFound += (input, outcome) => faults.Add($"{Convert.ToBase64String(input)}: {outcome.Fault}");

        var result = loop.Run();

        Assert.Empty(faults);
        Assert.Equal(ExecutionsOf(target), result.Executions);
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        Assert.Equal(Inputs(seed: 1), Inputs(seed: 1));
        Assert.NotEqual(Inputs(seed: 1), Inputs(seed: 2));

        static List<string> Inputs(int seed)
        {
            var target = new ModelTarget();
            var inputs = new List<string>();
            var loop = new FuzzLoop(target, target.CreateSeeds().Select(made => made.Content), new LoopOptions { Executions = 50, Seed = seed }, new Coverage());
            loop.Reading += input => inputs.Add(Convert.ToHexString(input));
            loop.Run();
            return inputs;
        }
    }

    [Fact]
    public void What_lies_behind_checksums_is_reached()
    {
        var target = new ModelTarget();
        var dice = new Dice(1);
        var seed = target.CreateSeeds().First().Content;
        var messages = Enumerable.Range(0, 500)
            .Select(_ => Record.Exception(() => target.Read(target.Mutation.Apply(seed, dice)))?.Message ?? "accepted").ToList();

        Assert.InRange(messages.Count(message => message.Contains("its checksum is", StringComparison.Ordinal)), 1, 50);
        Assert.Contains(messages, message => message.Contains("weights are finite numbers", StringComparison.Ordinal));
        Assert.Contains("accepted", messages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_dictionary_that_is_made_here_is_read_as_one_of_MLNETs(bool isCompressed)
    {
        string[] texts = ["a", "", "\u00e9\u4e2d", new string('b', 300)];
        using var bytes = new MemoryStream();
        bytes.Write(MappedText.Create(texts, isCompressed));

        Assert.Equal(texts, MappedValue.Read(bytes, new InflationRoom(bytes.Length))!.Select(text => text.ToString()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(0x3FFF_FFFC)] // ends of so many texts would lie before the block's begin
    [InlineData(int.MaxValue)]
    public void A_dictionary_that_is_to_have_more_texts_than_there_are_is_refused_before_there_is_room_for_them(int count)
    {
        var file = MappedText.Create(["a", "b", "c"], isCompressed: false);
        var block = file.AsSpan().LastIndexOf((byte[])[3, 0, 0, 0, 1, 0, 0, 0]) - (4 * sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(block + sizeof(int)), count);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(block + (4 * sizeof(int))), count);
        using var bytes = new MemoryStream();
        bytes.Write(file);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => MappedValue.Read(bytes, new InflationRoom(bytes.Length)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static FuzzTarget Target(string name) => FuzzTarget.All.Single(target => target.Name == name);

    private static long ExecutionsOf(FuzzTarget target) => target switch
    {
        LoadedPipelineTarget => 40,
        PipelineTarget => 300,
        ResumedTrainingTarget => 100,
        _ => 2000,
    };
}
