namespace RnnLm.Torch.Tests;

/// <summary>A test that needs libtorch here and torch in Python; it is skipped, saying so, where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute() => Skip = Libtorch.ReasonToSkip ?? Python.ReasonToSkip;
}
