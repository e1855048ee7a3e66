using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>What is told of a file that is none of weights.</summary>
internal sealed class WeightsFileFaults : SafetensorsFaults
{
    public const string Advice = "Save the state_dict in the safetensors format, with save_model of safetensors.torch.";

    public override string ZipArchive
        => "This is a zip archive, as torch.save writes it, and no safetensors file. AllowPickle of the options (--allow-pickle on the command line) lets the tensors of "
            + "a state_dict in it be read, without running code. Or save the state_dict with save_model of safetensors.torch.";

    public override string TooShort(long bytes) => $"The file is cut short, or no safetensors file: it has {bytes} bytes.";

    public override string HeaderTooLong(ulong length)
        => $"This is no safetensors file: its header would be {length} bytes long; {SafetensorsHeader.MaximumLength} is the most. {Advice}";

    public override string HeaderCutShort(ulong length, long remaining)
        => $"The file is cut short, or no safetensors file: its header is to be {length} bytes long, and {remaining} bytes follow.";

    public override string GoesOn(long bytes) => $"The file goes on for {bytes} bytes after its last tensor; it has been altered.";
}
