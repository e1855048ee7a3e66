using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;

namespace RnnLm.Tests.Persistence;

/// <summary>A model file of <c>FirstFormat/</c> and what it gave when it was made; the README there says how that is written.</summary>
internal sealed class RecordedModel
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Persistence", "FirstFormat");

    private readonly JsonElement record;

    public RecordedModel(string name)
    {
        File = System.IO.File.ReadAllBytes(Path.Combine(Folder, $"{name}.rnnlm"));
        using var stream = System.IO.File.OpenRead(Path.Combine(Folder, $"{name}.json"));
        record = JsonDocument.Parse(stream).RootElement;
    }

    /// <summary>The names of all there are.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.rnnlm").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    public byte[] File { get; }

    public JsonElement Contents => record.GetProperty("contents");

    public string[] Texts => StringsOf(record.GetProperty("texts"));

    // The name under which what is computed with the registers of this process is recorded.
    private static string Registers
        => !Fma.IsSupported && !AdvSimd.IsSupported ? "unfused" : Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";

    public JsonElement Result(string key) => ForRegisters(record.GetProperty("results").GetProperty(key));

    public static string[] StringsOf(JsonElement values) => [.. values.EnumerateArray().Select(value => ForRegisters(value).GetString()!)];

    public static float[] FloatsOf(JsonElement values)
        => [.. StringsOf(ForRegisters(values)).Select(bits => BitConverter.UInt32BitsToSingle(uint.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];

    public static double[] DoublesOf(JsonElement values) => [.. StringsOf(ForRegisters(values)).Select(DoubleOf)];

    public static double DoubleOf(string bits) => BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>The value itself or, of one that is recorded for several kinds of register, that for those of this process.</summary>
    private static JsonElement ForRegisters(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return value;
        foreach (var property in value.EnumerateObject())
            if (property.Name.Split(' ').Contains(Registers)) return property.Value;
        return value;
    }
}
