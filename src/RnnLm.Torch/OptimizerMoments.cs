using static TorchSharp.torch;
using Modules = TorchSharp.Modules;

namespace RnnLm.Torch;

/// <summary>
/// What an optimizer of libtorch keeps from update to update, in the state of a training run: nothing for SGD, of each parameter two moments and the number
/// of updates for Adam and AdamW.
/// </summary>
internal static class OptimizerMoments
{
    private const string First = "first_moment";
    private const string Second = "second_moment";
    private const string Updates = "updates";

    public static void Save(optim.Optimizer optimizer, TrainingState state)
    {
        foreach (var (index, parameter) in Of(optimizer).Index())
        {
            var part = PartOf(state, index);
            var (updates, first, second) = parameter switch
            {
                Modules.Adam.State adam => (adam.step, adam.exp_avg, adam.exp_avg_sq),
                Modules.AdamW.State adamW => (adamW.step, adamW.exp_avg, adamW.exp_avg_sq),
                _ => default,
            };
            if (first is null || second is null) continue;
            part.Set(Updates, updates);
            part.Set(First, first);
            part.Set(Second, second);
        }
    }

    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public static void Restore(optim.Optimizer optimizer, TrainingState state)
    {
        foreach (var (index, parameter) in Of(optimizer).Index())
        {
            var part = PartOf(state, index);
            switch (parameter)
            {
                case Modules.Adam.State adam:
                    adam.step = part.GetWhole(Updates);
                    part.Get(First, adam.exp_avg);
                    part.Get(Second, adam.exp_avg_sq);
                    break;
                case Modules.AdamW.State adamW:
                    adamW.step = part.GetWhole(Updates);
                    part.Get(First, adamW.exp_avg);
                    part.Get(Second, adamW.exp_avg_sq);
                    break;
            }
        }
    }

    // The optimizer's own objects, one a parameter.
    private static List<Modules.OptimizerState> Of(optim.Optimizer optimizer) => ((Modules.OptimizerHelper)optimizer).state_dict().State;

    private static TrainingState PartOf(TrainingState state, int parameter) => state.Part(FormattableString.Invariant($"parameter{parameter}"));
}
