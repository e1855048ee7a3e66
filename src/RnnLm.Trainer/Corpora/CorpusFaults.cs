using RnnLm.Safetensors;

namespace RnnLm.Training;

/// <summary>What is told of a file that is no corpus.</summary>
internal sealed class CorpusFaults : SafetensorsFaults
{
    private const string NoCorpus = "This is no encoded corpus";

    public override string ZipArchive => $"{NoCorpus} but a zip archive.";

    public override string NoHeader => $"{NoCorpus}: it does not begin with a safetensors header.";

    public override string TooShort(long bytes) => $"{NoCorpus}, or it is cut short: it has {bytes} bytes, fewer than the {sizeof(ulong)} that one begins with.";

    public override string HeaderTooLong(ulong length) => $"{NoCorpus}: its header would be {length} bytes long; {SafetensorsHeader.MaximumLength} is the most.";

    public override string HeaderCutShort(ulong length, long remaining)
        => $"The file is cut short, or it is no encoded corpus: its header is to be {length} bytes long, and {remaining} bytes follow.";

    public override string GoesOn(long bytes) => "The file goes on after its last tensor; it has been altered.";
}
