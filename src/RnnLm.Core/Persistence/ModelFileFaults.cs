using System.Buffers.Binary;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>What is told of a file that is no model file.</summary>
internal sealed class ModelFileFaults : SafetensorsFaults
{
    private const string NotAModelFile = "This is not a model file";

    public override string ZipArchive
        => $"{NotAModelFile} but a zip archive. Where it is a pipeline that ML.NET saved, rnnlm extract (in a program, LanguageModel.LoadFromPipeline) takes the language "
            + "model out of it.";

    public override string NoHeader => $"{NotAModelFile}: it does not begin with a safetensors header.";

    public override string TooShort(long bytes)
        => $"{NotAModelFile}, or it is cut short: it has {bytes} bytes, fewer than the {sizeof(ulong)} a model file begins with.";

    public override string HeaderTooLong(ulong length)
        => IsText(length)
            ? $"{NotAModelFile} but text. The model comes first, the text after it."
            : $"{NotAModelFile}: its header would be {length} bytes long; {SafetensorsHeader.MaximumLength} is the most.";

    /// <summary>Whether the bytes of a length are letters and signs rather than a number.</summary>
    private static bool IsText(ulong length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return !bytes.ContainsAnyInRange((byte)0, (byte)0x08) && !bytes.ContainsAnyInRange((byte)0x0E, (byte)0x1F) && !bytes.ContainsAnyInRange((byte)0xF5, (byte)0xFF);
    }

    public override string HeaderCutShort(ulong length, long remaining)
        => $"The file is cut short, or it is no model file: its header is to be {length} bytes long, and {remaining} bytes follow.";

    public override string GoesOn(long bytes) => "The file goes on after its last tensor; it has been altered.";
}
