"""Prints the coefficients and tables of src/ChainRule/Kernels/Functions/DoubleFunctions.*.cs.

Run: python3 tools/fit-polynomials.py [exp log sin cos erf erfc erfcx erfinv gelu lgamma digamma gamma_roots atan pow pi]    (mpmath 1.3)
Each fit prints the relative error it adds to its function; 2^-53 is half a unit in the last place.
"""
import struct
import sys

from minimax import evaluate, fit
from mpmath import acot, atan, atanh, cos, digamma, erf, erfc, erfinv, exp, expm1, factorial, findroot, floor, log, log1p, loggamma, lu_solve, matrix, mp, mpf, nint, pi, polygamma, sin, sqrt, workdps

mp.dps = 60
LN2 = log(mpf(2))


def show(name, coefficients, error):
    print(f"{name}: relative error 2^{float(log(error, 2)):.1f}")
    for c in coefficients:
        print(f"    {c!r},")


def split(value, *widths):
    """The value as a sum of doubles of the given numbers of bits."""
    parts = []
    for bits in widths:
        unit = mpf(2) ** (floor(log(abs(value), 2)) + 1 - bits)
        part = nint(value / unit) * unit
        parts.append(float(part))
        value -= part
    return parts


def fit_exp():
    # exp(r) = 1 + r + r^2 q(r); relative to expm1, the more demanding one.
    half = LN2 / 2 * mpf("1.0001")
    show("exp", *fit(lambda r: (expm1(r) - r) / r**2, lambda r: abs(r**2 / expm1(r)), range(11), -half, half))
    print("    ln 2 =", split(LN2, 42, 53))


def fit_log():
    # log(1 + f) = 2 atanh(s) = 2 s + s z R(z), s = f / (2 + f), z = s^2, 1 + f in [sqrt(1/2), sqrt(2)].
    top = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.001")
    show("log", *fit(lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z, lambda z: z / 2, range(7), "1e-12", top))


def fit_sin():
    top = (pi / 4 * mpf("1.0001")) ** 2
    show("sin", *fit(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, lambda z: z, range(6), "1e-9", top))


def fit_cos():
    top = (pi / 4 * mpf("1.0001")) ** 2
    show("cos", *fit(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, lambda z: z**2 / cos(sqrt(z)), range(6), "1e-9", top))


def fit_erf():
    # erf(x) = x + x p(x^2), |x| <= 1.
    ratio = lambda z: erf(sqrt(z)) / sqrt(z)
    show("erf", *fit(lambda z: ratio(z) - 1, lambda z: 1 / ratio(z), range(12), "1e-12", 1))


def fit_erfc():
    # erf(x) = 1 - exp(g(x)), 1 <= x <= 6: an error of g weighs as much as erfc.
    show("erfc", *fit(lambda x: log(erfc(x)), lambda x: erfc(x) / erf(x), range(18), 1, 6))


def fit_erfcx():
    # e^(x^2) erfc(x) (1 + 2 x) as a polynomial of t = (x - 3) / (x + 3), 0.65 <= x <= 27.3: through Chebyshev's points,
    # since an exchange divides by powers of t, which is 0 within. The first coefficient keeps its rest instead.
    def scaled(t):
        x = 3 * (1 + t) / (1 - t)
        return exp(x**2) * erfc(x) * (1 + 2 * x)

    through_chebyshev("erfcx", scaled, 23, mpf("-2.35") / mpf("3.65"), mpf("24.3") / mpf("30.3"), keeps_rest=True)


def through_chebyshev(name, f, count, low, high, keeps_rest=False):
    points = [(low + high - (high - low) * cos(pi * (i + mpf(1) / 2) / count)) / 2 for i in range(count)]
    system, right = matrix(count, count), matrix(count, 1)
    for row, t in enumerate(points):
        right[row] = f(t)
        for power in range(count):
            system[row, power] = t**power
    exact = list(lu_solve(system, right))
    used = [mpf(float(c)) for c in exact]
    if keeps_rest:
        print("rest of the first:", split(exact[0], 53, 53)[1])
        used[0] = exact[0]
    grid = [low + (high - low) * i / 500 for i in range(501)]
    error = max(abs(evaluate(range(count), used, t) / f(t) - 1) for t in grid)
    show(name, [float(c) for c in exact], error)


