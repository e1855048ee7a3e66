using RnnLm.Reading;

namespace RnnLm.Tests.Reading;

public class PrefixTreeTests
{
    private static readonly int[][] Texts = [[], [2], [2, 3], [2, 3], [2, 4, 5], [6, 3], [6, 3, 4]];

    [Fact]
    public void What_texts_begin_with_together_is_read_once()
    {
        var tree = new PrefixTree(new Network(RandomModels.Weights(CellKind.Lstm)), Texts.Length);
        tree.Begin(Memories(Texts));
        List<int> counts = [tree.States.Count];
        List<int[]> nodes = [tree.Nodes.ToArray()];
        while (tree.Read())
        {
            counts.Add(tree.States.Count);
            nodes.Add(tree.Nodes.ToArray());
        }
        Assert.Equal([1, 2, 3, 2], counts);
        Assert.Equal([[0, 0, 0, 0, 0, 0, 0], [-1, 0, 0, 0, 0, 1, 1], [-1, -1, 0, 0, 1, 2, 2], [-1, -1, -1, -1, 0, -1, 1]], nodes);
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Relu)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.Cifg)]
    public void A_node_has_the_bits_of_a_state_that_read_its_words_alone(CellKind cell)
    {
        // Beyond one block of the product's depth, and with columns that fill no panel.
        var network = new Network(RandomModels.Weights(cell, vocabulary: 23, embedding: 19, hidden: 301));
        var tree = new PrefixTree(network, Texts.Length);
        tree.Begin(Memories(Texts));
        do
        {
            for (var text = 0; text < Texts.Length; text++)
            {
                if (tree.Nodes[text] == PrefixTree.Ended) continue;
                var alone = network.CreateState();
                network.Step(Vocabulary.EndOfLineId, alone);
                foreach (var word in Texts[text].Take(tree.Depth)) network.Step(word, alone);
                Assert.Equal(alone.Output.ToArray(), tree.States.Output.Row(tree.Nodes[text]).ToArray());
            }
        }
        while (tree.Read());
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var tree = new PrefixTree(new Network(RandomModels.Weights(CellKind.Gru)), Texts.Length);
        var texts = Memories(Texts);
        void Read()
        {
            tree.Begin(texts);
            while (tree.Read()) { }
        }
        Read();
        Allocations.AssertNone(Read);
    }

    private static ReadOnlyMemory<int>[] Memories(int[][] texts) => [.. texts.Select(text => (ReadOnlyMemory<int>)text)];
}
