namespace RnnLm.Tests.Persistence;

public class SubwordModelFileTests
{
    [Fact]
    public void A_model_of_subwords_is_saved_with_its_tokenizer_and_loaded_again()
    {
        var model = SubwordModels.Model();
        var again = LanguageModel.Load(Saved(model));
        Assert.True(again.HasSubwords);
        Assert.True(again.Tokenizer.IsSameAs(model.Tokenizer));
        Assert.Equal(model.Vocabulary, again.Vocabulary);
        Assert.Equal(model.NextWords("the cat", 9).ToString(), again.NextWords("the cat", 9).ToString());
        Assert.Equal(model.ComputeChecksum(), again.ComputeChecksum());
    }

    [Fact]
    public void Its_format_version_is_one_that_earlier_programs_refuse_and_that_of_other_models_stays()
    {
        Assert.Equal("4", (string)new PlainSafetensors(Saved(SubwordModels.Model()).ToArray()).Metadata["format_version"]!);
        Assert.Equal("1", (string)new PlainSafetensors(Saved(RandomModels.Model()).ToArray()).Metadata["format_version"]!);
        ChangedModelFiles.AssertRefused(Changed(file => file.Metadata["format_version"] = "3"), "subwords; its format version must be at least 4");
    }

    [Fact]
    public void A_file_whose_merges_cannot_be_or_do_not_go_with_the_vocabulary_is_refused()
    {
        ChangedModelFiles.AssertRefused(Changed(file => file.Metadata.Remove("tokenizer.merges")), "lack \"merges\"");
        ChangedModelFiles.AssertRefused(Changed(file => file.Metadata["tokenizer.merges"] = "t"), "must be two pieces");
        ChangedModelFiles.AssertRefused(Changed(file => file.Metadata["tokenizer.merges"] = (string)file.Metadata["tokenizer.merges"]! + "\nq q"), "lacks \"qq\", a piece of the tokenizer");
        ChangedModelFiles.AssertRefused(Changed(file => file.Metadata["tokenizer.normalization"] = "nfc"), "no normalization");
    }

    private static byte[] Changed(Action<PlainSafetensors> change) => ChangedModelFiles.Changed(Saved(SubwordModels.Model()).ToArray(), change);

    private static MemoryStream Saved(LanguageModel model)
    {
        var stream = new MemoryStream();
        model.Save(stream);
        stream.Position = 0;
        return stream;
    }
}
