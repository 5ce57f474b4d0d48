"""Prints the coefficients of src/ChainRule/Kernels/Functions/SingleFunctions.*.cs, lowest power first.

Run: python3 tools/fit-single-polynomials.py [exp exp2 tanh log sin cos erf pow gelu]    (mpmath 1.3)
Each fit prints the relative error it adds to its function; 2^-24 is at most one unit in the last place of a float.
"""
import sys

from minimax import fit, to_single
from mpmath import cos, erf, erfc, exp, findroot, log, mp, mpf, pi, sin, sqrt, tanh

mp.dps = 50
LN2 = log(mpf(2))


def show(name, f, weight, degree, low, high, points=300):
    coefficients, error = fit(f, weight, range(degree + 1), low, high, points=points, rounding=to_single, thorough=True)
    print(f"{name}: relative error 2^{float(log(error, 2)):.1f}")
    for c in coefficients:
        print(f"    {c!r},")


def split(name, value, *widths):
    """The value as a sum of floats of the given numbers of bits."""
    print(name)
    for bits in widths:
        unit = mpf(2) ** (mp.floor(log(abs(value), 2)) + 1 - bits)
        part = mp.nint(value / unit) * unit
        print(f"    {float(part)!r},")
        value -= part


def fit_exp():
    # exp(r) = 1 + r + r^2 q(r)
    half = LN2 / 2 * mpf("1.0001")
    show("exp", lambda r: (exp(r) - 1 - r) / r**2, lambda r: r**2 / exp(r), 4, -half, half)
    split("ln 2", LN2, 24, 24)


def fit_exp2():
    # 2^f = 1 + f q(f)
    show("exp2", lambda f: (mpf(2) ** f - 1) / f, lambda f: f / mpf(2) ** f, 5, "-0.5001", "0.5001")


def fit_tanh():
    # tanh x = x + x^3 p(x^2), |x| up to 5/8
    ratio = lambda z: tanh(sqrt(z)) / sqrt(z)
    show("tanh", lambda z: (ratio(z) - 1) / z, lambda z: z / ratio(z), 4, "1e-8", mpf(25) / 64)


def fit_log():
    # log(1 + f) = f - f^2 / 2 + f^3 p(f), 1 + f in [sqrt(1/2), sqrt(2)]
    show("log", lambda f: (log(1 + f) - f + f**2 / 2) / f**3, lambda f: f**3 / log(1 + f), 7, sqrt(mpf(1) / 2) - 1, sqrt(mpf(2)) - 1)


def fit_sin():
    # sin r = r + r^3 p(r^2)
    top = (pi / 4 * mpf("1.001")) ** 2
    show("sin", lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, lambda z: z * sqrt(z) / sin(sqrt(z)), 2, "1e-8", top)
    split("pi / 2", pi / 2, 24, 24, 24)


def fit_cos():
    # cos r = 1 - r^2 / 2 + r^4 p(r^2)
    top = (pi / 4 * mpf("1.001")) ** 2
    show("cos", lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, lambda z: z**2 / cos(sqrt(z)), 2, "1e-8", top)


def fit_erf():
    # |x| up to 1: erf(x) = x + x p(x^2). From there to 4: erf(x) = 1 - 2^(x q(x)).
    ratio = lambda z: erf(sqrt(z)) / sqrt(z)
    show("erf up to 1", lambda z: ratio(z) - 1, lambda z: 1 / ratio(z), 6, "1e-8", 1)
    show("erf from 1 on", lambda x: log(erfc(x), 2) / x, lambda x: x * erfc(x) * LN2 / erf(x), 5, 1, 4)


def fit_pow():
    # log2((1 + s) / (1 - s)) = s (2 / ln 2 + 2 / (3 ln 2) z + z^2 p(z)), z = s^2
    top = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2
    log2 = lambda z: log((1 + sqrt(z)) / (1 - sqrt(z))) / sqrt(z) / LN2
    show("pow", lambda z: (log2(z) - 2 / LN2 - 2 * z / (3 * LN2)) / z**2, lambda z: z**2 / log2(z), 2, "1e-6", top)
    split("2 / ln 2", 2 / LN2, 24, 24)
    split("2 / (3 ln 2)", 2 / (3 * LN2), 24, 24)


def fit_gelu():
    # With R(s) = e^(s^2 / 2) Phi(-s), s up to 14.5: R(s) (s + a) and (R(s) - s / sqrt(2 pi)) / (s - zero), as polynomials of
    # t = (s - a) / (s + a). Each a is one whose first coefficient is nearly a float.
    ratio = lambda s: erfc(s / sqrt(mpf(2))) * exp(s**2 / 2) / 2
    slope = lambda s: ratio(s) - s / sqrt(2 * pi)
    zero = findroot(slope, mpf("0.7518"))
    split("zero of the slope", zero, 24, 24)
    for name, f, a, degree in (
        ("gelu", lambda s: ratio(s) * (s + mpf("2.34375")), mpf("2.34375"), 10),
        ("gelu slope", lambda s: slope(s) / (s - zero), mpf("4.65625"), 9),
    ):
        of_t = lambda t: f(a * (1 + t) / (1 - t))
        show(name, of_t, lambda t: 1 / of_t(t), degree, -1, (mpf("14.5") - a) / (mpf("14.5") + a), points=160)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["exp", "exp2", "tanh", "log", "sin", "cos", "erf", "pow", "gelu"]:
        globals()["fit_" + name]()
