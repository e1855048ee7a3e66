using RnnLm.Torch;

namespace RnnLm.Benchmarks.Kill;

/// <summary>
/// Trainings that write checkpoints are killed, gone on with, killed again perhaps, until one ends: it must end as the one that nobody killed, to the last bit.
/// </summary>
sealed class KillRun
{
    private const int MostKills = 3;
    private const int Keep = 2; // of checkpoints, which is the default

    private readonly KillOptions options;
    private readonly string folder;
    private readonly Dictionary<KillCase, KillReference> references = [];

    private KillRun(KillOptions options, string folder)
    {
        this.options = options;
        this.folder = folder;
        KillText.Write(options.Text, Path.Combine(folder, "train.txt"), Path.Combine(folder, "valid.txt"));
    }

    /// <summary>Runs it, and says what came of it.</summary>
    /// <returns>1 where anything differs; 0 otherwise.</returns>
    public static int Run(KillOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-kill-");
        try
        {
            return new KillRun(options, folder.FullName).Run();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private int Run()
    {
        var hasTorch = HasTorch(out var why);
        if (!hasTorch) Console.WriteLine($"Without the TorchSharp engine: {why}");
        var results = new List<KillResult>();
        for (var run = 0; results.Count < options.Runs; run++)
        {
            var killed = KillCases.Of(run, hasTorch);
            if (!options.Selects(killed))
            {
                if (run > 10_000 && results.Count == 0) throw new ArgumentException("There is no such configuration.");
                continue;
            }
            var result = Kill(killed, run);
            results.Add(result);
            Console.WriteLine($"{results.Count,4}  {result}");
            foreach (var fault in result.Faults) Console.WriteLine($"        {fault}");
        }
        Console.WriteLine(new KillTable(results));
        var different = results.Count(result => !result.IsRight);
        Console.WriteLine($"{(different == 0 ? "Passed" : "Failed")}: {different} of {results.Count} trainings differ; {results.Sum(result => result.Kills.Count)} kills");
        return different == 0 ? 0 : 1;
    }

    private KillResult Kill(KillCase killed, int run)
    {
        var random = new Random(unchecked((options.Seed * 7919) + run));
        var place = Directory.CreateDirectory(Path.Combine(folder, $"{run}"));
        var training = new KilledTraining(options, killed, folder, place.FullName);
        var checkpoints = new CheckpointFolderCheck(training.Checkpoints);
        var windows = random.Next(5, 60);
        var (kills, from, faults) = (new List<(KillMoment, TimeSpan)>(), new List<string>(), new List<string>());
        try
        {
            var reference = ReferenceOf(killed, faults);
            var planned = 1 + random.Next(MostKills);
            var process = training.Start(windows);
            while (true)
            {
                using var running = process;
                var moment = Moment(random);
                var time = kills.Count < planned ? new Killer(running, checkpoints, reference, windows, random).Kill(moment) : null;
                running.WaitForEnd();
                Check(running, reference, from, faults);
                if (time is null && running.ExitCode != 0) faults.Add($"It ended with exit code {running.ExitCode}: {running.Messages}");
                // What has ended before it could be killed is at its end; what was killed may have been, too, and is gone on with all the same.
                if (time is null) break;
                kills.Add((moment, time.Value));
                faults.AddRange(checkpoints.Faults(Keep + 1, kills.Count));
                var hasBegun = checkpoints.NewestStep is not null;
                from.Add(checkpoints.NewestStep?.ToString() ?? "the start");
                process = checkpoints.Exists ? training.Resume(windows, isBrief: hasBegun && random.Next(2) == 0) : training.Start(windows);
            }
            faults.AddRange(ModelDifferences.Between(reference.Model, training.Model));
            faults.AddRange(checkpoints.Faults(Keep, greatestTemporaries: 0));
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or ModelFormatException or InvalidOperationException)
        {
            faults.Add(exception.Message);
        }
        place.Delete(recursive: true);
        return new KillResult(killed, kills, from, faults);
    }

    /// <summary>What a part has told: epochs as the reference has them, checkpoints none of which was damaged or could not be written.</summary>
    private static void Check(TrainingProcess process, KillReference reference, List<string> from, List<string> faults)
    {
        foreach (var (epoch, told) in KillReference.EpochsOf(process))
        {
            var expected = reference.Epochs.GetValueOrDefault(epoch);
            if (told != expected) faults.Add($"An epoch is told of as \"{told}\", and should be \"{expected}\".");
        }
        foreach (var (_, resumed) in process.EventsOf("resumed"))
        {
            if (resumed.GetProperty("passedOver").GetArrayLength() > 0) faults.Add($"A checkpoint was passed over: {resumed.GetRawText()}");
            if (from.LastOrDefault() is { } step && resumed.GetProperty("step").GetRawText() != step)
                faults.Add($"It was to go on from step {step}: {resumed.GetRawText()}");
        }
        foreach (var (_, failed) in process.EventsOf("checkpointFailed")) faults.Add($"A checkpoint was not written: {failed.GetRawText()}");
    }

    private static KillMoment Moment(Random random) => random.Next(10) switch
    {
        0 => KillMoment.AtAnyTime,
        < 4 => KillMoment.AfterACheckpoint,
        4 => KillMoment.AtTheStart,
        < 7 => KillMoment.InACheckpoint,
        < 9 => KillMoment.InValidation,
        _ => KillMoment.AtTheEnd,
    };

    /// <summary>The training that nobody killed, once for each configuration: without checkpoints, and the same with them.</summary>
    private KillReference ReferenceOf(KillCase killed, List<string> faults)
    {
        if (references.TryGetValue(killed, out var known)) return known;
        var place = Directory.CreateDirectory(Path.Combine(folder, $"reference-{references.Count}")).FullName;
        var plain = new KilledTraining(options, killed, folder, place);
        using var process = RunToEnd(plain.Start(windows: null));
        var kept = new KilledTraining(options, killed, folder, Directory.CreateDirectory(Path.Combine(place, "kept")).FullName);
        using var withCheckpoints = RunToEnd(kept.Start(windows: 30));
        var reference = new KillReference(
            plain.Model, KillReference.EpochsOf(process), withCheckpoints.Elapsed, [.. withCheckpoints.EventsOf("epoch").Select(heard => heard.Time)],
            withCheckpoints.EventsOf("checkpointWritten").Select(heard => heard.Event.GetProperty("step").GetInt64()).DefaultIfEmpty(1).Max());
        faults.AddRange(ModelDifferences.Between(plain.Model, kept.Model).Select(difference => $"With checkpoints, and never killed: {difference}"));
        if (new CheckpointFolderCheck(kept.Checkpoints).NewestStep is null) faults.Add("It was never killed, and wrote no checkpoint.");
        references[killed] = reference;
        return reference;
    }

    private static TrainingProcess RunToEnd(TrainingProcess process)
    {
        process.WaitForEnd();
        return process.ExitCode == 0
            ? process
            : throw new InvalidOperationException($"A training that nobody killed ended with exit code {process.ExitCode}: {process.Messages}");
    }

    private static bool HasTorch(out string why)
    {
        try
        {
            new TorchEngine().Check(new TrainingOptions());
            why = "";
            return true;
        }
        catch (InvalidOperationException fault)
        {
            why = fault.Message;
            return false;
        }
    }
}
