"""Writes accuracy.bin.gz: values and derivatives of the smooth elementwise operations, right to more than 50 digits before rounding.

Run: python3 make-accuracy-reference.py    (mpmath 1.3; a few minutes; the same file every time)
For each function: the length of its name (1 byte), its name, the number of arguments (1 byte), the number of cases (4 bytes), then
columns: each argument (doubles), the value (doubles) and its rest (signed bytes), for each argument the derivative and its rest.
The true value is value + rest / 200 * unit, where value is the nearest double and unit the distance of the doubles around the true
one. Three quarters of the arguments are floats, so that they can be asked of float32 too. All numbers are little-endian.
"""
import gzip
import io
import math
import random
import struct
from pathlib import Path

import mpmath
from mpmath import cos, cosh, digamma, erf, erfc, exp, expm1, loggamma, log, log1p, mp, mpf, nint, pi, sin, sinh, sqrt, tan, tanh

random.seed(20261125)
FLOATS, DOUBLES = 1500, 500


def rounded(true):
    """The nearest double, ties to even, and the rest in units."""
    if true == 0:
        return 0.0, 0
    exponent = max(mpmath.frexp(true)[1] - 53, -1074)
    scaled = mpmath.ldexp(true, -exponent)
    count = nint(scaled)
    rest = int(nint((scaled - count) * 200))
    try:
        return math.ldexp(int(count), exponent), rest
    except OverflowError:
        return math.copysign(math.inf, true), 0


