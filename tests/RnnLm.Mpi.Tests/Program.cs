using RnnLm;
using RnnLm.Mpi;
using RnnLm.Mpi.Tests;

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
        var trained = new LanguageModelTrainer(Texts.Options(), engine).Train(Tokenizer.Whitespace, Texts.Lines(60, 1), Texts.Lines(12, 2));
        Console.WriteLine($"rank {engine.Rank} has {trained.Model.Vocabulary.Count} words");
        break;
    case "fail":
        // One that ends without the others has them end.
        if (engine.Rank == 1) return 3;
        new LanguageModelTrainer(Texts.Options(), engine).Train(Tokenizer.Whitespace, Texts.Lines(60, 1));
        break;
}
return 0;

static string Nothing() => null!;
