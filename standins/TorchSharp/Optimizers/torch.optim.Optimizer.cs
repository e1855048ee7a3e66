namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public abstract class Optimizer : IDisposable
        {
            private readonly ParameterGroup group;

            private protected Optimizer(double learningRate) => group = new ParameterGroup { LearningRate = learningRate };

            public virtual IEnumerable<ILearningRateController> ParamGroups => [group];

            private protected double LearningRate => group.LearningRate;

            public virtual Tensor? step(Func<Tensor>? closure = null)
            {
                if (closure is not null) throw Missing("a step with a closure");
                Update();
                return null;
            }

            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }

            private protected abstract void Update();

            private sealed class ParameterGroup : ILearningRateController
            {
                public double LearningRate { get; set; }
            }
        }
    }
}
