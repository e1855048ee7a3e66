"""The other side of an exchange of weights with PyTorch: python3 exchange.py FOLDER

Every folder in FOLDER is one network:

shape.json    {"direction", "cell", "vocabulary", "embedding", "hidden": [the size of each layer], "tied", "words"}
weights.bin   the tensors of NetworkWeights one after another, 32-bit floats
logp.bin      written: the log-probabilities of every word after each of "words", [words, vocabulary]

In the direction "to PyTorch" the network of torch.nn is made from weights.bin; in the direction "from PyTorch" it has
random weights, and weights.bin is written.
"""
import json
import sys
from pathlib import Path

import torch
from torch import nn

MODULES = {"Elman": nn.RNN, "Relu": lambda *sizes: nn.RNN(*sizes, nonlinearity="relu"), "Lstm": nn.LSTM, "Gru": nn.GRU}


class LanguageModel(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.cell, self.hidden, self.vocabulary = shape["cell"], shape["hidden"], shape["vocabulary"]
        self.encoder = nn.Embedding(self.vocabulary, shape["embedding"])
        inputs = [shape["embedding"]] + self.hidden
        self.layers = nn.ModuleList(MODULES[self.cell](*sizes) for sizes in zip(inputs, self.hidden))
        self.decoder = nn.Linear(self.hidden[-1], self.vocabulary)
        self.tied = shape["tied"]
        if self.tied:
            self.decoder.weight = self.encoder.weight

    def forward(self, words):
        output = self.encoder(words)
        for layer in self.layers:
            output, _ = layer(output)
        return torch.log_softmax(self.decoder(output), dim=-1)

    def parts(self):
        """The tensors of NetworkWeights in their order: each with the ones of torch.nn that sum to it."""
        yield [self.encoder.weight]
        for layer, size in zip(self.layers, self.hidden):
            yield [layer.weight_ih_l0]
            yield [layer.weight_hh_l0]
            if self.cell == "Gru":
                second = layer.bias_hh_l0
                yield [layer.bias_ih_l0, torch.cat([second[: 2 * size], torch.zeros(size)])]
                yield [second[2 * size :]]
            else:
                yield [layer.bias_ih_l0, layer.bias_hh_l0]
        if not self.tied:
            yield [self.decoder.weight]
        yield [self.decoder.bias]


def floats(path, tensor):
    path.write_bytes(tensor.contiguous().numpy().tobytes())


def exchange(folder):
    shape = json.loads((folder / "shape.json").read_text())
    model = LanguageModel(shape)
    if shape["direction"] == "to PyTorch":
        values = torch.frombuffer(bytearray((folder / "weights.bin").read_bytes()), dtype=torch.float32)
        for layer in model.layers:
            layer.bias_hh_l0.zero_()
        for part in model.parts():
            part[0].copy_(values[: part[0].numel()].view_as(part[0]))
            values = values[part[0].numel() :]
        assert values.numel() == 0, f"{values.numel()} values are left over"
    else:
        floats(folder / "weights.bin", torch.cat([sum(part).reshape(-1) for part in model.parts()]))
    floats(folder / "logp.bin", model(torch.tensor(shape["words"]).view(-1, 1)).view(-1, shape["vocabulary"]))


torch.manual_seed(11)
with torch.no_grad():
    for network in sorted(Path(sys.argv[1]).iterdir()):
        exchange(network)
