using RnnLm;

namespace QuickStart;

/// <summary>Shows training as it goes: one line that is rewritten on a terminal, a line an epoch elsewhere.</summary>
sealed class LiveProgress : IProgress<TrainingEvent>
{
    private readonly bool isTerminal = !Console.IsOutputRedirected;

    public void Report(TrainingEvent value)
    {
        if (value is not (TrainingProgressed or ValidationStarted)) Console.WriteLine($"{Return}{value}");
        else if (isTerminal) Console.Write($"{Return}{value}");
    }

    /// <summary>Goes back to the beginning of the line and clears it.</summary>
    private string Return => isTerminal ? "\r\u001b[K" : "";
}
