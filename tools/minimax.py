"""Weighted minimax fits with coefficients rounded to double or float (Remez exchange on a dense grid)."""
import struct

from mpmath import cos, lu_solve, matrix, mp, mpf, pi, sign

mp.dps = 50


def evaluate(powers, coefficients, x):
    return sum((c * x**p for c, p in zip(coefficients, powers)), mpf(0))


def remez(f, weight, powers, grid, thorough=False):
    """The combination of the powers with the least max |weight * (f - p)| on the grid."""
    n = len(powers)
    target = [f(x) for x in grid]
    weights = [weight(x) for x in grid]
    last = len(grid) - 1
    nodes = [round(last * (1 - cos(pi * (i + mpf(1) / 2) / (n + 1))) / 2) for i in range(n + 1)]
    best, least = None, mp.inf
    for _ in range(40 if thorough else 12):
        system = matrix(n + 1, n + 1)
        right = matrix(n + 1, 1)
        for row, i in enumerate(nodes):
            for column, p in enumerate(powers):
                system[row, column] = grid[i] ** p
            system[row, n] = (-1) ** row / weights[i]
            right[row] = target[i]
        solution = list(lu_solve(system, right))
        coefficients, level = solution[:n], abs(solution[n])
        error = [w * (t - evaluate(powers, coefficients, x)) for x, t, w in zip(grid, target, weights)]
        worst = max(abs(e) for e in error)
        if worst < least:
            best, least = coefficients, worst
        nodes = extrema(error, n + 1, thorough)
        # An error that no longer alternates is at the floor set by the coefficients already rounded.
        if worst <= level * mpf("1.001") or nodes is None:
            break
    return best


def extrema(error, count, thorough):
    """One index per run of equal sign, thinned at the ends (or, if thorough, anywhere) to the wanted count."""
    peaks = []
    for i, e in enumerate(error):
        if peaks and sign(error[peaks[-1]]) == sign(e):
            if abs(e) > abs(error[peaks[-1]]):
                peaks[-1] = i
        else:
            peaks.append(i)
    size = lambda k: abs(error[peaks[k]])
    while len(peaks) > count:
        end = 0 if size(0) < size(-1) else len(peaks) - 1
        # Within, two neighbours go together, so that the signs still alternate.
        k = min(range(len(peaks) - 1), key=lambda k: max(size(k), size(k + 1)))
        if thorough and len(peaks) > count + 1 and max(size(k), size(k + 1)) < size(end):
            del peaks[k : k + 2]
        else:
            del peaks[end]
    if len(peaks) < count:
        return None
    return peaks


def to_single(value):
    """The nearest float, as a double."""
    return struct.unpack("<f", struct.pack("<f", float(value)))[0]


def fit(f, weight, powers, low, high, points=300, rounding=float, thorough=False):
    """Minimax coefficients, rounded one by one, lowest power first, the rest refitted after each."""
    low, high = mpf(low), mpf(high)
    grid = [(low + high - (high - low) * cos(pi * (i + mpf(1) / 2) / points)) / 2 for i in range(points)]
    fixed = []
    for i in range(len(powers)):
        # Divided by the lowest power left, the rest is fitted by a Chebyshev system on intervals around 0 too.
        p = powers[i]
        rest = lambda x: (f(x) - evaluate(powers[:i], fixed, x)) / x**p
        coefficients = remez(rest, lambda x: weight(x) * abs(x) ** p, [q - p for q in powers[i:]], grid, thorough)
        fixed.append(mpf(rounding(coefficients[0])))
    error = max(abs(weight(x) * (f(x) - evaluate(powers, fixed, x))) for x in grid)
    return [float(c) for c in fixed], error
