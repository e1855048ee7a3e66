using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public class Module : IDisposable
        {
            private readonly List<(string Name, Parameter Value)> ownParameters = [];
            private readonly List<(string Name, Module Value)> children = [];

            protected Module(string name)
            {
                LoadNativeBackend();
                training = true;
            }

            public virtual bool training { get; private set; }

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, child) in children) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void register_module(string name, Module submodule)
            {
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("module name can't be empty string \"\"");
                if (name.Contains('.')) throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (children.Any(child => child.Name == name)) throw new InvalidOperationException($"Sub-module {name} is already registered.");
                children.Add((name, submodule));
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid) throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                if (ownParameters.Any(own => own.Name == name)) throw new InvalidOperationException($"Parameter {name} is already registered.");
                ownParameters.Add((name, param));
            }

            public virtual Parameter? get_parameter(string target)
            {
                foreach (var (name, parameter) in ownParameters)
                {
                    if (name == target) return parameter;
                }
                var dot = target.IndexOf('.', StringComparison.Ordinal);
                return dot < 0 ? null : children.FirstOrDefault(child => child.Name == target[..dot]).Value?.get_parameter(target[(dot + 1)..]);
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var own in ownParameters)
                {
                    if (!own.Value.IsInvalid && seen.Add(own.Value)) yield return own;
                }
                if (!recurse) yield break;
                foreach (var (childName, child) in children)
                {
                    foreach (var (name, parameter) in child.named_parameters())
                    {
                        if (seen.Add(parameter)) yield return ($"{childName}.{name}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(named => named.parameter);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none)
                        parameter.ClearGradient();
                    else
                        gradient.zero_().Dispose();
                }
            }

            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var (_, parameter) in ownParameters) parameter.Dispose();
                foreach (var (_, child) in children) child.Dispose();
            }
        }
    }
}
