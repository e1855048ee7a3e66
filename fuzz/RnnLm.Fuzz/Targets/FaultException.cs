using System.Runtime.CompilerServices;

namespace RnnLm.Fuzz.Targets;

/// <summary>Something was read, and is not what it should be.</summary>
internal sealed class FaultException(string message) : Exception(message)
{
    /// <summary>Throws where something does not hold.</summary>
    public static void Require(bool holds, string fault, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        if (!holds) throw new FaultException($"{fault}: {what}");
    }
}
