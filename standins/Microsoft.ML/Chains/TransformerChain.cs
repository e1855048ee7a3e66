using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How chains of transformers are saved: their scopes, and each transformer in a folder of its own.</summary>
internal static class TransformerChain
{
    public const string Signature = "TransformerChain";

    public static void Save(ModelSaveContext context, ITransformer[] transformers, TransformerScope[] scopes)
    {
        context.Begin(Signature);
        context.Writer.Write(transformers.Length);
        for (var i = 0; i < transformers.Length; i++)
        {
            context.Writer.Write((int)scopes[i]);
            context.SaveComponent(transformers[i], FolderOf(i));
        }
    }

    public static ITransformer Load(HostEnvironment environment, ModelReader model)
    {
        var transformers = new List<ITransformer>();
        var scopes = new List<TransformerScope>();
        for (var count = model.Reader.ReadInt32(); transformers.Count < count;)
        {
            scopes.Add((TransformerScope)model.Reader.ReadInt32());
            transformers.Add(model.LoadComponent(environment, FolderOf(transformers.Count)));
        }
        return new TransformerChain<ITransformer>(transformers, scopes);
    }

    private static string FolderOf(int index) => $"Transform_{index:000}";
}
