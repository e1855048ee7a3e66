using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using RnnLm.Faults;
using RnnLm.Persistence;

namespace RnnLm.Pipelines;

/// <summary>
/// A pipeline that ML.NET saved, read without ML.NET: of the zip archive those entries alone that carry a payload. Where they lie, and how
/// steps that were written before look, <see cref="LiteralStep"/> and <see cref="MappedValue"/> say.
/// </summary>
internal sealed class PipelineFile : IDisposable
{
    private const string LanguageModelKind = "language model";
    private const string ColumnSuffix = "ColumnName";
    private const string InputColumn = "inputColumnName";

    private const int MostOfStep = 1 << 20;

    private readonly ZipArchive archive;
    private readonly InflationRoom room;

    private PipelineFile(Stream stream)
    {
        archive = new ZipArchive(stream, ZipArchiveMode.Read);
        room = new InflationRoom(archive, stream.Length);
    }

    /// <summary>A language model in a pipeline.</summary>
    /// <param name="Columns">The names of the columns that it makes.</param>
    /// <param name="Content">The model file.</param>
    public sealed record CarriedModel(IReadOnlyList<string> Columns, Stream Content);

    /// <summary>Whether a zip archive is one that ML.NET saved; it is left open.</summary>
    public static bool IsOne(Stream stream)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries.Any(entry => PartsOf(entry) is ["TrainingInfo", "Version.txt"]);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads the language model of a pipeline; of several the one that makes a column, or has an index, or both.</summary>
    /// <exception cref="ModelFormatException">There is no such model, more than one, or no pipeline.</exception>
    public static ModelParts Read(string path, string? column, int? index, CancellationToken cancellation, FileSystem? files = null)
    {
        using var stream = CancellableStream.Of((files ?? FileSystem.Real).Open(path, new FileStreamOptions()), cancellation);
        return Read(stream, path, column, index);
    }

    /// <summary>Reads the language model of a pipeline, which messages call by a path.</summary>
    /// <exception cref="ModelFormatException">There is no such model, more than one, or no pipeline.</exception>
    public static ModelParts Read(Stream stream, string path, string? column, int? index)
    {
        try
        {
            if (stream.ReadByte() != 'P' || stream.ReadByte() != 'K') throw new ModelFormatException("It is no pipeline that ML.NET saved, which is a zip archive.");
            using var file = new PipelineFile(stream);
            return ModelFile.Read(Choose([.. file.LanguageModels()], column, index).Content);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ModelFormatException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelFormatException($"No language model can be taken out of \"{path}\". {exception.Message}", exception)
            {
                IsUnsuited = exception is ModelFormatException { IsUnsuited: true },
            };
        }
    }

    public void Dispose() => archive.Dispose();

    private static CarriedModel Choose(IReadOnlyList<CarriedModel> models, string? column, int? index)
    {
        if (models.Count == 0) throw new ModelFormatException("There is none in it, or it is no pipeline that ML.NET saved.");
        if (index >= models.Count) throw Refused($"There is none with the index {index} in it; the number of them is {models.Count}, counted from 0.");
        CarriedModel[] chosen = [.. models.Where((model, place) => (column is null || model.Columns.Contains(column)) && (index ?? place) == place)];
        if (chosen.Length == 1) return chosen[0];
        if (column is null) throw Refused($"There are {models.Count} in it: {(CanBeToldApart() ? "name a column of the one that is wanted" : "no column tells them apart")}.");
        throw Refused(
            chosen.Length > 1 ? $"The column {Quotation.Of(column)} is made by {chosen.Length} of the {models.Count} in it."
            : index is null ? $"None in it makes the column {Quotation.Of(column)}."
            : $"The one with the index {index} does not make the column {Quotation.Of(column)}.");

        bool CanBeToldApart() => models.SelectMany(model => model.Columns).CountBy(name => name).Any(name => name.Value == 1);

        ModelFormatException Refused(string reason)
        {
            var columns = models.Select((model, place) => $"{place}: {(model.Columns.Count == 0 ? "no column" : string.Join(", ", model.Columns))}");
            return new ModelFormatException($"{reason} They make these columns, by the index that LoadFromPipeline takes too: {string.Join("; ", columns)}.") { IsUnsuited = true };
        }
    }

    private IEnumerable<CarriedModel> LanguageModels()
    {
        foreach (var payload in Payloads())
        {
            using var settings = JsonDocument.Parse(payload.Settings);
            if (settings.RootElement.GetProperty("kind").GetString() != LanguageModelKind) continue;
            var columns = settings.RootElement.GetProperty("columns").EnumerateObject()
                .Where(option => option.Name.EndsWith(ColumnSuffix, StringComparison.Ordinal) && option.Name != InputColumn && option.Value.ValueKind == JsonValueKind.String)
                .Select(option => option.Value.GetString()!);
            yield return new CarriedModel([.. columns], payload.Content);
        }
    }

    /// <summary>The payloads in the order of their steps, whose numbers are written with as many digits.</summary>
    private IEnumerable<CarriedPayload> Payloads() => PlacedPayloads().OrderBy(payload => payload.Place, StringComparer.Ordinal).Select(payload => payload.Payload);

    private IEnumerable<(string Place, CarriedPayload Payload)> PlacedPayloads()
    {
        // The pieces of a payload are steps of one chain, in its order.
        var literals = archive.Entries.Where(entry => PartsOf(entry)[^1] == LiteralStep.EntryName)
            .Select(entry => (Chain: ChainOf(entry), Literal: LiteralStep.Read(entry, room)))
            .Where(step => step.Literal is not null)
            .GroupBy(step => step.Chain, step => step.Literal.AsMemory());
        foreach (var literal in literals) yield return (literal.Key, CarriedPayload.Read([.. literal]));
        foreach (var entry in archive.Entries)
            if (PartsOf(entry)[^1] == MappedValue.EntryName && IsOfPayload(entry) && MappedValue.Read(entry, room) is { } pieces) yield return (ChainOf(entry), CarriedPayload.Read(pieces));
    }

    /// <summary>Whether the step that a dictionary belongs to makes the payload's column; an application may have others.</summary>
    private bool IsOfPayload(ZipArchiveEntry dictionary)
    {
        if (archive.GetEntry(dictionary.FullName[..^MappedValue.EntryName.Length] + LiteralStep.EntryName) is not { Length: < MostOfStep } step) return false;
        room.Take(step.Length);
        var bytes = new byte[step.Length];
        using var stream = step.Open();
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(MemoryMarshal.AsBytes(CarriedPayload.ColumnName.AsSpan())) >= 0;
    }

    /// <summary>The folder of the chain that a step belongs to.</summary>
    private static string ChainOf(ZipArchiveEntry entry) => string.Join('/', PartsOf(entry).SkipLast(2));

    /// <summary>The folders of an entry and its name, with whichever separator the system that saved it has.</summary>
    private static string[] PartsOf(ZipArchiveEntry entry) => entry.FullName.Split('/', '\\');
}
