using System.Globalization;
using RnnLm.Faults;
using RnnLm.Safetensors;

namespace RnnLm.Training;

/// <summary>What a checkpoint tells of its run, beside the state itself.</summary>
internal sealed record CheckpointRecord
{
    public const string Format = "rnnlm-checkpoint";
    public const int Version = 1;

    private const string FormatKey = "format";
    private const string VersionKey = "format_version";
    private const string EpochKey = "epoch";
    private const string StepKey = "step";
    private const string ProcessorKey = "processor";
    private const string OptionPrefix = "option.";
    private const string IdentityPrefix = "identity.";
    private const string NotePrefix = "note.";

    /// <summary>The epoch it was written in, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The windows trained until then, over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>What the run computed with, in words.</summary>
    public required string Processor { get; init; }

    /// <summary>The options, as <see cref="TrainingOptions.Describe"/> gives them.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>What else decides what is learned: see <see cref="RunIdentity"/>.</summary>
    public required IReadOnlyDictionary<string, string> Identity { get; init; }

    /// <summary>The caller's own.</summary>
    public required IReadOnlyDictionary<string, string> Notes { get; init; }

    /// <summary>The record as the metadata of a file.</summary>
    public IEnumerable<KeyValuePair<string, string>> Metadata =>
    [
        new(FormatKey, Format),
        new(VersionKey, Invariant($"{Version}")),
        new(EpochKey, Invariant($"{Epoch}")),
        new(StepKey, Invariant($"{Step}")),
        new(ProcessorKey, Processor),
        .. With(OptionPrefix, Options),
        .. With(IdentityPrefix, Identity),
        .. With(NotePrefix, Notes),
    ];

    /// <summary>The record of a file.</summary>
    /// <exception cref="ModelFormatException">It is no checkpoint, or of a newer version, or something is missing.</exception>
    public static CheckpointRecord Read(SafetensorsHeader header)
    {
        var metadata = header.Metadata;
        if (metadata.GetValueOrDefault(FormatKey) != Format)
            throw new ModelFormatException($"This is a safetensors file but not a checkpoint: its metadata lack \"{FormatKey}\": \"{Format}\".");
        var version = Number(metadata, VersionKey, 1);
        if (version > Version)
            throw new ModelFormatException($"The checkpoint was written by a newer version: it has format version {version}; this program reads up to {Version}.");
        return new CheckpointRecord
        {
            Epoch = (int)Math.Min(Number(metadata, EpochKey, 1), int.MaxValue),
            Step = Number(metadata, StepKey, 0),
            Processor = Value(metadata, ProcessorKey),
            Options = header.MetadataUnder(OptionPrefix),
            Identity = header.MetadataUnder(IdentityPrefix),
            Notes = header.MetadataUnder(NotePrefix),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> With(string prefix, IReadOnlyDictionary<string, string> values)
        => values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => KeyValuePair.Create(prefix + value.Key, value.Value));

    private static string Value(IReadOnlyDictionary<string, string> metadata, string key)
        => metadata.TryGetValue(key, out var value) ? value : throw new ModelFormatException($"The metadata lack \"{key}\".");

    private static long Number(IReadOnlyDictionary<string, string> metadata, string key, long least)
        => long.TryParse(Value(metadata, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new ModelFormatException($"\"{key}\" is {Quotation.Of(metadata[key])}; it must be a whole number from {least} on.");
}
