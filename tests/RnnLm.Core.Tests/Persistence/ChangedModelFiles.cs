namespace RnnLm.Tests.Persistence;

/// <summary>Model files changed after they were written, and what reading them must come to.</summary>
internal static class ChangedModelFiles
{
    // Whatever a file says, reading it may allocate a few times its size and some working room.
    private const long WorkingRoom = 1 << 20;

    /// <summary>The file after a change that its writer would have made, so without a checksum.</summary>
    public static byte[] Changed(byte[] file, Action<PlainSafetensors> change)
    {
        var changed = new PlainSafetensors(file);
        changed.Metadata.Remove("crc32c");
        change(changed);
        return changed.ToFile();
    }

    /// <summary>Loads a file in every way there is; it must be refused, cheaply, and for the reasons given.</summary>
    public static void AssertRefused(byte[] file, params string[] reasons)
    {
        foreach (var stream in new Stream[] { new MemoryStream(file), new OneWayStream(new MemoryStream(file)) })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var fault = Assert.Throws<ModelFormatException>(() => LanguageModel.Load(stream));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, WorkingRoom + (16L * file.Length));
            foreach (var reason in reasons) Assert.Contains(reason, fault.Message);
        }
    }

    /// <summary>Cuts the file short at every length.</summary>
    public static void AssertRefusedWhenCutShort(byte[] file)
    {
        for (var length = 0; length < file.Length; length++) AssertRefused(file[..length]);
    }

    /// <summary>Alters each bit of the file in turn: it must be refused, or <paramref name="assertSame"/> must find its model the same.</summary>
    public static void AssertRefusedWithAnyBitAltered(byte[] file, Action<LanguageModel> assertSame)
    {
        for (var place = 0; place < file.Length; place++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var altered = (byte[])file.Clone();
                altered[place] ^= (byte)(1 << bit);
                try
                {
                    // Another name for the checksum is the one thing that may be altered without being noticed: nothing else is altered then.
                    assertSame(ModelFileTests.ModelOf(altered));
                }
                catch (ModelFormatException)
                {
                }
            }
        }
    }

    /// <summary>
    /// Takes the checksum away and puts other values in the place of each byte, those of <paramref name="more"/> among them:
    /// the file must be a model or be refused, cheaply.
    /// </summary>
    public static void AssertModelOrRefusedWithAnyByteAltered(byte[] file, Func<byte[]> more)
    {
        file = Changed(file, _ => { });
        for (var place = 0; place < file.Length; place++)
        {
            foreach (var value in (byte[])[(byte)(file[place] ^ 1), (byte)(file[place] ^ 0x80), (byte)'0', .. more()])
            {
                var altered = (byte[])file.Clone();
                altered[place] = value;
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    ModelFileTests.ModelOf(altered);
                }
                catch (ModelFormatException)
                {
                }
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, WorkingRoom);
            }
        }
    }
}
