namespace RnnLm.Tests.PyTorch.Python;

/// <summary>A test that needs torch in Python; it is skipped, saying so, where that is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = PythonInterpreter.ReasonToSkip;
}