def in_ratio(name, f, a, count, low, high, keeps_rest=False):
    # As a polynomial of t = (x - a) / (x + a).
    a, low, high = mpf(a), mpf(low), mpf(high)
    through_chebyshev(name, lambda t: f(a * (1 + t) / (1 - t)), count, (low - a) / (low + a), (high - a) / (high + a), keeps_rest)


def fit_gelu():
    # R(s) = e^(s^2 / 2) Phi(-s): R(s) (s + 4) and (R(s) - s / sqrt(2 pi)) / (s - zero).
    ratio = lambda s: erfc(s / sqrt(mpf(2))) * exp(s**2 / 2) / 2
    slope = lambda s: ratio(s) - s / sqrt(2 * pi)
    zero = findroot(slope, mpf("0.7518"))
    print("zero of the slope =", split(zero, 53, 53))
    in_ratio("gelu", lambda s: ratio(s) * (s + 4), 4, 25, 0, 39, keeps_rest=True)
    in_ratio("gelu slope", lambda s: slope(s) / (s - zero), 4, 23, 0, 39)


def fit_lgamma():
    # log gamma(x) / ((x - 1) (x - 2)); no point of the fit is 1 or 2.
    in_ratio("lgamma", lambda x: loggamma(x) / ((x - 1) * (x - 2)), "1.375", 22, "0.75", "2.5")


def fit_digamma():
    zero = findroot(digamma, mpf("1.4616321449683623"))
    print("zero =", split(zero, 53, 53))
    in_ratio("digamma", lambda x: digamma(x) / (x - zero), "1.5", 22, "0.8", 3)


def fit_gamma_roots():
    # In s = -x > 0: each root in two parts, the second negated, how far the series serves, and its coefficients, the first in two parts.
    reflected = lambda s: log(pi / (s * abs(sin(pi * s)))) - loggamma(s)
    with workdps(150):
        print("lgamma")
        # On either side of the pole n; the first of 2 is no root, and beyond 17 no double is near one.
        for n in range(2, 18):
            for side in (-1, 1) if n > 2 else (1,):
                start = n + side * {(2, 1): mpf("0.457"), (3, -1): mpf("0.2523")}.get((n, side), 1 / factorial(n))
                root = newton(reflected, lambda s: -digamma(-s), start)
                show_root(root, lambda k: (-1) ** k * polygamma(k - 1, -root) / factorial(k))
        print("digamma")
        for n in range(32):
            root = newton(lambda s: digamma(-s), lambda s: -polygamma(1, -s), n + (mpf("0.504") if n == 0 else acot(digamma(n + 1) / pi) / pi * -1 + 1))
            show_root(root, lambda k: (-1) ** k * polygamma(k, -root) / factorial(k))


def newton(f, slope, x):
    for _ in range(20):
        x -= f(x) / slope(x)
    assert abs(f(x) / slope(x)) < mpf(10) ** -100
    return x


def show_root(root, coefficient):
    high, low = split(root, 53, 53)
    first = split(coefficient(1), 53, 53)
    # Of 12 terms the first left out is below 2^-58 of the sum up to a 32nd of the way to the pole.
    numbers = [high, -low, float(abs(root - nint(root)) / 32), *first, *(float(coefficient(k)) for k in range(2, 13))]
    print("    " + " ".join(f"{v!r}," for v in numbers))


