using Microsoft.ML;

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
