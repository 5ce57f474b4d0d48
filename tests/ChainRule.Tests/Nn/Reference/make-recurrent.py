"""Writes recurrent.json.gz: what PyTorch's recurrent networks make of random sequences, in double precision.

    python3 make-recurrent.py        (made with PyTorch 1.13)

Every case has its arguments, the parameters, the inputs (x and the states), the outputs (y and the last states), a cotangent
for each output, the gradients by inputs and by parameters, and, as a second derivative, the gradients of the sum of the
squares of the gradient by x. With lengths the sequences go in packed.
"""

import gzip
import itertools
import json
import pathlib

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.manual_seed(20240301)
torch.set_default_dtype(torch.float64)

TIME, BATCH, INPUTS, HIDDEN = 4, 3, 2, 3


def drawn(*shape):  # few digits keep the file small
    return torch.round(torch.randn(shape) * 1000) / 1000


def tensor(x):
    return {"shape": list(x.shape), "data": x.detach().flatten().tolist()}


def record(kind, arguments, layer, inputs, run):
    """run: layer and inputs to outputs."""
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(drawn(*parameter.shape))
    inputs = [x.requires_grad_() for x in inputs]
    outputs = run(layer, inputs)
    cotangents = [drawn(*y.shape) for y in outputs]
    total = sum((y * cotangent).sum() for y, cotangent in zip(outputs, cotangents))
    sources = inputs + list(layer.parameters())
    first = torch.autograd.grad(total, sources, create_graph=True)
    second = torch.autograd.grad(first[0].square().sum(), sources, allow_unused=True)
    second = [torch.zeros_like(x) if g is None else g for x, g in zip(sources, second)]
    return {
        "kind": kind,
        "arguments": arguments,
        "parameters": {name: tensor(value) for name, value in layer.named_parameters()},
        "inputs": [tensor(x) for x in inputs],
        "outputs": [tensor(y) for y in outputs],
        "cotangents": [tensor(c) for c in cotangents],
        "gradients": [tensor(g) for g in first],
        "second": [tensor(g) for g in second],
    }


def run_layer(lengths, batch_first):
    def run(layer, inputs):
        x, states = inputs[0], inputs[1:]
        if lengths is not None:
            x = pack_padded_sequence(x, torch.tensor(lengths), batch_first=batch_first, enforce_sorted=False)
        y, last = layer(x, tuple(states) if len(states) == 2 else states[0])
        if lengths is not None:
            y, _ = pad_packed_sequence(y, batch_first=batch_first, total_length=TIME)
        return [y, *(last if isinstance(last, tuple) else (last,))]

    return run


def run_cell(layer, inputs):
    x, states = inputs[0], inputs[1:]
    last = layer(x, tuple(states) if len(states) == 2 else states[0])
    return list(last) if isinstance(last, tuple) else [last]


def layer_case(kind, layers, bidirectional, batch_first=False, bias=True, lengths=None, nonlinearity="tanh", batched=True):
    extra = {"nonlinearity": nonlinearity} if kind == "RNN" else {}
    layer = getattr(nn, kind)(INPUTS, HIDDEN, layers, bias=bias, batch_first=batch_first, bidirectional=bidirectional, **extra)
    places = layers * (2 if bidirectional else 1)
    x = drawn(TIME, INPUTS) if not batched else drawn(BATCH, TIME, INPUTS) if batch_first else drawn(TIME, BATCH, INPUTS)
    state = (places, BATCH, HIDDEN) if batched else (places, HIDDEN)
    inputs = [x] + [drawn(*state) for _ in range(2 if kind == "LSTM" else 1)]
    arguments = {"layers": layers, "bidirectional": bidirectional, "batch_first": batch_first, "bias": bias, "lengths": lengths, "nonlinearity": nonlinearity}
    return record(kind, arguments, layer, inputs, run_layer(lengths, batch_first))


def cell_case(kind, bias, nonlinearity="tanh", batched=True):
    extra = {"nonlinearity": nonlinearity} if kind == "RNN" else {}
    layer = getattr(nn, f"{kind}Cell")(INPUTS, HIDDEN, bias=bias, **extra)
    leading = (BATCH,) if batched else ()
    inputs = [drawn(*leading, INPUTS)] + [drawn(*leading, HIDDEN) for _ in range(2 if kind == "LSTM" else 1)]
    arguments = {"bias": bias, "nonlinearity": nonlinearity}
    return record(f"{kind}Cell", arguments, layer, inputs, run_cell)


cases = []
for kind, layers, bidirectional in itertools.product(("RNN", "LSTM", "GRU"), (1, 2), (False, True)):
    cases.append(layer_case(kind, layers, bidirectional, batch_first=bidirectional))
    cases.append(layer_case(kind, layers, bidirectional, batch_first=not bidirectional, lengths=[2, 4, 1]))
cases.append(layer_case("RNN", 2, True, nonlinearity="relu"))
cases.append(layer_case("RNN", 1, False, nonlinearity="relu", lengths=[3, 1, 4]))
for kind in ("RNN", "LSTM", "GRU"):
    cases.append(layer_case(kind, 2, True, bias=False, batch_first=True))
    cases.append(layer_case(kind, 1, True, batched=False))
    cases.append(cell_case(kind, bias=True))
    cases.append(cell_case(kind, bias=False, batched=False))
cases.append(cell_case("RNN", bias=True, nonlinearity="relu"))

text = json.dumps(cases, separators=(",", ":")).encode()
with open(pathlib.Path(__file__).parent / "recurrent.json.gz", "wb") as file:
    file.write(gzip.compress(text, 9, mtime=0))
print(len(cases), "cases")
