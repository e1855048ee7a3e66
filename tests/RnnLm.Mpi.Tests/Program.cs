using RnnLm;
using RnnLm.Mpi;
using RnnLm.Mpi.Tests;
using RankException = RnnLm.Mpi.RankException;

// What an application does with the engine; the tests that start it look at what it prints.
var engine = new MpiEngine();
Console.WriteLine($"rank {engine.Rank} of {engine.Ranks}");
switch (args[0])
{
    case "null":
        try
        {
            Console.WriteLine(Nothing().Length);
        }
        catch (NullReferenceException)
        {
            Console.WriteLine("caught");
        }
        break;
    case "train":
        Console.WriteLine($"rank {engine.Rank} has {Train().Vocabulary.Count} words");
        break;
    case "fail":
        return 3;
    // One that ends without the others has them end.
    case "fail alone":
        if (engine.Rank == 1) return 3;
        Train();
        break;
    case "leave alone":
        if (engine.Rank == 1) return 0;
        Train();
        break;
    case "fail alone after a training":
        Train();
        if (engine.Rank == 1) return 3;
        Train();
        break;
    case "give up":
        if (engine.Rank == 1) MpiCommunicator.World.Break();
        else Console.WriteLine(WaitForLeaving().Message);
        break;
}
return 0;

static string Nothing() => null!;

LanguageModel Train() => new LanguageModelTrainer(Texts.Options(), engine).Train(Tokenizer.Whitespace, Texts.Lines(60, 1), Texts.Lines(12, 2)).Model;

static RankException WaitForLeaving()
{
    while (true)
    {
        try
        {
            MpiCommunicator.World.ThrowIfLeft();
        }
        catch (RankException fault)
        {
            return fault;
        }
    }
}
