"""A first prediction in PyTorch: loads a saved 2x200 LSTM over 10,000 words, reads a word and prints the five most probable next ones.

cold_start.py save FILE    writes the model
cold_start.py FILE         predicts
"""

import sys

import torch

from pytorch import LanguageModel

model = LanguageModel({"cell": "lstm", "layers": 2, "size": 200, "vocabulary": 10_000, "dropout": 0.2}).eval()
if sys.argv[1] == "save":
    torch.save(model.state_dict(), sys.argv[2])
else:
    model.load_state_dict(torch.load(sys.argv[1]))
    with torch.inference_mode():
        logits, _ = model(torch.tensor([[17]]), None)
        print(torch.softmax(logits.view(-1), 0).topk(5))
