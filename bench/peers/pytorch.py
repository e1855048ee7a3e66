"""The same network in PyTorch, measured on request: a request a line of JSON comes in, a line of JSON with its figure goes out.

The network is that of PyTorch's own word-level language-model example: embedding, dropout, stacked recurrent layers, dropout,
linear layer, cross-entropy; plain SGD over clipped gradients.
"""

import json
import sys
import time

import torch
from torch import nn


class LanguageModel(nn.Module):
    def __init__(self, job):
        super().__init__()
        cells = {"elman": nn.RNN, "relu": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
        more = {"nonlinearity": "relu"} if job["cell"] == "relu" else {}
        size, vocabulary, dropout = job["size"], job["vocabulary"], job["dropout"]
        self.dropout = nn.Dropout(dropout)
        self.embedding = nn.Embedding(vocabulary, size)
        self.layers = cells[job["cell"]](size, size, job["layers"], dropout=dropout if job["layers"] > 1 else 0, **more)
        self.output = nn.Linear(size, vocabulary)

    def forward(self, words, state):  # words: [length, batch]
        hidden, state = self.layers(self.dropout(self.embedding(words)), state)
        return self.output(self.dropout(hidden)), state


def detach(state):
    return tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()


def train(job):
    """Words a second over windows of random words, state carried from one to the next."""
    model = LanguageModel(job).train()
    batch, window, vocabulary = job["batch"], job["window"], job["vocabulary"]
    words = torch.randint(vocabulary, (8, window + 1, batch))
    loss_of = nn.CrossEntropyLoss()
    state = None

    def step(i):
        nonlocal state
        ids = words[i % len(words)]
        state = None if state is None else detach(state)
        model.zero_grad(set_to_none=True)
        logits, state = model(ids[:-1], state)
        loss = loss_of(logits.view(-1, vocabulary), ids[1:].reshape(-1))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.25)
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.add_(parameter.grad, alpha=-0.1)
        return loss.item()

    return batch * window / seconds_per_step(step, job["seconds"])


def next_word(job):
    """Microseconds for reading a word and the distribution of the next, one word at a time."""
    model = LanguageModel(job).eval()
    words = torch.randint(job["vocabulary"], (512, 1, 1))
    state = None

    def step(i):
        nonlocal state
        logits, state = model(words[i % len(words)], state)
        return torch.log_softmax(logits.view(-1), 0)

    def with_threads(threads):
        torch.set_num_threads(threads)
        return seconds_per_step(step, job["seconds"] / 2)

    # One word leaves little to share, so the better number of threads counts.
    with torch.inference_mode():
        return 1e6 * min(with_threads(1), with_threads(job["threads"]))


def seconds_per_step(step, seconds):
    """Repeats a step for a while, after a warm-up of three steps or a fifth of that time."""
    repeat(step, seconds / 5, 3)
    steps, elapsed = repeat(step, seconds, 1)
    return elapsed / steps


def repeat(step, seconds, at_least):
    steps, start = 0, time.perf_counter()
    while True:
        elapsed = time.perf_counter() - start
        if elapsed >= seconds and steps >= at_least:
            return steps, elapsed
        step(steps)
        steps += 1


def blas():
    """Which BLAS libtorch was linked to when it was loaded: with the reference one it is many times slower."""
    with open("/proc/self/maps") as maps:
        return "OpenBLAS" if any("openblas" in line for line in maps) else "not OpenBLAS"


if __name__ == "__main__":
    torch.manual_seed(1)
    print(json.dumps({"name": f"PyTorch {torch.__version__} ({blas()})"}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        torch.set_num_threads(request["threads"])
        job = {**request["network"], "threads": request["threads"], "seconds": request["seconds"]}
        figure = {"train": train, "next": next_word}[request["job"]](job)
        print(json.dumps({"figure": figure}), flush=True)
