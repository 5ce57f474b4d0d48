"""Writes trajectories.json: parameters after some of 50 steps of each optimizer, in float64.

PyTorch 1.13 where it has the optimizer, else NumPy by the formulas of the papers. NAdam by formula too: that of 1.13
multiplies one momentum too many into the product of the next step, which later versions mended, and keeps it in float32.
Gradients are arithmetic on the parameters alone, so that every implementation gets the same:
    g = a * (p - c) + 0.3 * p**3 + ((step % 5) - 2) * 0.1,  a = 0.5 + 0.25 * place,  c = 0.3 * place - 0.7

Run: python3 generate_trajectories.py > trajectories.json
"""
import json

import numpy as np
import torch

SHAPES = [(3, 2), (4,), (2, 3, 2)]
STEPS = 50
KEPT = [1, 2, 3, 5, 10, 20, 35, 50]


def start(shape, number):
    count = int(np.prod(shape))
    return (np.arange(count, dtype=np.float64) * 0.37 - 0.9 + 0.2 * number).reshape(shape)


def gradient(p, step):
    place = np.arange(p.size, dtype=np.float64).reshape(p.shape)
    return (0.5 + 0.25 * place) * (p - (0.3 * place - 0.7)) + 0.3 * p * p * p + ((step % 5) - 2) * 0.1


def by_torch(make):
    parameters = [torch.tensor(start(shape, i), requires_grad=True) for i, shape in enumerate(SHAPES)]
    optimizer = make(parameters)
    kept = []
    for step in range(STEPS):
        for p in parameters:
            p.grad = torch.tensor(gradient(p.detach().numpy(), step))
        optimizer.step()
        if step + 1 in KEPT:
            kept.append([p.detach().numpy().ravel().tolist() for p in parameters])
    return kept


def by_numpy(update):
    parameters = [start(shape, i) for i, shape in enumerate(SHAPES)]
    memories = [{} for _ in SHAPES]
    kept = []
    for step in range(STEPS):
        for i, p in enumerate(parameters):
            parameters[i] = update(p, gradient(p, step), memories[i], step + 1)
        if step + 1 in KEPT:
            kept.append([p.ravel().tolist() for p in parameters])
    return kept


def lion(p, g, memory, t, rate=0.01, beta1=0.9, beta2=0.99, decay=0.1):
    m = memory.get("m", np.zeros_like(p))
    p = p * (1 - rate * decay) - rate * np.sign(beta1 * m + (1 - beta1) * g)
    memory["m"] = beta2 * m + (1 - beta2) * g
    return p


def lamb(p, g, memory, t, rate=0.02, beta1=0.9, beta2=0.999, epsilon=1e-6, decay=0.1):
    m = memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
    v = memory["v"] = beta2 * memory.get("v", 0) + (1 - beta2) * g * g
    d = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon) + decay * p
    length, step = np.linalg.norm(p), np.linalg.norm(d)
    trust = length / step if length > 0 and step > 0 else 1.0
    return p - rate * trust * d


def adamw(p, g, memory, t, rate, beta1, beta2, epsilon, decay):
    m = memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
    v = memory["v"] = beta2 * memory.get("v", 0) + (1 - beta2) * g * g
    return p * (1 - rate * decay) - rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)


def nadam(p, g, memory, t, rate=0.02, beta1=0.9, beta2=0.999, epsilon=1e-8, decay=0.1, momentum_decay=4e-3):
    g = g + decay * p
    now, following = (beta1 * (1 - 0.5 * 0.96 ** (step * momentum_decay)) for step in (t, t + 1))
    product = memory["product"] = memory.get("product", 1.0) * now
    m = memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
    v = memory["v"] = beta2 * memory.get("v", 0) + (1 - beta2) * g * g
    step = (1 - now) / (1 - product) * g + following / (1 - product * following) * m
    return p - rate * step / (np.sqrt(v / (1 - beta2**t)) + epsilon)


def muon(p, g, memory, t, rate=0.005, momentum=0.95, decay=0.1):
    if p.ndim < 2:
        return adamw(p, g, memory, t, rate * 0.2, 0.9, 0.95, 1e-10, decay)
    b = memory["b"] = momentum * memory.get("b", 0) + (1 - momentum) * g
    x = ((1 - momentum) * g + momentum * b).reshape(p.shape[0], -1)
    rows, columns = x.shape
    x = x.T if rows > columns else x
    x = x / max(np.linalg.norm(x), 1e-7)
    for _ in range(5):
        square = x @ x.T
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    x = x.T if rows > columns else x
    return p * (1 - rate * decay) - rate * max(1, rows / columns) ** 0.5 * x.reshape(p.shape)


def asgd(p, g, memory, t, rate=0.05, falling=1e-2, alpha=0.6, decay=0.1):
    eta = memory.get("eta", rate)
    memory["eta"] = rate / (1 + falling * rate * t) ** alpha
    return p * (1 - falling * eta) - eta * (g + decay * p)


