namespace RnnLm.Fuzz.Loop;

/// <summary>What a loop has reached.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Executions">How many inputs were read.</param>
/// <param name="Accepted">How many of them could be used.</param>
/// <param name="Time">How long it took.</param>
/// <param name="ProcessorTime">How much of a processor's time it took.</param>
/// <param name="Edges">How many edges of the library were run over; null where the library is not instrumented.</param>
/// <param name="Corpus">How many inputs there are to go on from.</param>
/// <param name="Faults">How many faults were found, each counted once.</param>
internal sealed record LoopResult(string Target, long Executions, long Accepted, TimeSpan Time, TimeSpan ProcessorTime, int? Edges, int Corpus, int Faults)
{
    public override string ToString() => FormattableString.Invariant(
        $"{Target}: {Executions:N0} executions in {Time.TotalSeconds:N0} s, {Executions / Time.TotalSeconds:N0}/s, ")
        + FormattableString.Invariant($"{Executions / ProcessorTime.TotalSeconds:N0} a second of a processor, {Accepted:N0} accepted, ")
        + FormattableString.Invariant($"{(Edges is { } edges ? $"{edges:N0} edges, {Corpus:N0} inputs" : "coverage not measured")}, {Faults} faults");
}
