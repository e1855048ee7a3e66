using System.Globalization;
using RnnLm.Benchmarks;
using RnnLm.Benchmarks.Checkpoints;
using RnnLm.Benchmarks.Comparison;
using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Kill;
using RnnLm.Benchmarks.Measurements;
using RnnLm.Benchmarks.MicroBenchmarks;
using RnnLm.Benchmarks.Serve;
using RnnLm.Benchmarks.Soak;
using RnnLm.Benchmarks.Starts;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["compare", .. var flags]:
        return Flags.Run(flags, ComparisonOptions.Parse, ComparisonRun.Run);
    case ["kernels", .. var flags]:
        return MicroBenchmark.Run([typeof(ProductBenchmarks), typeof(VectorProductBenchmarks), typeof(ElementwiseBenchmarks), typeof(SoftmaxBenchmarks)], flags);
    case ["prediction", .. var flags]:
        return MicroBenchmark.Run([typeof(PredictionBenchmarks)], flags);
    case ["pipeline"]:
        return PipelineCost.Run();
    case ["soak", .. var flags]:
        return Flags.Run(flags, SoakOptions.Parse, SoakRun.Run);
    case ["serve", .. var flags]:
        return Flags.Run(flags, ServeOptions.Parse, ServeRun.Run);
    case ["kill", .. var flags]:
        return Flags.Run(flags, KillOptions.Parse, KillRun.Run);
    case ["checkpoint-cost", .. var flags]:
        return Flags.Run(flags, CheckpointCostOptions.Parse, CheckpointCost.Run);
    case ["start", .. var flags]:
        return Flags.Run(flags, StartOptions.Parse, StartRun.Run);
    // What compare, pipeline and kill start in processes of their own.
    case ["libtorch"]:
        return LibtorchServer.Run();
    case ["managed"]:
        return ManagedServer.Run();
    case ["onnxruntime"]:
        return OnnxRuntimeServer.Run();
    case ["onnxruntime", "predict", var path]:
        return OnnxRuntimePrediction.PredictFirst(path);
    case ["pipeline", .. var step]:
        return PipelineStep.Run(step);
    case ["training-start", var words]:
        Console.WriteLine(TrainingStart.WordsPerSecond(int.Parse(words)));
        return 0;
    case ["memory", var windows]:
        Console.WriteLine(TrainingMemory.AfterWindows(int.Parse(windows)));
        return 0;
    case ["kill-child", var work]:
        return KillChild.Run(work);
    default:
        Console.Error.WriteLine(
            """
            kernels [--filter GLOB]      matrix products, elementary functions and softmax, as a share of the fused-multiply-add peak
            prediction [--filter GLOB]   next words, scores, and what they allocate
            pipeline                     what an ML.NET pipeline costs to fit, save, load and ask, in time and memory
            soak [--threads 64] [--minutes 60] [--model FILE] [--seed 1] [--activity TEXT]
                                         threads that do everything at once, on the same objects; wrong answers and memory that grows are found
            serve [--clients 64] [--minutes 10] [--model FILE] [--rnnlm PATH] [--seed 1]
                                         clients that ask rnnlm serve at once: errors, times, and memory that grows
            kill [--runs 200] [--seed 1] [--text FILE] [--rnnlm PATH] [--case TEXT]
                                         trainings that are killed and gone on with must end as the ones that nobody killed
            checkpoint-cost [--pairs 5] [--seconds 40] [--interval 10] [--folder DIR]
                                         how much slower training is that writes checkpoints
            start [--runs 20] [--model FILE] [--native PATH] [--rnnlm PATH]
                                         what samples/NativePredict and rnnlm take from their start to a first prediction; --native and --rnnlm may be repeated
            compare ...                  training beside libtorch, prediction beside ONNX Runtime, and the goals: bench/compare.sh --help
            """);
        return 2;
}
