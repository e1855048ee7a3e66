using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Starts;

/// <summary>What it costs to start a program that loads a model and predicts: time to its first answer, and memory.</summary>
static class StartRun
{
    private const string Prompt = "the";

    /// <summary>Starts the programs, in turns, and says what came of it.</summary>
    public static int Run(StartOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-start-");
        try
        {
            var model = options.Model ?? Path.Combine(folder.FullName, "random.rnnlm");
            if (options.Model is null) RandomModel.Create(ColdStart.Network).Save(model);
            Console.WriteLine($"{options.Model ?? ColdStart.Network.Describe()}, {new FileInfo(model).Length / 1e6:N1} MB; {options.Runs} starts of each program, in turns");
            Measure(options, model);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(StartOptions options, string model)
    {
        StartedProgram[] programs =
        [
            .. options.Native.Select(path => new StartedProgram(path, new ColdStart(path, model, Prompt))),
            .. options.RnnLm.Select(path => new StartedProgram($"{path} predict", new ColdStart(path, "predict", model, Prompt))),
        ];
        foreach (var program in programs) program.Warm();
        for (var run = 0; run < options.Runs; run++)
        {
            foreach (var program in programs) program.Measure();
        }
        Console.WriteLine("| program | least ms | median ms | most MB resident |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var program in programs) Console.WriteLine(program);
    }
}
