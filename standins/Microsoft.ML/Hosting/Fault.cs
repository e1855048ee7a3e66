using System.Runtime.CompilerServices;

namespace Microsoft.ML.Runtime;

/// <summary>
/// Makes the exceptions of this library. Each is marked as made here, because loading a model tells its own
/// exceptions from those of the code it calls.
/// </summary>
internal static class Fault
{
    private const string MarkKey = "ML_IsMarked";

    public static TException Mark<TException>(TException exception)
        where TException : Exception
    {
        exception.Data[MarkKey] = true;
        return exception;
    }

    public static bool IsMarked(Exception exception) => exception.Data.Contains(MarkKey);

    public static Exception State(string message) => Mark(new InvalidOperationException(message));

    public static Exception State() => Mark(new InvalidOperationException());

    public static Exception State(Exception inner, string message) => Mark(new InvalidOperationException(message, inner));

    public static Exception Argument(string parameter, string message) => Mark(new ArgumentOutOfRangeException(parameter, message));

    public static Exception Format(string message) => Mark(new FormatException(message));

    public static Exception Format(Exception inner, string message) => Mark(new FormatException(message, inner));

    public static Exception NotSupported(string message) => Mark(new NotSupportedException(message));

    public static Exception MissingColumn(string parameter, string role, string column)
        => Argument(parameter, $"Could not find {role} column '{column}'");

    public static Exception SchemaMismatch(string parameter, string role, string column, string expected, string actual)
        => Argument(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    public static void CheckValue(object value, [CallerArgumentExpression(nameof(value))] string parameter = null)
    {
        if (value is null)
            throw Mark(new ArgumentNullException(parameter));
    }

    public static void CheckNonEmpty(string value, [CallerArgumentExpression(nameof(value))] string parameter = null)
    {
        if (string.IsNullOrEmpty(value))
            throw Argument(parameter, $"{parameter} cannot be null or empty");
    }

    public static void CheckArgument(bool condition, string parameter, string message = null)
    {
        if (!condition)
            throw Mark(message is null ? new ArgumentOutOfRangeException(parameter) : new ArgumentOutOfRangeException(parameter, message));
    }

    public static void Check(bool condition, string message = null)
    {
        if (!condition)
            throw message is null ? State() : State(message);
    }

    public static void CheckFormat(bool condition, string message = "Corrupt model file")
    {
        if (!condition)
            throw Format(message);
    }
}