def lbfgs():
    """A valley in four dimensions; the parameters after each of ten calls of four directions each."""
    p = torch.tensor([-0.8, 0.6, 0.4, -0.3], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([p], lr=1, max_iter=4, history_size=3, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        value = (2 * (p[1:] - p[:-1] ** 2) ** 2).sum() + ((1 - p) ** 2).sum()
        value.backward()
        return value

    kept = []
    for _ in range(10):
        optimizer.step(loss)
        kept.append(p.detach().numpy().tolist())
    return kept


O = torch.optim
made = {
    "sgd": by_torch(lambda p: O.SGD(p, lr=0.05, weight_decay=0.1)),
    "momentum": by_torch(lambda p: O.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.1)),
    "nesterov": by_torch(lambda p: O.SGD(p, lr=0.02, momentum=0.9, nesterov=True)),
    "dampened": by_torch(lambda p: O.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.1, dampening=0.4)),
    "climbing": by_torch(lambda p: O.SGD(p, lr=2e-4, momentum=0.5, weight_decay=0.1, maximize=True)),
    "asgd": by_numpy(asgd),
    "adam": by_torch(lambda p: O.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)),
    "amsgrad": by_torch(lambda p: O.Adam(p, lr=0.05, betas=(0.8, 0.95), amsgrad=True)),
    "adamw": by_torch(lambda p: O.AdamW(p, lr=0.05, weight_decay=0.2)),
    "adamw-amsgrad": by_torch(lambda p: O.AdamW(p, lr=0.05, weight_decay=0.2, amsgrad=True)),
    "nadam": by_numpy(nadam),
    "radam": by_torch(lambda p: O.RAdam(p, lr=0.02, weight_decay=0.1)),
    "adamax": by_torch(lambda p: O.Adamax(p, lr=0.02, weight_decay=0.1)),
    "adagrad": by_torch(lambda p: O.Adagrad(p, lr=0.1, lr_decay=0.01, weight_decay=0.1, initial_accumulator_value=0.2)),
    "adadelta": by_torch(lambda p: O.Adadelta(p, lr=1.5, rho=0.8, weight_decay=0.1)),
    "rmsprop": by_torch(lambda p: O.RMSprop(p, lr=0.02, weight_decay=0.1)),
    "rmsprop-momentum": by_torch(lambda p: O.RMSprop(p, lr=0.01, alpha=0.9, momentum=0.8)),
    "rmsprop-centred": by_torch(lambda p: O.RMSprop(p, lr=0.01, alpha=0.9, centered=True)),
    "rmsprop-all": by_torch(lambda p: O.RMSprop(p, lr=0.01, alpha=0.9, momentum=0.8, centered=True, weight_decay=0.1)),
    "rprop": by_torch(lambda p: O.Rprop(p, lr=0.03)),
    "lion": by_numpy(lion),
    "lamb": by_numpy(lamb),
    "muon": by_numpy(muon),
}
# That of PyTorch keeps its rate in float32.
in_single = by_torch(lambda p: O.ASGD(p, lr=0.05, lambd=1e-2, alpha=0.6, t0=10, weight_decay=0.1))
assert all(np.allclose(a, b, 1e-6, 1e-7) for x, y in zip(in_single, made["asgd"]) for a, b in zip(x, y))


def rates(make, steps=40):
    p = torch.zeros(1, requires_grad=True)
    optimizer = O.SGD([p], lr=0.8)
    schedule = make(optimizer)
    seen = []
    for _ in range(steps):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return seen


S = O.lr_scheduler
schedules = {
    "step": rates(lambda o: S.StepLR(o, 7, gamma=0.5)),
    "multi-step": rates(lambda o: S.MultiStepLR(o, [3, 11, 11, 30], gamma=0.5)),
    "exponential": rates(lambda o: S.ExponentialLR(o, 0.9)),
    "cosine": rates(lambda o: S.CosineAnnealingLR(o, 40, eta_min=0.05)),
    "restarts": rates(lambda o: S.CosineAnnealingWarmRestarts(o, 10, eta_min=0.05)),
    "growing-restarts": rates(lambda o: S.CosineAnnealingWarmRestarts(o, 5, T_mult=2)),
    "one-cycle": rates(lambda o: S.OneCycleLR(o, max_lr=0.8, total_steps=40, cycle_momentum=False)),
    "polynomial": rates(lambda o: S.PolynomialLR(o, total_iters=25, power=2.0)),
    "warm-up": rates(lambda o: S.LinearLR(o, start_factor=0.25, total_iters=8)),
    "lambda": rates(lambda o: S.LambdaLR(o, lambda t: 1 / (1 + t))),
    "chained": rates(lambda o: S.ChainedScheduler([S.LinearLR(o, start_factor=0.25, total_iters=8), S.ExponentialLR(o, 0.9)])),
    "sequential": rates(lambda o: S.SequentialLR(o, [S.LinearLR(o, start_factor=0.25, total_iters=8), S.ExponentialLR(o, 0.9)], milestones=[8])),
}


def plateau(figures, **settings):
    optimizer = O.SGD([torch.zeros(1, requires_grad=True)], lr=0.8)
    schedule = S.ReduceLROnPlateau(optimizer, **settings)
    seen = []
    for figure in figures:
        schedule.step(figure)
        seen.append(optimizer.param_groups[0]["lr"])
    return seen


figures = [3.0, 2.5, 2.4, 2.41, 2.39999, 2.4, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.2, 2.2, 2.2, 2.2, 2.2, 2.2, 2.2, 2.2, 2.2]
plateaus = {
    "loss": plateau(figures, factor=0.5, patience=2),
    "cooldown": plateau(figures, factor=0.5, patience=1, cooldown=2, min_lr=0.15),
    "accuracy": plateau([-f + 4 for f in figures], factor=0.5, patience=2, mode="max", threshold=1e-3),
}

print(json.dumps({"kept": KEPT, "optimizers": made, "lbfgs": lbfgs(), "schedules": schedules, "figures": figures, "plateaus": plateaus}, separators=(",", ":")))
