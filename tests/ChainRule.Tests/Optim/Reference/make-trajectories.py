"""Writes trajectories.json: where PyTorch's optimizers go, in double precision, on a function that is not quadratic.

Run: python3 make-trajectories.py    (PyTorch 1.13, for example Debian's python3-torch; the same file every time)
The function of w [3, 2] and b [2] is mean((tanh(x w + b) - target)^2) + 0.1 mean(sin(3 w)).
Rates are [from step, learning rate]; without_b lists steps, from 0, in which b has no gradient.
Points are [steps done, w and b in row-major order].
"""
import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
STEPS = 60
RECORDED = [1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 60]
X = [[0.5, -1.2, 0.3], [1.5, 0.7, -0.4], [-0.8, 0.2, 1.1], [0.1, 0.9, -1.6]]
TARGET = [[0.2, -0.6], [0.9, 0.1], [-0.3, 0.5], [-0.7, -0.2]]
W = [[0.3, -0.5], [0.8, 0.1], [-0.2, 0.6]]
B = [0.05, -0.4]

CASES = [
    ("sgd", "Sgd", {"lr": 0.1}, [], []),
    ("sgd, large rate", "Sgd", {"lr": 0.9}, [], []),
    ("sgd, weight decay", "Sgd", {"lr": 0.1, "weight_decay": 0.05}, [], []),
    ("sgd, momentum", "Sgd", {"lr": 0.05, "momentum": 0.9}, [], []),
    ("sgd, momentum, weight decay", "Sgd", {"lr": 0.1, "momentum": 0.5, "weight_decay": 0.02}, [], []),
    ("sgd, nesterov", "Sgd", {"lr": 0.05, "momentum": 0.9, "nesterov": True}, [], []),
    ("sgd, nesterov, weight decay", "Sgd", {"lr": 0.02, "momentum": 0.8, "nesterov": True, "weight_decay": 0.1}, [], []),
    ("sgd, changing rate", "Sgd", {"lr": 0.2}, [[10, 0.1], [30, 0.01]], []),
    ("sgd, momentum, changing rate", "Sgd", {"lr": 0.1, "momentum": 0.9}, [[7, 0.05], [21, 0.2]], []),
    ("sgd, momentum, b reached now and then", "Sgd", {"lr": 0.1, "momentum": 0.9}, [], [0, 3, 4, 11, 12, 13, 40]),
    ("adam", "Adam", {"lr": 0.01}, [], []),
    ("adam, other betas", "Adam", {"lr": 0.05, "betas": (0.8, 0.95)}, [], []),
    ("adam, no memory", "Adam", {"lr": 0.01, "betas": (0.0, 0.0)}, [], []),
    ("adam, large epsilon", "Adam", {"lr": 0.1, "eps": 0.01}, [], []),
    ("adam, weight decay", "Adam", {"lr": 0.02, "weight_decay": 0.1}, [], []),
    ("adam, changing rate", "Adam", {"lr": 0.03}, [[10, 0.01], [30, 0.003]], []),
    ("adam, b reached now and then", "Adam", {"lr": 0.02}, [], [0, 3, 4, 11, 12, 13, 40]),
    ("adamw", "AdamW", {"lr": 0.01, "weight_decay": 0.01}, [], []),
    ("adamw, strong decay", "AdamW", {"lr": 0.05, "weight_decay": 0.5, "betas": (0.85, 0.99)}, [], []),
    ("adamw, no decay", "AdamW", {"lr": 0.02, "weight_decay": 0.0}, [], []),
    ("adamw, changing rate", "AdamW", {"lr": 0.02, "weight_decay": 0.2}, [[15, 0.05], [45, 0.001]], []),
    ("adamw, b reached now and then", "AdamW", {"lr": 0.02, "weight_decay": 0.1}, [], [0, 3, 4, 11, 12, 13, 40]),
]
OPTIMIZERS = {"Sgd": torch.optim.SGD, "Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW}


def trajectory(kind, settings, rates, without_b):
    w, b = (torch.tensor(values, requires_grad=True) for values in (W, B))
    x, target = torch.tensor(X), torch.tensor(TARGET)
    optimizer = OPTIMIZERS[kind]([w, b], **settings)
    points = []
    for step in range(STEPS):
        for start, rate in rates:
            if start == step:
                optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad(set_to_none=True)
        loss = ((torch.tanh(x @ w + b) - target) ** 2).mean() + 0.1 * torch.sin(3 * w).mean()
        loss.backward()
        if step in without_b:
            b.grad = None
        optimizer.step()
        if step + 1 in RECORDED:
            points.append([step + 1, *w.detach().flatten().tolist(), *b.detach().tolist()])
    return points


def main():
    cases = [
        {"name": name, "optimizer": kind, "settings": settings, "rates": rates, "without_b": without_b,
         "points": trajectory(kind, settings, rates, without_b)}
        for name, kind, settings, rates, without_b in CASES
    ]
    lines = ",\n".join(json.dumps(case) for case in cases)
    head = json.dumps({"x": X, "target": TARGET, "w": W, "b": B, "steps": STEPS})[:-1]
    Path(__file__).with_name("trajectories.json").write_text(f'{head},\n"cases": [\n{lines}\n]}}\n')


main()
