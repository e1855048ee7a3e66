using RnnLm.Safetensors;

namespace RnnLm.Training;

/// <summary>What is told of a file that is no whole checkpoint.</summary>
internal sealed class CheckpointFileFaults : SafetensorsFaults
{
    public override string ZipArchive => "It is a zip archive.";

    public override string NoHeader => "It does not begin with a safetensors header.";

    public override string TooShort(long bytes) => $"It is cut short: it has {bytes} bytes, fewer than the {sizeof(ulong)} it begins with.";

    public override string HeaderTooLong(ulong length) => $"Its header would be {length} bytes long; {SafetensorsHeader.MaximumLength} is the most.";

    public override string HeaderCutShort(ulong length, long remaining) => $"It is cut short: its header is to be {length} bytes long, and {remaining} bytes follow.";

    public override string GoesOn(long bytes) => "It goes on after its last tensor.";
}