def single(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


# Where arguments come from. Each takes whether they must be floats, whose exponents end sooner.


def sized(low, high, signs=(1, -1)):
    """Log-uniform: 2^low to 2^high."""
    def draw(is_single):
        exponent = random.uniform(max(low, -148) if is_single else low, min(high, 127.9) if is_single else high)
        return random.choice(signs) * 2.0**exponent

    return draw


def between(low, high):
    return lambda is_single: random.uniform(low, high)


def near(*points, low=-40, high=-3):
    """At a distance of 2^low to 2^high from one of the points, on either side."""
    def draw(is_single):
        point = random.choice(points)
        return float(point) + random.choice((1, -1)) * 2.0 ** random.uniform(low, high) * max(abs(float(point)), 1)

    return draw


def arguments(sources, accepts, count, is_single):
    """So many from each of the sources in turn, then those that must be there."""
    kept = []
    while len(kept) < count:
        x = sources[len(kept) % len(sources)](is_single)
        if is_single:
            x = single(x)
        if accepts(x):
            kept.append(x)
    return kept


TINY, WIDE = sized(-1074, 3), sized(-1074, 1023)
USUAL = [sized(-30, 4), between(-10, 10), between(-3, 3), TINY]
TAILS = USUAL + [between(-105, 90), sized(0, 9)]
# x e^x is a normal number.
NORMAL_TAILS = USUAL + [between(-82, 90), sized(0, 6)]
ANY = lambda x: True
POSITIVE = lambda x: x > 0
INSIDE = lambda x: -1 < x < 1


def sigmoid(x):
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def slope_of_sigmoid(x):
    return exp(-abs(x)) / (1 + exp(-abs(x))) ** 2


def softplus(x):
    return max(x, mpf(0)) + log1p(exp(-abs(x)))


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def distribution(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def tanh_form(x):
    v = 2 * sqrt(2 / pi) * (x + mpf("0.044715") * x**3)
    return sigmoid(v), slope_of_sigmoid(v) * 2 * sqrt(2 / pi) * (1 + 3 * mpf("0.044715") * x**2)


def mish_slope(x):
    w = tanh(softplus(x))
    return w + x * (1 - w * w) * sigmoid(x)


def log_of_gamma(x):
    return loggamma(x) if x > 0 else log(pi / abs(sin(pi * x))) - loggamma(1 - x)


def sinc(x):
    return mpmath.sinpi(x) / (pi * x)


def sinc_slope(x):
    return (mpmath.cospi(x) - mpmath.sinpi(x) / (pi * x)) / x


LAMBDA, SELU = mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717")
LN2, LN10 = (lambda: log(mpf(2))), (lambda: log(mpf(10)))
HALF_PIS = [k * 1.5707963267948966 for k in range(1, 60)]


def unary():
    """Name: value, derivative, sources, domain, whether functions of gamma (which are slow) are in it."""
    one = mpf(1)
    yield "Acos", mpmath.acos, lambda x: -1 / sqrt((1 - x) * (1 + x)), [between(-1, 1), near(1, -1), sized(-1074, 0)], INSIDE
    yield "Acosh", mpmath.acosh, lambda x: 1 / (sqrt(x - 1) * sqrt(x + 1)), [near(1), between(1, 10), sized(0, 1023)], lambda x: x > 1
    yield "Asin", mpmath.asin, lambda x: 1 / sqrt((1 - x) * (1 + x)), [between(-1, 1), near(1, -1), sized(-1074, 0)], INSIDE
    yield "Asinh", mpmath.asinh, lambda x: 1 / sqrt(1 + x * x), USUAL + [WIDE], ANY
    yield "Atan", mpmath.atan, lambda x: 1 / (1 + x * x), USUAL + [sized(-500, 60)], ANY
    yield "Atanh", mpmath.atanh, lambda x: 1 / ((1 - x) * (1 + x)), [between(-1, 1), near(1, -1), sized(-1074, 0)], INSIDE
    yield "Celu", lambda x: x if x > 0 else expm1(x), lambda x: one if x > 0 else exp(x), TAILS, ANY
    yield "Cos", cos, lambda x: -sin(x), USUAL + [near(*HALF_PIS), sized(4, 1023)], ANY
    yield "Cosh", cosh, sinh, TAILS, ANY
    yield "Digamma", digamma, lambda x: mpmath.polygamma(1, x), [between(0, 20), sized(-60, 60, (1,)), near(1.4616321449683622)], POSITIVE
    yield "DigammaBelowZero", digamma, lambda x: mpmath.polygamma(1, x), [between(-9, 0)], lambda x: x % 1 != 0
    yield "Elu", lambda x: x if x > 0 else expm1(x), lambda x: one if x > 0 else exp(x), TAILS, ANY
    yield "Erf", erf, lambda x: 2 / sqrt(pi) * exp(-x * x), USUAL + [between(-7, 7)], ANY
    yield "Erfc", erfc, lambda x: -2 / sqrt(pi) * exp(-x * x), USUAL + [between(0, 27)], ANY
    yield "Erfinv", mpmath.erfinv, lambda x: sqrt(pi) / 2 * exp(mpmath.erfinv(x) ** 2), [between(-1, 1), near(1, -1, low=-50), sized(-1074, 0)], INSIDE
    yield "Exp", exp, exp, TAILS, ANY
    yield "Exp2", lambda x: mpf(2) ** x, lambda x: LN2() * mpf(2) ** x, TAILS, ANY
    yield "Expm1", expm1, exp, TAILS, ANY
    yield "Gelu", lambda x: x * distribution(x), lambda x: distribution(x) + x * density(x), USUAL + [between(-15, 15), near(-0.7517915246935645), between(-40, 40)], ANY
    yield "GeluTanh", lambda x: x * tanh_form(x)[0], lambda x: tanh_form(x)[0] + x * tanh_form(x)[1], USUAL + [between(-11, 11)], lambda x: abs(x) < 25
    yield "Lgamma", log_of_gamma, digamma, [between(0, 20), sized(-60, 60, (1,)), near(1, 2)], POSITIVE
    yield "LgammaBelowZero", log_of_gamma, digamma, [between(-9, 0)], lambda x: x % 1 != 0
    yield "Log", log, lambda x: 1 / x, [sized(-1074, 1023, (1,)), between(0, 10), near(1)], POSITIVE
    yield "Log10", lambda x: log(x) / LN10(), lambda x: 1 / (x * LN10()), [sized(-1074, 1023, (1,)), between(0, 10), near(1)], POSITIVE
    yield "Log1p", log1p, lambda x: 1 / (1 + x), [sized(-1074, 1023, (1,)), near(-1), between(-1, 10), sized(-60, 0)], lambda x: x > -1
    yield "Log2", lambda x: log(x) / LN2(), lambda x: 1 / (x * LN2()), [sized(-1074, 1023, (1,)), between(0, 10), near(1)], POSITIVE
    yield "LogSigmoid", lambda x: -softplus(-x), lambda x: sigmoid(-x), TAILS, ANY
    yield "Mish", lambda x: x * tanh(softplus(x)), mish_slope, NORMAL_TAILS, ANY
    yield "Polygamma", lambda x: mpmath.polygamma(1, x), lambda x: mpmath.polygamma(2, x), [between(0, 20), sized(-40, 60, (1,))], POSITIVE
    yield "Reciprocal", lambda x: 1 / x, lambda x: -1 / (x * x), USUAL + [sized(-500, 500)], lambda x: x != 0
    yield "Rsqrt", lambda x: 1 / sqrt(x), lambda x: -1 / (2 * x * sqrt(x)), [sized(-1074, 1023, (1,)), between(0, 10)], POSITIVE
    yield "Selu", lambda x: LAMBDA * (x if x > 0 else SELU * expm1(x)), lambda x: LAMBDA * (one if x > 0 else SELU * exp(x)), TAILS, ANY
    yield "Sigmoid", sigmoid, slope_of_sigmoid, TAILS, ANY
    yield "Silu", lambda x: x * sigmoid(x), lambda x: sigmoid(x) + x * slope_of_sigmoid(x), NORMAL_TAILS, ANY
    yield "Sin", sin, cos, USUAL + [near(*HALF_PIS), sized(4, 1023)], ANY
    yield "Sinc", sinc, sinc_slope, USUAL + [near(1, 2, 3, 4)], lambda x: x != 0
    yield "Sinh", sinh, cosh, TAILS, ANY
    yield "Softplus", softplus, sigmoid, TAILS, ANY
    yield "Softsign", lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2, USUAL + [sized(0, 60)], ANY
    yield "Sqrt", sqrt, lambda x: 1 / (2 * sqrt(x)), [sized(-1074, 1023, (1,)), between(0, 10)], POSITIVE
    yield "Square", lambda x: x * x, lambda x: 2 * x, USUAL + [sized(-500, 500)], ANY
    yield "Tan", tan, lambda x: 1 / cos(x) ** 2, USUAL + [near(*HALF_PIS), sized(4, 1023)], ANY
    yield "Tanh", tanh, lambda x: 4 * exp(-2 * abs(x)) / (1 + exp(-2 * abs(x))) ** 2, TAILS, ANY
    yield "Tanhshrink", lambda x: x - tanh(x), lambda x: tanh(x) ** 2, USUAL, ANY


def near_roots(f, slope, starts):
    """Beside each root at a distance of 2^-44 to 1/2 of that to the nearest pole, where a function that adds up its terms has few digits left."""
    roots = []
    for x in starts:
        x = mpf(x)
        for _ in range(20):
            x -= f(x) / slope(x)
        roots.append((x, abs(x - nint(x))))

    def draw(is_single):
        root, room = random.choice(roots)
        return float(root + random.choice((1, -1)) * room * mpf(2) ** random.uniform(-44, -1))

    return draw


def unary_near_roots():
    """Last, so that what is drawn before stays as it is. No double is near the roots of log gamma beyond 16."""
    starts = ["-2.457", "-2.7477", "-3.1436"] + [-n + side / mpmath.factorial(n) for n in range(3, 17) for side in (1, -1)][2:]
    yield "LgammaNearZeros", log_of_gamma, digamma, [near_roots(log_of_gamma, digamma, starts)], lambda x: x % 1 != 0
    starts = [-n - 1 + mpmath.acot(digamma(n + 1) / pi) / pi if n else "-0.504" for n in range(32)]
    yield "DigammaNearZeros", digamma, lambda x: mpmath.polygamma(1, x), [near_roots(digamma, lambda x: mpmath.polygamma(1, x), starts)], lambda x: x % 1 != 0


def pairs():
    """Name: value, both derivatives, sources of pairs."""
    usual = lambda is_single: (random.uniform(-10, 10), random.uniform(-10, 10))
    wide = lambda is_single: (sized(-100, 100)(is_single), sized(-100, 100)(is_single))
    logit = lambda is_single: (random.choice((between(-20, 20), between(-100, 80), sized(-30, 6)))(is_single), random.choice((0.0, 1.0, random.random())))
    far = lambda is_single: (random.uniform(-300, 300), random.uniform(-300, 300))

    def power(is_single):
        x = random.choice((sized(-10, 10, (1,)), near(1, low=-20), between(0, 10)))(is_single)
        y = random.choice((random.uniform(-60, 60) / max(abs(math.log(x)) if 0 < x != 1 else 1, 1e-3), float(random.randint(-8, 8)), random.uniform(-3, 3)))
        return x, y

    probability = lambda is_single: (random.choice((random.random(), 2.0 ** random.uniform(-60, 0), 1 - 2.0 ** random.uniform(-24, 0))), random.choice((0.0, 1.0, random.random())))
    yield "Atan2", mpmath.atan2, lambda a, b: b / (a * a + b * b), lambda a, b: -a / (a * a + b * b), [usual, wide], lambda a, b: a != 0 and b != 0
    yield "BinaryCrossEntropy", lambda p, t: -t * log(p) - (1 - t) * log1p(-p), lambda p, t: (1 - t) / (1 - p) - t / p, lambda p, t: log1p(-p) - log(p), [probability], lambda p, t: 0 < p < 1
    yield "Divide", lambda a, b: a / b, lambda a, b: 1 / b, lambda a, b: -a / (b * b), [usual, lambda s: (sized(-40, 40)(s), sized(-40, 40)(s))], lambda a, b: b != 0
    yield "Hypot", mpmath.hypot, lambda a, b: a / mpmath.hypot(a, b), lambda a, b: b / mpmath.hypot(a, b), [usual, wide], lambda a, b: a != 0 and b != 0
    yield "LogAddExp", lambda a, b: max(a, b) + log1p(exp(-abs(a - b))), lambda a, b: sigmoid(a - b), lambda a, b: sigmoid(b - a), [usual, far], lambda a, b: True
    yield "LogitCrossEntropy", lambda x, t: softplus(x) - x * t, lambda x, t: (1 - t) * sigmoid(x) - t * sigmoid(-x), lambda x, t: -x, [logit], lambda a, b: True
    yield "Pow", lambda x, y: x**y, lambda x, y: y * x ** (y - 1), lambda x, y: x**y * log(x), [power], lambda x, y: x > 0


def precise(f, *x):
    """f with as many digits as it may take: small arguments are taken from sums with 1, large ones modulo pi."""
    try:
        size = max(abs(mpmath.frexp(mpf(v))[1]) for v in x)
        mp.prec = 250 + 3 * min(size, 1100)
        return f(*map(mpf, x))
    finally:
        mp.prec = 250


def write(stream, name, columns, results):
    stream.write(struct.pack("<B", len(name)) + name.encode() + struct.pack("<Bi", len(columns), len(columns[0])))
    for column in columns:
        stream.write(struct.pack(f"<{len(column)}d", *column))
    for values in results:
        pairs_of = [rounded(value) for value in values]
        stream.write(struct.pack(f"<{len(values)}d", *(value for value, _ in pairs_of)))
        stream.write(struct.pack(f"<{len(values)}b", *(rest for _, rest in pairs_of)))


def main():
    mp.prec = 250
    stream = io.BytesIO()
    for name, f, slope, sources, accepts in unary():
        x = arguments(sources, accepts, FLOATS, True) + arguments(sources, accepts, DOUBLES, False)
        write(stream, name, [x], [[precise(g, v) for v in x] for g in (f, slope)])
    for name, f, left, right, sources, accepts in pairs():
        x = []
        while len(x) < FLOATS + DOUBLES:
            is_single = len(x) < FLOATS
            a, b = sources[len(x) % len(sources)](is_single)
            if is_single:
                a, b = single(a), single(b)
            if accepts(a, b):
                x.append((a, b))
        write(stream, name, [[a for a, _ in x], [b for _, b in x]], [[precise(g, a, b) for a, b in x] for g in (f, left, right)])
    for name, f, slope, sources, accepts in unary_near_roots():
        x = arguments(sources, accepts, FLOATS, True) + arguments(sources, accepts, DOUBLES, False)
        write(stream, name, [x], [[precise(g, v) for v in x] for g in (f, slope)])
    with open(Path(__file__).with_name("accuracy.bin.gz"), "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as target:
        target.write(stream.getvalue())


if __name__ == "__main__":
    main()
