"""Writes attention.json: attention, Transformer layers and gated layers of PyTorch in double precision.

Run: python3 make-attention.py    (PyTorch 1.13, for example Debian's python3-torch; the same file every time)
Every case has the layer's parameters, the inputs and masks by name, the output, a cotangent, and the gradients of inputs and parameters.
A mask is recorded as numbers, booleans as 0 and 1.
"""
import json
from pathlib import Path

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(20261125)
SIZE, HEADS, LENGTH, PLACES, BATCH = 4, 2, 3, 4, 2


def tensor(x):
    x = x.detach()
    return {"shape": list(x.shape), "data": x.to(torch.float64).flatten().tolist()}


def short(*shape):
    return (torch.randn(shape) * 64).round() / 64  # few digits


def case(layer, inputs, call, masks=None):
    layer.train()
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(short(*parameter.shape) * 0.5)
    inputs = {name: value.requires_grad_() for name, value in inputs.items()}
    y = call(layer, **inputs, **(masks or {}))
    cotangent = short(*y.shape)
    y.backward(cotangent)
    return {
        "parameters": {name: tensor(value) for name, value in layer.named_parameters()},
        "inputs": {name: tensor(value) for name, value in inputs.items()},
        "masks": {name: {"bool": value.dtype == torch.bool} | tensor(value.masked_fill(value == -torch.inf, -1e300) if value.dtype != torch.bool else value) for name, value in (masks or {}).items()},
        "output": tensor(y), "cotangent": tensor(cotangent),
        "input_gradients": {name: tensor(value.grad) for name, value in inputs.items()},
        "gradients": {name: tensor(value.grad) for name, value in layer.named_parameters()},
    }


def attend(layer, query, key=None, value=None, key_padding_mask=None, attn_mask=None):
    key = query if key is None else key
    return layer(query, key, key if value is None else value, key_padding_mask=key_padding_mask, attn_mask=attn_mask, need_weights=False)[0]


def encode(layer, x, mask=None, key_padding_mask=None):
    return layer(x, mask, key_padding_mask)


def decode(layer, x, memory, **masks):
    return layer(x, memory, **masks)


def main():
    q = lambda: {"query": short(LENGTH, BATCH, SIZE)}
    cross = lambda: {"query": short(LENGTH, BATCH, SIZE), "key": short(PLACES, BATCH, SIZE), "value": short(PLACES, BATCH, SIZE)}
    padding = torch.tensor([[False, False, True, True], [False, True, False, False]])
    causal = torch.triu(torch.ones(LENGTH, LENGTH, dtype=torch.bool), 1)
    some = torch.tensor([[False, True, False, True], [True, False, False, False], [False, False, True, True]])
    each = torch.rand(BATCH * HEADS, LENGTH, PLACES) > 0.6
    each[:, :, 0] = False
    added = short(LENGTH, PLACES)
    added[1, 2] = -torch.inf
    make = lambda **settings: nn.MultiheadAttention(SIZE, HEADS, **settings)
    apart = {"query": short(LENGTH, BATCH, SIZE), "key": short(PLACES, BATCH, 3), "value": short(PLACES, BATCH, 5)}
    cases = {
        "self": case(make(), q(), attend),
        "self, batch first": case(make(batch_first=True), {"query": short(BATCH, LENGTH, SIZE)}, attend),
        "self, no batch": case(make(), {"query": short(LENGTH, SIZE)}, attend),
        "self, no bias": case(make(bias=False), q(), attend),
        "self, causal": case(make(), q(), attend, {"attn_mask": causal}),
        "cross": case(make(), cross(), attend),
        "cross, padding": case(make(), cross(), attend, {"key_padding_mask": padding}),
        "cross, mask": case(make(), cross(), attend, {"attn_mask": some}),
        "cross, mask of each head": case(make(), cross(), attend, {"attn_mask": each}),
        "cross, numbers": case(make(), cross(), attend, {"attn_mask": added}),
        "cross, padding and mask": case(make(), cross(), attend, {"key_padding_mask": torch.tensor([[False, False, False, True], [False, False, False, True]]), "attn_mask": some}),
        "cross, other sizes": case(make(kdim=3, vdim=5), apart, attend, {"key_padding_mask": padding}),
    }
    for norm_first in (False, True):
        for activation in ("relu", "gelu"):
            name = f"{activation}{', norm first' if norm_first else ''}"
            settings = {"dim_feedforward": 5, "dropout": 0, "activation": activation, "norm_first": norm_first, "batch_first": norm_first}
            shape = lambda length: (BATCH, length, SIZE) if norm_first else (length, BATCH, SIZE)
            square = torch.tensor([[False, False, True], [False, False, True]])
            cases[f"encoder layer, {name}"] = case(
                nn.TransformerEncoderLayer(SIZE, HEADS, **settings), {"x": short(*shape(LENGTH))}, encode, {"mask": causal, "key_padding_mask": square})
            cases[f"decoder layer, {name}"] = case(
                nn.TransformerDecoderLayer(SIZE, HEADS, **settings), {"x": short(*shape(LENGTH)), "memory": short(*shape(PLACES))}, decode,
                {"tgt_mask": causal, "tgt_key_padding_mask": square, "memory_mask": some, "memory_key_padding_mask": torch.tensor([[False, False, False, False], [False, False, False, True]])})
    cases["transformer"] = case(
        nn.Transformer(SIZE, HEADS, 2, 1, 5, 0.0), {"x": short(LENGTH, BATCH, SIZE), "memory": short(PLACES, BATCH, SIZE)},
        lambda layer, x, memory, tgt_mask: layer(memory, x, tgt_mask=tgt_mask), {"tgt_mask": causal})
    one = lambda *shape: {"x": short(*shape)}
    plain = lambda layer, x: layer(x)
    cases["bilinear"] = case(nn.Bilinear(3, 2, 4), {"x": short(5, 3), "memory": short(5, 2)}, lambda layer, x, memory: layer(x, memory))
    cases["bilinear, no bias"] = case(nn.Bilinear(3, 2, 4, bias=False), {"x": short(2, 3, 3), "memory": short(2, 3, 2)}, lambda layer, x, memory: layer(x, memory))
    cases["prelu"] = case(nn.PReLU(), one(3, 4), plain)
    cases["prelu of channels"] = case(nn.PReLU(3), one(2, 3, 4), plain)
    cases["glu"] = case(nn.GLU(), one(3, 6), plain)
    cases["glu of channels"] = case(nn.GLU(1), one(2, 4, 3), plain)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(values, separators=(',', ':'))}" for name, values in cases.items())
    Path(__file__).with_name("attention.json").write_text(f"{{\n{lines}\n}}\n")


main()
