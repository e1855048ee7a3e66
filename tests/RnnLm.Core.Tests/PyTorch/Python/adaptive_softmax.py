"""PyTorch's adaptive softmax: python3 adaptive_softmax.py FOLDER

Every folder in FOLDER is one output layer:

layer.json     {"features", "words", "cutoffs", "division_factor", "tensors": {name: [values]}, "hidden": [[values]]}
logp.bin       written: the log-probabilities of every word after each of "hidden", 32-bit floats
"""
import json
import sys
from pathlib import Path

import torch
from torch import nn

with torch.no_grad():
    for folder in sorted(Path(sys.argv[1]).iterdir()):
        layer = json.loads((folder / "layer.json").read_text(encoding="utf-8"))
        softmax = nn.AdaptiveLogSoftmaxWithLoss(
            layer["features"], layer["words"], layer["cutoffs"], div_value=layer["division_factor"], head_bias=True
        )
        tensors = softmax.state_dict()
        assert sorted(tensors) == sorted(layer["tensors"]), sorted(tensors)
        for name, values in layer["tensors"].items():
            assert tensors[name].numel() == len(values), f"{name} has the shape {list(tensors[name].shape)}"
            tensors[name].copy_(torch.tensor(values).view_as(tensors[name]))
        logp = softmax.log_prob(torch.tensor(layer["hidden"]))
        (folder / "logp.bin").write_bytes(logp.contiguous().numpy().tobytes())
