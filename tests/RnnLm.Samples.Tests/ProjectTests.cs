namespace RnnLm.Samples.Tests;

/// <summary>The samples that are projects.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(Samples))]
public sealed class ProjectTests(Samples samples)
{
    [Fact]
    public async Task A_ledger_is_learned_from_a_database_its_mistakes_are_found_and_the_model_is_exchanged_while_it_serves()
    {
        var output = await Samples.Project("Business", samples.Folder("ledger"));
        Assert.Contains("5 of them are the 5 that somebody got wrong", output, StringComparison.Ordinal);
        Assert.Contains("Monthly rent for the wa… warehouse", output, StringComparison.Ordinal);
        var asked = output.Split('\n').Where(line => line.StartsWith("Invoice from Quen…", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, asked.Length);
        Assert.DoesNotContain("Quendel", asked[0], StringComparison.Ordinal);
        Assert.StartsWith("Invoice from Quen… Quendel", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_of_Visual_Basic_learns_and_predicts()
    {
        await samples.Corpus();
        Assert.Matches(@"^Gets or sets the → \S+ \d+\.\d %  ", await Samples.Project("VisualBasic", samples.Folder("work", "corpus.txt"), "Gets or sets the"));
    }

    [Fact]
    public async Task Uses_of_a_model_run_and_its_export_is_served_without_these_packages()
    {
        await samples.DocumentationModel();
        var uses = await Samples.Project("Uses", "scores", "reasons", "onnx");
        Assert.All((string[])["== scores", "bits a word", "== reasons", "nats)", "== onnx", "documentation.onnx"], expected => Assert.Contains(expected, uses, StringComparison.Ordinal));
        Assert.Matches(@"^Gets or sets the → \S+ \d+\.\d %  ", await Samples.Project("OnnxServing", Samples.Output("Uses", "documentation.onnx"), "Gets or sets the"));
    }

    [Fact]
    public async Task A_chat_client_continues_a_text()
    {
        await samples.DocumentationModel();
        Assert.StartsWith("Gets a value indicating whether", await Samples.Project("Chat"), StringComparison.Ordinal);
    }
}
