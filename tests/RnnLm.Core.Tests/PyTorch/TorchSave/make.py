"""Makes the files beside it that torch.save wrote: python3 make.py, with PyTorch 1.13 or later.

The k-th tensor of the state_dict has at the place i, in row-major order, the value ((7 i + k) mod 64 - 32) / 64, which every type holds.
"""
import os

import torch
from torch import nn

VOCABULARY, EMBEDDING, HIDDEN = 6, 4, 3


class LanguageModel(nn.Module):
    def __init__(self, hidden=HIDDEN, tied=False):
        super().__init__()
        self.encoder = nn.Embedding(VOCABULARY, EMBEDDING)
        self.rnn = nn.LSTM(EMBEDDING, hidden, 1)
        self.decoder = nn.Linear(hidden, VOCABULARY)
        if tied:
            self.decoder.weight = self.encoder.weight
        with torch.no_grad():
            for k, parameter in enumerate(self.state_dict().values()):
                parameter.copy_(values(k, parameter.shape))


def values(k, shape):
    count = torch.Size(shape).numel()
    return (((7 * torch.arange(count) + k) % 64 - 32) / 64).reshape(shape)


def strided(state_dict):
    """The same values: matrices transposed in memory, all in one storage with room between them."""
    storage = torch.zeros(2 * sum(value.numel() for value in state_dict.values()))
    start, views = 3, {}
    for name, value in state_dict.items():
        strides = (1, value.shape[0] + 1) if value.dim() == 2 else (2,)
        view = storage.as_strided(value.shape, strides, start)
        view.copy_(value)
        views[name] = view
        start += sum((size - 1) * stride for size, stride in zip(view.shape, view.stride())) + 2
    return views


def save(content, name, **options):
    torch.save(content, os.path.join(os.path.dirname(os.path.abspath(__file__)), name), **options)


model = LanguageModel()
state_dict = model.state_dict()
save(state_dict, "state-dict.pt")
save({name: value.double() for name, value in state_dict.items()}, "double.pt")
save({name: value.half() for name, value in state_dict.items()}, "half.pt")
save({name: value.bfloat16() for name, value in state_dict.items()}, "bfloat16.pt")
save(dict(model.named_parameters()), "parameters.pt")
save(strided(state_dict), "strided.pt")
save(LanguageModel(hidden=EMBEDDING, tied=True).state_dict(), "tied.pt")
save({f"_orig_mod.module.{name}": value for name, value in state_dict.items()}, "wrapped.pt")
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
model.rnn(model.encoder(torch.tensor([[1, 2]])))[0].sum().backward()
optimizer.step()
state_dict = LanguageModel().state_dict()
save({"epoch": 3, "loss": 4.5, "done": None, "best": True, "state_dict": state_dict, "optimizer": optimizer.state_dict(), "log": [1, "a"]}, "checkpoint.pth")
save({"encoder.weight": state_dict["encoder.weight"].long()}, "whole-numbers.pt")
save(model, "module.pt")
save(state_dict, "before-1.6.pt", _use_new_zipfile_serialization=False)
torch.jit.script(nn.Linear(2, 2)).save(os.path.join(os.path.dirname(os.path.abspath(__file__)), "script.pt"))
