using RnnLm.Persistence;
using RnnLm.Pipelines;
using RnnLm.PyTorch;
using RnnLm.Tests.PyTorch;
using Xunit.Abstractions;

namespace RnnLm.Tests.Persistence;

/// <summary>Whatever is read from a path, made to fail at each of its operations in turn: it gives the model or says what is wrong, and never another model.</summary>
public sealed class ReadingFailureTests(ITestOutputHelper output) : IDisposable
{
    private const int FewestOperations = 10;

    private static readonly Dictionary<string, Func<PyTorchFolder, FileSystem, LanguageModel>> Readers = new()
    {
        ["model"] = (folder, files) => Load(folder, ModelFileTests.ModelWithEverything(), files),
        ["8-bit model"] = (folder, files) => Load(folder, RandomModels.Model().Quantize(), files),
        ["model with an adaptive softmax"] = (folder, files) => Load(folder, AdaptiveModels.Model(AdaptiveModels.Weights()), files),
        ["pipeline"] = (_, files) => Extract(PathOf("Pipelines", "Literals", "from-adaptive.zip"), files),
        ["pipeline of base64"] = (_, files) => Extract(PathOf("Pipelines", "next-word.zip"), files),
        ["safetensors"] = (folder, files) => Import(folder, folder.Weights, files),
        ["torch.save"] = (folder, files) =>
        {
            File.WriteAllText(folder.Vocabulary, "<unk>\n<eos>\na\nb\nc\nd\n");
            return Import(folder, PathOf("PyTorch", "TorchSave", "strided.pt"), files);
        },
    };

    private readonly PyTorchFolder folder = new(RandomModels.Model());

    public static TheoryData<string> Kinds => [.. Readers.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_operation_may_fail_and_no_other_model_comes_of_it(string kind)
    {
        var expected = ModelFileTests.FileOf(Readers[kind](folder, FileSystem.Real));
        foreach (var failure in (Failure[])[Failure.Once, Failure.Crash, Failure.EndOfFile])
        {
            var failed = new List<string>();
            for (var operation = 1; ; operation++)
            {
                var files = new FailingFileSystem(operation, failure);
                var model = default(LanguageModel);
                var fault = Record.Exception(() => model = Readers[kind](folder, files));
                Assert.True(fault is null or ModelFormatException or IOException, $"{fault}");
                if (model is not null) Assert.Equal(expected, ModelFileTests.FileOf(model));
                if (files.Failed is null) break;
                failed.Add(files.Failed);
            }
            output.WriteLine($"{failure}, {failed.Count}: {string.Join(", ", failed.CountBy(name => name))}");
            Assert.InRange(failed.Count, FewestOperations, int.MaxValue);
            Assert.Contains("read", failed);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_gives_a_few_bytes_at_a_time_is_read_all_the_same(string kind)
    {
        var expected = ModelFileTests.FileOf(Readers[kind](folder, FileSystem.Real));
        foreach (var bytes in (int[])[1, 2, 7])
        {
            var files = new FailingFileSystem { MostInRead = bytes };
            Assert.Equal(expected, ModelFileTests.FileOf(Readers[kind](folder, files)));
            Assert.InRange(files.Operations.Count(name => name == "read"), 1000 / bytes, int.MaxValue);
        }
    }

    private static LanguageModel Load(PyTorchFolder folder, LanguageModel model, FileSystem files)
    {
        model.Save(folder.PathOf("model"));
        return ModelOf(ModelFile.Read(folder.PathOf("model"), files: files));
    }

    private static LanguageModel Extract(string path, FileSystem files) => ModelOf(PipelineFile.Read(path, column: null, index: null, CancellationToken.None, files));

    private static LanguageModel Import(PyTorchFolder folder, string weights, FileSystem files)
    {
        var (vocabulary, network) = PyTorchImport.Read(weights, folder.Vocabulary, new PyTorchImportOptions { AllowPickle = true }, CancellationToken.None, files);
        return new LanguageModel(Tokenizer.Whitespace, vocabulary, network, training: null);
    }

    private static LanguageModel ModelOf(ModelParts parts) => new(parts.Tokenizer, parts.Vocabulary, parts.Network, parts.Training);

    private static string PathOf(params string[] names) => Path.Combine([AppContext.BaseDirectory, .. names]);
}
