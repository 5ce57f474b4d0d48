"""Writes first-losses.json: the first ten losses of three small models in double precision, from given weights.

Run: python3 make-first-losses.py    (PyTorch 1.13, for example Debian's python3-torch; the same file every time)
"""
import json
from pathlib import Path

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(20261124)
STEPS = 10


def record(name, model, loss_of, optimizer_of, x, y):
    initial = {key: value.tolist() for key, value in model.state_dict().items()}
    optimizer = optimizer_of(model.parameters())
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    final = {key: value.tolist() for key, value in model.state_dict().items()}
    return name, {"x": x.tolist(), "y": y.tolist(), "initial": initial, "losses": losses, "final": final}


def main():
    x = torch.randn(8, 3)
    regression = record(
        "regression", nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)),
        nn.functional.mse_loss, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
        x, torch.stack([x[:, 0] * x[:, 1], torch.sin(x[:, 2])], 1))
    classification = record(
        "classification", nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3)),
        nn.functional.cross_entropy, lambda p: torch.optim.Adam(p, lr=0.05),
        torch.randn(9, 4), torch.arange(9) % 3)
    decision = record(
        "decision", nn.Sequential(nn.Linear(2, 5), nn.GELU(), nn.Linear(5, 1)),
        nn.functional.binary_cross_entropy_with_logits, lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1),
        torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), torch.tensor([[0.0], [1.0], [1.0], [0.0]]))
    lines = ",\n".join(f'"{name}": {json.dumps(values)}' for name, values in (regression, classification, decision))
    Path(__file__).with_name("first-losses.json").write_text(f"{{\n{lines}\n}}\n")


main()
