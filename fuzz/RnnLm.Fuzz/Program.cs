using System.Globalization;
using RnnLm.Fuzz;
using RnnLm.Fuzz.Loop;
using RnnLm.Fuzz.Targets;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var coverage = new Coverage();
switch (args)
{
    case ["loop", var name, .. var flags] when Target(name) is { } target && LoopArguments.Parse(flags) is { } arguments:
        return LoopCommand.Run(target, arguments, coverage);
    case ["afl", var name] when Target(name) is { } target:
        AflCommand.Run(target);
        return 0;
    case ["replay", var name, .. var paths] when Target(name) is { } target:
        return ReplayCommand.Run(target, paths);
    case ["seeds"]:
        foreach (var target in FuzzTarget.All) SeedFolder.Write(target);
        return 0;
    case ["instrument", var folder]:
        Instrumentation.Create(folder);
        return 0;
    default:
        Console.Error.WriteLine(
            $"""
            loop TARGET [--executions N] [--seconds S] [--seed K] [--corpus FOLDER] [--faults FOLDER]
                                 reads inputs made of the seeds, and of what lies in --corpus, which receives those that reach something new
            replay TARGET [PATH...]
                                 reads the seeds, or files and folders, once
            instrument FOLDER    copies this program, with a library in the copy that counts edges: loop goes after what it has not seen then
            afl TARGET           what afl-fuzz runs: fuzz/afl.sh
            seeds                writes the seeds in the repository anew

            {string.Join(Environment.NewLine, FuzzTarget.All.Select(target => $"{target.Name,-20} {target.Summary}"))}
            """);
        return 2;
}

static FuzzTarget? Target(string name) => FuzzTarget.All.FirstOrDefault(target => target.Name == name);
