using RnnLm.Fuzz.Mutations;

namespace RnnLm.Fuzz.Targets;

/// <summary>A format that the library reads: what reads it, what it may throw, and how its files are changed.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Every target: a new one is entered here.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new ModelTarget(),
        new NGramTarget(),
        new UserModelTarget(),
        new StateTarget(),
        new ArpaTarget(),
        new StateDictTarget(),
        new TorchSaveTarget(),
        new PickleTarget(),
        new VocabularyFileTarget(),
        new PayloadTarget(),
        new SettingsTarget(),
        new MappedValueTarget(),
        new LiteralStepTarget(),
        new PipelineTarget(),
        new LoadedPipelineTarget(),
        new CheckpointTarget(),
        new ResumedTrainingTarget(),
        new HistoryTarget(),
        new SweepRecordTarget(),
        new TokenizerTarget(),
        new SubwordFilesTarget(),
        new LinesTarget(),
        new FlagValuesTarget(),
        new NBestTarget(),
    ];

    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The folder of its seeds.</summary>
    public virtual string SeedFolderName => Name;

    /// <summary>What it reads, in a few words.</summary>
    public abstract string Summary { get; }

    /// <summary>How an input becomes another one that gets far.</summary>
    public abstract IMutation Mutation { get; }

    /// <summary>The greatest number of bytes that may be allocated for an input of no length, in all.</summary>
    public virtual long AllocatedAlways => 16 << 20;

    /// <summary>How many bytes more may be allocated for each byte of input.</summary>
    public virtual int AllocatedForByte => 400;

    /// <summary>Inputs by name that our own code makes.</summary>
    public abstract IEnumerable<(string Name, byte[] Content)> CreateSeeds();

    /// <summary>Reads an input, and where it can be read uses what was read.</summary>
    /// <exception cref="FaultException">What was read is not what it should be.</exception>
    public abstract void Read(byte[] input);

    /// <summary>Whether a reader's documentation names what it has thrown.</summary>
    public abstract bool IsDocumented(Exception exception);
}
