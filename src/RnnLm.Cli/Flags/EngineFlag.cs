using RnnLm.Mpi;
using RnnLm.Torch;

namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--engine</c>, and those that go with one case of it.</summary>
static class EngineFlag
{
    /// <summary>The flag that names a folder of native code.</summary>
    public const string Libtorch = "--libtorch";

    /// <summary>The flag that names what trains.</summary>
    public const string Name = "--engine";

    /// <summary>The managed engine in several processes.</summary>
    public const string Mpi = "mpi";

    private const string LibtorchVariable = "RNNLM_LIBTORCH";
    private const string Managed = "managed";
    private const string Torch = "torch";
    private const string Local = "local";
    private const string Gradients = "gradients";

    /// <param name="flags">Where the flags are declared.</param>
    /// <param name="set">Takes the engine, once all flags are set; null for the managed one.</param>
    public static void Engine(this FlagSet flags, Action<ITrainingEngine?> set)
        => flags.Declare(set, "What trains: managed needs nothing but .NET, torch is TorchSharp and needs its native library. The models are of the same kind.", other: null);

    /// <summary>The flags of a command that trains one network, which several processes can do together.</summary>
    /// <inheritdoc cref="Engine"/>
    public static void SharedEngine(this FlagSet flags, Action<ITrainingEngine?> set)
    {
        Func<ITrainingEngine> create = null!;
        var choice = flags.Declare(set,
            "What trains: managed needs nothing but .NET, torch is TorchSharp and needs its native library, mpi is managed on several machines and needs MPICH, whose mpiexec starts the command. "
            + "The models are of the same kind.",
            (Mpi, () => create()));
        (int? Windows, double? Rate, double? Momentum) local = default;
        create = () => CreateLocal(local.Windows, local.Rate, local.Momentum);
        var synchronization = flags.Choice("--synchronization",
            "How the processes of the engine mpi keep together: local brings their weights together once in many windows, gradients adds their gradients for every window and needs a fast network.",
            Local, new() { [Local] = () => { }, [Gradients] = () => create = CreateSynchronous });
        synchronization.GoesWith(choice, Mpi);
        flags.DeclareLocal("--synchronize-every", "After how many windows weights are brought together. [default: 200]", Values.Whole, value => local.Windows = value, "LocalWindows", choice, synchronization);
        flags.DeclareLocal("--outer-rate", "The share of the way to their mean that weights then go. [default: 1]", Values.Fraction, value => local.Rate = value, "OuterLearningRate", choice, synchronization);
        flags.DeclareLocal("--outer-momentum", "How much of such a step is added to the next. [default: 1 - 1/N with N processes]", Values.Fraction, value => local.Momentum = value, "OuterMomentum", choice, synchronization);
    }

    private static void DeclareLocal<TValue>(
        this FlagSet flags, string name, string description, Func<string, TValue> read, Action<TValue> set, string option, Choice engine, Choice synchronization)
    {
        var flag = flags.Optional(name, description, read, set, option);
        flag.GoesWith(engine, Mpi);
        flag.GoesWith(synchronization, Local);
    }

    private static Choice Declare(this FlagSet flags, Action<ITrainingEngine?> set, string description, (string Name, Func<ITrainingEngine> Create)? other)
    {
        Func<ITrainingEngine?> create = () => null;
        var device = "cpu";
        var libtorch = Environment.GetEnvironmentVariable(LibtorchVariable);
        // The assembly of an engine is looked for only where one is made.
        Dictionary<string, Action> cases = new()
        {
            [Managed] = () => create = () => null,
            [Torch] = () => create = () => CreateTorch(device, libtorch),
        };
        if (other is { } one) cases.Add(one.Name, () => create = one.Create);
        var engine = flags.Choice(Name, description, Managed, cases);
        flags.Optional("--device", "Where the engine torch trains: cpu, cuda, or cuda:N. [default: cpu]", Values.Text, value => device = value, shows: "cpu|cuda|cuda:N")
            .GoesWith(engine, Torch, chosen => $"the engine {chosen} trains on the processor");
        flags.Optional(Libtorch,
            "The folder that holds libtorch 2.10 for the engine torch: that of its NuGet package, of PyTorch, or of an application that has it. "
            + $"[default: the environment variable {LibtorchVariable}]",
            Values.File, value => libtorch = value, shows: Placeholder.Folder)
            .GoesWith(engine, Torch, chosen => $"the engine {chosen} does not use it");
        flags.Check(() => set(create()));
        return engine;
    }

    private static TorchEngine CreateTorch(string device, string? libtorch) => new(device, libtorch);

    private static MpiEngine CreateSynchronous() => new(new GradientSynchronization());

    private static MpiEngine CreateLocal(int? windows, double? rate, double? momentum)
    {
        var steps = new LocalSteps { OuterMomentum = momentum };
        steps.LocalWindows = windows ?? steps.LocalWindows;
        steps.OuterLearningRate = rate ?? steps.OuterLearningRate;
        return new MpiEngine(steps);
    }
}