def fit_erfinv():
    # The start of one step of Halley, which triples the digits: erfinv(x) / x for w = -log(1 - x^2) up to 5,
    # and erfinv(x) / sqrt(w) for s = 1 / sqrt(w) beyond.
    inner = lambda w: erfinv(sqrt(-expm1(-w))) / sqrt(-expm1(-w))
    show("erfinv near 0", *fit(inner, lambda w: 1 / inner(w), range(9), "1e-9", 5, points=100))

    def outer(s):
        # erfc(y) = 1 - x with x near 1: from w, so that nothing cancels.
        w = 1 / s**2
        rest = exp(-w) / (1 + sqrt(-expm1(-w)))
        return findroot(lambda y: log(erfc(y)) - log(rest), sqrt(w) - mpf("0.2")) * s

    show("erfinv far out", *fit(outer, lambda s: 1 / outer(s), range(9), 1 / sqrt(mpf(38)), 1 / sqrt(mpf(5)), points=100))


def fit_atan():
    # atan(q) = q + q z p(z), z = q^2, |q| up to tan(pi/8).
    ratio = lambda z: atan(sqrt(z)) / sqrt(z)
    top = (sqrt(mpf(2)) - 1) ** 2 * mpf("1.001")
    show("atan", *fit(lambda z: (ratio(z) - 1) / z, lambda z: z / ratio(z), range(12), "1e-9", top))


def bits_of(x):
    return struct.unpack("<q", struct.pack("<d", x))[0]


def double_of(pattern):
    return struct.unpack("<d", struct.pack("<q", pattern))[0]


LOG_TABLE_START = 0x3FE69_00000000000  # 0.705..., so that 1.0 lies inside an interval


def inverse_of_interval(low, high):
    """The c with the least max |m c - 1| on [low, high] for which m c - 1 is exact, and that maximum."""
    if low <= 1 <= high:
        return mpf(1), max(1 - low, high - 1)
    best = None
    for bits in range(6, 13):
        unit = mpf(2) ** -bits
        c = nint(2 / (low + high) / unit) * unit
        r = max(abs(low * c - 1), abs(high * c - 1))
        smallest = (mpf(2) ** -52 if low >= 1 else mpf(2) ** -53) * unit
        if r <= smallest * 2**53 and (best is None or r < best[1]):
            best = c, r
    return best


def fit_pow():
    # log(m) = -log(c) + log1p(r), r = m c - 1 exactly, c from a table over 128 intervals of m.
    inverses, highs, lows, largest = [], [], [], mpf(0)
    for i in range(128):
        low = mpf(double_of(LOG_TABLE_START + (i << 45)))
        high = mpf(double_of(LOG_TABLE_START + ((i + 1) << 45)))
        c, r = inverse_of_interval(low, high)
        largest = max(largest, r)
        log_c = -log(c)
        high_part = nint(log_c * 2**42) / 2**42
        inverses.append(float(c))
        highs.append(float(high_part))
        lows.append(float(log_c - high_part))
        assert c == 1 or abs(high_part) > r, i
    print("pow: largest |r|", float(largest))
    third = lambda r: (log1p(r) - r + r**2 / 2) / r**3
    show("pow", *fit(third, lambda r: abs(r**3 / log1p(r)), range(7), -largest, largest))
    for name, table in (("inverse", inverses), ("high", highs), ("low", lows)):
        print(name)
        for i in range(0, 128, 4):
            print("    " + " ".join(f"{v!r}," for v in table[i : i + 4]))


def fit_pi():
    print("pi / 2 =", split(pi / 2, 33, 53, 53))
    mp.dps = 500
    bits = int(floor(2 / pi * mpf(2) ** 1280))
    print("2 / pi, 64 bits each, after the point")
    for i in range(20):
        print(f"    0x{(bits >> (64 * (19 - i))) & (2**64 - 1):016X},")


if __name__ == "__main__":
    for name in sys.argv[1:] or ["exp", "log", "sin", "cos", "erf", "erfc", "erfcx", "erfinv", "gelu", "lgamma", "digamma", "gamma_roots", "atan", "pow", "pi"]:
        globals()["fit_" + name]()
