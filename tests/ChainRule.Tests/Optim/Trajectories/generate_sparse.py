"""Writes sparse.json: a table of embeddings after some of 50 steps with the gradients of the used rows alone, in float64.

By PyTorch 1.13: nn.Embedding(sparse=True) with each optimizer that takes its gradients. The loss is arithmetic, and the ids of a
step follow from its number, so that every implementation gets the same.

Run: python3 generate_sparse.py > sparse.json
"""
import json

import torch

ROWS, SIZE, STEPS, KEPT = 7, 3, 50, [1, 2, 3, 5, 10, 20, 35, 50]


def ids(step):
    return [[step % 5, 1], [(3 * step + 2) % 5, step % 5]]


def run(make):
    table = torch.nn.Embedding(ROWS, SIZE, padding_idx=4, sparse=True, dtype=torch.float64)
    with torch.no_grad():
        table.weight.copy_((torch.arange(ROWS * SIZE, dtype=torch.float64) * 0.37 % 1.9 - 0.9).reshape(ROWS, SIZE))
    optimizer = make(table.parameters())
    factors = (torch.arange(2 * 2 * SIZE, dtype=torch.float64) * 0.21 - 1).reshape(2, 2, SIZE)
    kept = []
    for step in range(STEPS):
        optimizer.zero_grad()
        y = table(torch.tensor(ids(step)))
        (factors * y + 0.5 * y * y * y).sum().backward()
        optimizer.step()
        if step + 1 in KEPT:
            kept.append(table.weight.detach().numpy().ravel().tolist())
    return kept


O = torch.optim
print(json.dumps({"kept": KEPT, "runs": {
    "sgd": run(lambda p: O.SGD(p, lr=0.05)),
    "adagrad": run(lambda p: O.Adagrad(p, lr=0.1, lr_decay=0.01, initial_accumulator_value=0.2)),
    "sparse-adam": run(lambda p: O.SparseAdam(list(p), lr=0.05, betas=(0.8, 0.9), eps=1e-3)),
}}, separators=(",", ":")))
