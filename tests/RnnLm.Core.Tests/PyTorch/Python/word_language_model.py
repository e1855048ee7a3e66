"""PyTorch's side of an exchange of models: python3 word_language_model.py FOLDER

Every folder in FOLDER is one model:

network.json          {"direction", "cell", "layers", "tied", "vocabulary", "embedding", "hidden", "text": [words]}
weights.safetensors   its state_dict
vocabulary.txt        its words, one a line
logp.bin              written: the log-probabilities of every word of the vocabulary after each of "text", 32-bit floats

In the direction "to PyTorch" weights and vocabulary are read; in the direction "from PyTorch" the weights are random,
and weights and vocabulary are written.
"""
import json
import random
import struct
import sys
from pathlib import Path

import torch
from torch import nn

MODULES = {"lstm": nn.LSTM, "gru": nn.GRU, "elman": nn.RNN, "relu": lambda *sizes: nn.RNN(*sizes, nonlinearity="relu")}


class WordLanguageModel(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.encoder = nn.Embedding(network["vocabulary"], network["embedding"])
        self.rnn = MODULES[network["cell"]](network["embedding"], network["hidden"], network["layers"])
        self.decoder = nn.Linear(network["hidden"], network["vocabulary"])
        if network["tied"]:
            self.decoder.weight = self.encoder.weight

    def forward(self, ids):
        hidden, _ = self.rnn(self.encoder(ids).unsqueeze(1))
        return torch.log_softmax(self.decoder(hidden.squeeze(1)), dim=-1)


def floats(tensor):
    return tensor.contiguous().numpy().tobytes()


def read_safetensors(path):
    file = path.read_bytes()
    (length,) = struct.unpack("<Q", file[:8])
    header, data = json.loads(file[8 : 8 + length]), bytearray(file[8 + length :])
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(data[slice(*entry["data_offsets"])], dtype=torch.float32).view(entry["shape"])
        for name, entry in header.items()
    }


def write_safetensors(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        values = floats(tensor)
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def exchange(folder):
    network = json.loads((folder / "network.json").read_text(encoding="utf-8"))
    model = WordLanguageModel(network)
    weights, vocabulary = folder / "weights.safetensors", folder / "vocabulary.txt"
    if network["direction"] == "to PyTorch":
        model.load_state_dict(read_safetensors(weights))
        words = vocabulary.read_bytes().decode("utf-8").split("\n")[:-1]
    else:
        words = ["<unk>", "<eos>"] + [f"w{i}" for i in range(2, network["vocabulary"])]
        random.shuffle(words)
        vocabulary.write_bytes("".join(word + "\n" for word in words).encode("utf-8"))
        write_safetensors(weights, model.state_dict())
    ids = torch.tensor([words.index(word) for word in network["text"]])
    (folder / "logp.bin").write_bytes(floats(model(ids)))


torch.manual_seed(11)
random.seed(11)
with torch.no_grad():
    for folder in sorted(Path(sys.argv[1]).iterdir()):
        exchange(folder)
