using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.ML;
using RnnLm.Pipelines;

namespace RnnLm.Transforms.Tests;

public sealed class DamagedFileTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private readonly MLContext mlContext = fixture.MLContext;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void A_zip_that_is_cut_short_is_refused(double share)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.zip");
        mlContext.Model.Save(fixture.Pipeline, fixture.Data.Schema, path);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(int)(bytes.Length * share)]);

        Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(path, out _));
        Assert.Equal((int)(bytes.Length * share), new FileInfo(path).Length);
    }

    [Fact]
    public void A_zip_that_was_altered_never_gives_other_answers()
    {
        using var stream = new MemoryStream();
        mlContext.Model.Save(fixture.Pipeline, fixture.Data.Schema, stream);
        var whole = stream.ToArray();
        var expected = Answers(whole);

        var refused = 0;
        const int Places = 40;
        for (var place = 1; place <= Places; place++)
        {
            var altered = (byte[])whole.Clone();
            altered[whole.Length * place / (Places + 1)] ^= 0x10;
            try
            {
                Assert.Equal(expected, Answers(altered));
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, Places / 2, Places);

        string[] Answers(byte[] zip)
        {
            var loaded = new MLContext().Model.Load(new MemoryStream(zip), out _);
            return [.. mlContext.Data.CreateEnumerable<FullPrediction>(loaded.Transform(fixture.Data), reuseRowObject: false).Select(prediction => prediction.ToString())];
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(500)]
    public void Damage_to_a_model_is_found_when_the_language_model_is_asked_for_and_no_later_than_in_the_first_row(int character)
    {
        using var stream = new MemoryStream();
        mlContext.Model.Save(fixture.Pipeline, fixture.Data.Schema, stream);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            foreach (var entry in archive.Entries.Where(entry => entry.Name == LiteralStep.EntryName)) Alter(entry, character);

        // ML.NET asks no mapping while it loads: nothing can be found there.
        var loaded = mlContext.Model.Load(stream, out _);

        Assert.Throws<InvalidDataException>(() => loaded.GetLanguageModel());
        Assert.Throws<InvalidDataException>(() => loaded.GetLanguageModels());
        Assert.Throws<InvalidDataException>(() => loaded.TryGetLanguageModel(out _));
        // Several threads may read rows, and ML.NET wraps what one of them meets.
        Assert.IsType<InvalidDataException>(Record.Exception(() => loaded.Transform(fixture.Data).Column<string>("NextWord"))?.GetBaseException());

        static void Alter(ZipArchiveEntry entry, int character)
        {
            using var content = entry.Open();
            using var read = new MemoryStream();
            content.CopyTo(read);
            var bytes = read.ToArray();
            var begin = bytes.AsSpan().IndexOf(MemoryMarshal.AsBytes(LiteralStep.Before.AsSpan()));
            if (begin < 0) return;
            bytes[begin + (sizeof(char) * (LiteralStep.Before.Length + character))] ^= 1;
            content.Position = 0;
            content.Write(bytes);
        }
    }

    [Fact]
    public void A_zip_that_is_not_there_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();

        Assert.ThrowsAny<IOException>(() => mlContext.Model.Load(folder.File("missing.zip"), out _));
    }

    [Fact]
    public void A_path_that_cannot_be_written_leaves_the_zip_that_was_there_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.zip");
        mlContext.Model.Save(fixture.Pipeline, fixture.Data.Schema, path);
        var before = File.ReadAllBytes(path);

        using (new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None))
            Assert.ThrowsAny<IOException>(() => mlContext.Model.Save(fixture.Pipeline, fixture.Data.Schema, path));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Throws<DirectoryNotFoundException>(() => mlContext.Model.Save(fixture.Pipeline, fixture.Data.Schema, folder.File("no/such/folder.zip")));
    }
}
