using System.Buffers.Binary;
using System.Text;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.Training.Tests.Checkpoints;

/// <summary>Checkpoints as they would be if something in them were another.</summary>
internal static class ChangedCheckpoint
{
    /// <summary>Reads all arrays and numbers of a checkpoint.</summary>
    public static void CopyAllTo(this CheckpointReader reader, CopiedValues values)
    {
        foreach (var key in reader.Header.Metadata.Keys.Where(key => key.StartsWith(CheckpointFile.NumberPrefix, StringComparison.Ordinal)))
            values.Set(key[CheckpointFile.NumberPrefix.Length..], reader.Number(key[CheckpointFile.NumberPrefix.Length..]));
        foreach (var (name, tensor) in reader.Header.Tensors)
        {
            if (tensor.Type == TensorEntry.Float32)
            {
                var array = new float[reader.LengthOf(name)!.Value];
                reader.CopyTo(name, array);
                values.Set(name, array);
            }
            else
            {
                var array = new byte[reader.LengthOf(name)!.Value];
                reader.CopyTo(name, array);
                values.Set(name, array);
            }
        }
    }

    /// <summary>Writes a checkpoint anew, with its checksum.</summary>
    public static void Rewrite(string path, Action<CopiedValues> change)
    {
        var values = new CopiedValues();
        CheckpointRecord record;
        using (var reader = new CheckpointReader(path))
        {
            reader.CopyAllTo(values);
            record = reader.Record;
        }
        change(values);
        CheckpointFile.Write(path, record, values);
    }

    /// <summary>Writes the right checksum into the bytes of a checkpoint.</summary>
    public static void Seal(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = SafetensorsHeader.Parse(file.AsSpan(sizeof(ulong), length));
        Encoding.ASCII.GetBytes(FileChecksum.Begin(file, header).ToString(), FileChecksum.DigitsIn(file, header));
    }
}
