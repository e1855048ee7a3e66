using System.Text.Json;

namespace RnnLm.Documentation.Tests;

/// <summary>The files that the pages name, made once; every program and the commands of every page have a folder of their own with copies of them.</summary>
public sealed class GivenFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-documentation-");
    private int count;

    public GivenFiles()
    {
        Files = Directory.CreateDirectory(Path.Combine(folder.FullName, "files")).FullName;
        string[] texts = ["corpus.txt", "more.txt", "sentences.txt", "held-out.txt", "more-held-out.txt", "test.txt", "text.txt", "mail.txt", "report.txt", "hypotheses.txt"];
        foreach (var name in texts) File.WriteAllLines(At(name), GivenModel.Lines);
        foreach (var name in (ReadOnlySpan<string>)["model.rnnlm", "documentation.rnnlm"]) Given.model.Save(At(name));
        GivenModel.Train(seed: 2).Save(At("other.rnnlm"));
        NGramTrainer.Train(Given.model.Tokenizer, Given.model.Vocabulary, GivenModel.Lines).Save(At("words.ngram"));
        Given.mlContext.Model.Save(Given.loaded, Given.data.Schema, At("completions.zip"));
        File.WriteAllLines(At("reviews.jsonl"), GivenModel.Lines.Select((line, index) => JsonSerializer.Serialize(new { id = index, body = line })));
        WriteLists();
    }

    private string Files { get; }

    /// <summary>Makes the folder for a program, and goes there.</summary>
    /// <returns>What goes back.</returns>
    public IDisposable Enter() => new Visit(Files, Path.Combine(folder.FullName, $"{count++}"));

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(Files, name);

    private void WriteLists()
    {
        string[] said = [.. GivenModel.Lines.Take(12)];
        File.WriteAllLines(At("said.tsv"), said.Select((line, index) => $"u{index}\t{line}"));
        string[] misheard = [.. said.Select(line => line.Replace("the", "a", StringComparison.Ordinal))];
        string[] lists = [.. said.SelectMany((line, index) => (string[])[$"u{index}\t-1.5\t{misheard[index]}", $"u{index}\t-1.7\t{line}"])];
        foreach (var name in (ReadOnlySpan<string>)["nbest.tsv", "dev.tsv"]) File.WriteAllLines(At(name), lists);
        // As Kaldi has them: a hypothesis a line, and its two costs in files of their own.
        string[] names = [.. Enumerable.Range(0, said.Length).SelectMany(index => (string[])[$"u{index}-1", $"u{index}-2"])];
        File.WriteAllLines(At("nbest.txt"), names.Select((name, index) => $"{name} {(index % 2 == 0 ? misheard : said)[index / 2]}"));
        foreach (var cost in (ReadOnlySpan<string>)["ac_cost", "lm_cost"]) File.WriteAllLines(At(cost), names.Select((name, index) => $"{name} {index + 1}.5"));
    }

    private sealed class Visit : IDisposable
    {
        private readonly string before = Directory.GetCurrentDirectory();

        public Visit(string files, string place)
        {
            Directory.CreateDirectory(place);
            foreach (var file in Directory.EnumerateFiles(files)) File.Copy(file, Path.Combine(place, Path.GetFileName(file)));
            Directory.SetCurrentDirectory(place);
        }

        public void Dispose() => Directory.SetCurrentDirectory(before);
    }
}
