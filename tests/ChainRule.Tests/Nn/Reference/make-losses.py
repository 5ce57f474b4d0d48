"""Writes losses.json: values and gradients of PyTorch's loss functions in double precision.

Run: python3 make-losses.py    (PyTorch 1.13, for example Debian's python3-torch; the same file every time)
The gradient is that of sum(loss * seed), where seed is 1, 2, 3, ... over the loss's elements.
"""
import json
from pathlib import Path

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)
torch.manual_seed(20261124)
REDUCTIONS = ["mean", "sum", "none"]


def case(loss, function, x, target, reduction, **settings):
    x = x.clone().requires_grad_(True)
    value = function(x, target, reduction=reduction, **settings)
    seed = torch.arange(1, value.numel() + 1).reshape(value.shape).to(value.dtype)
    (value * seed).sum().backward()
    return {"loss": loss, "reduction": reduction, "x": x.tolist(), "target": target.tolist(), **settings,
            "value": value.tolist(), "gradient": x.grad.tolist()}


def main():
    cases = []
    x, y = torch.randn(4, 3) * 3, torch.randn(4, 3)
    p, t = torch.rand(4, 3), torch.rand(4, 3)
    t[0, 0], t[1, 1] = 1, 0
    logits = torch.cat([x, torch.tensor([[-50.0, 50.0, 0.0], [-800.0, 800.0, 40.0], [30.0, -1000.0, 1e-8]])])
    targets = torch.cat([t, torch.tensor([[1.0, 0.0, 1.0], [1.0, 0.0, 0.25], [0.0, 1.0, 0.5]])])
    classes = torch.tensor([2, 0, 1, 1, 0, 1, 2])
    ignoring = torch.tensor([2, -100, 1, 1, -100, 1, 2])
    soft = torch.softmax(torch.randn(7, 3), 1)
    for reduction in REDUCTIONS:
        cases.append(case("MeanSquaredError", functional.mse_loss, x, y, reduction))
        cases.append(case("BinaryCrossEntropy", functional.binary_cross_entropy, p, t, reduction))
        cases.append(case("BinaryCrossEntropyWithLogits", functional.binary_cross_entropy_with_logits, logits, targets, reduction))
        cases.append(case("CrossEntropy", functional.cross_entropy, logits, classes, reduction))
        cases.append(case("CrossEntropy", functional.cross_entropy, logits, ignoring, reduction, ignore_index=-100))
        cases.append(case("CrossEntropy", functional.cross_entropy, logits, classes, reduction, ignore_index=1))
        cases.append(case("CrossEntropy", functional.cross_entropy, logits, soft, reduction))
    Path(__file__).with_name("losses.json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")


main()
