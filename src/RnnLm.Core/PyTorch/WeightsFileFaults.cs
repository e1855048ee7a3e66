using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>What is told of a file that is none of weights.</summary>
internal sealed class WeightsFileFaults : SafetensorsFaults
{
    public const string Advice = "Save the state_dict in the safetensors format, with save_model of safetensors.torch.";

    public const string Pickle
        = $"This is a pickle, as torch.save wrote it before PyTorch 1.6. Load it in Python and save the state_dict anew: {Advice}";

    public const string Pipeline
        = "This is a model that ML.NET saved, and no weights of PyTorch's. rnnlm extract (in a program, LanguageModel.LoadFromPipeline) takes a language model out of it.";

    public const string ModelFile = "This is a model file already, as train and import write them: use it as it is.";

    public override string ZipArchive
        => "This is a zip archive, as torch.save writes it, and no safetensors file. With AllowPickle the tensors of a state_dict in it are read, and no code "
            + "is run. Or save the state_dict with save_model of safetensors.torch.";

    public override string TooShort(long bytes) => $"The file is cut short, or no safetensors file: it has {bytes} bytes.";

    public override string HeaderTooLong(ulong length)
        => $"This is no safetensors file: its header would be {length} bytes long; {SafetensorsHeader.MaximumLength} is the most. {Advice}";

    public override string HeaderCutShort(ulong length, long remaining)
        => $"The file is cut short, or no safetensors file: its header is to be {length} bytes long, and {remaining} bytes follow.";

    public override string GoesOn(long bytes) => $"The file goes on for {bytes} bytes after its last tensor; it has been altered.";
}
