"""Writes elementary.csv.gz: values of the elementary functions, right to more than 60 digits before rounding.

Run: python3 make-elementary-reference.py    (mpmath 1.3; a few minutes; the same file every time)
Columns: function, x, y (pow and atan2 only), value, rest. The true value is value + rest * unit, where value is the
nearest double and unit the distance of the doubles around the true value; rest is from -0.5 to 0.5.
"""
import gzip
import io
import math
import random
from pathlib import Path

import mpmath
from mpmath import floor, frexp, mp, mpf, nint, pi

mp.prec = 1500  # 1.8e308 modulo pi/2 needs 1024 bits, and 60 digits are wanted of what is left
random.seed(20261123)
TINY, LARGEST = 5e-324, 1.7976931348623157e308
LN2 = mpmath.log(2)


def rounded(true):
    """The nearest double, ties to even, and the rest in units."""
    if true == 0:
        return 0.0, mpf(0)
    exponent = max(frexp(true)[1] - 53, -1074)
    count = nint(mpmath.ldexp(true, -exponent))
    rest = mpmath.ldexp(true, -exponent) - count
    try:
        return math.ldexp(int(count), exponent), rest
    except OverflowError:
        return math.copysign(math.inf, true), mpf(0)


def binades(low, high, count=1, step=1, signs=(1, -1)):
    for exponent in range(low, high, step):
        for sign in signs:
            for _ in range(count):
                bits = 52 if exponent >= -1022 else exponent + 1074
                yield sign * math.ldexp((1 << bits) + random.getrandbits(bits), exponent - bits)


def uniform(low, high, count):
    for _ in range(count):
        yield random.uniform(low, high)


def around(point, steps=3):
    """The doubles next to the point."""
    x, _ = rounded(mpf(point))
    yield x
    up = down = x
    for _ in range(steps):
        up, down = math.nextafter(up, math.inf), math.nextafter(down, -math.inf)
        yield from (up, down)


def both(values):
    for x in values:
        yield from (x, -x)


def exp_arguments():
    yield from binades(-1074, -60, step=8)
    yield from binades(-60, 10, count=15)
    yield from uniform(-745.2, -708, 300)
    for k in range(-1075, 1025, 25):
        yield from around((k + mpf(1) / 2) * LN2, 1)
    for border in (1024 * LN2, -1022 * LN2, -1074 * LN2, -1075 * LN2, LN2 / 2, -LN2 / 2):
        yield from around(border)


def expm1_arguments():
    yield from binades(-1074, -60, step=2)
    yield from binades(-60, 10, count=15)
    yield from uniform(-1.1, 1.1, 500)
    for k in range(-57, 60):
        yield from around((k + mpf(1) / 2) * LN2, 1)
    for border in (1024 * LN2, -53 * LN2, -54 * LN2, LN2 / 2, -LN2 / 2):
        yield from around(border)


def log_arguments():
    yield from binades(-1074, 1024, count=2, signs=(1,))
    yield from uniform(0.5, 2, 600)
    for k in range(1, 53):
        yield from (1 + 2.0**-k, 1 - 2.0**-k, 1 + random.random() * 2.0**-k, 1 - random.random() * 2.0**-k)
    for point in (TINY, LARGEST, 2.0**-1022, mpmath.sqrt(2), mpmath.sqrt(0.5), mpmath.e, 2, 0.5):
        yield from (x for x in around(point) if 0 < x <= LARGEST)


def log1p_arguments():
    yield from binades(-1074, 1024, signs=(1,))
    yield from binades(-1074, 0, signs=(-1,))
    yield from binades(-55, 3, count=10, signs=(1,))
    yield from binades(-55, -1, count=10, signs=(-1,))
    yield from uniform(-0.6, 1.2, 500)
    for k in range(1, 54):
        yield -1 + 2.0**-k
    for point in (mpmath.sqrt(2) - 1, mpmath.sqrt(0.5) - 1, 1, -0.5, 2.0**53, -(2.0**-1022)):
        yield from around(point)


def near_multiples_of_half_pi():
    for k in list(range(1, 40)) + [random.randint(40, 2**20) for _ in range(150)]:
        yield rounded(k * pi / 2)[0]
    # Denominators of the convergents to 2^e 2/pi are the mantissas whose products are nearest to integers.
    for exponent in [*range(-32, 971, 7), 797]:
        rest, previous, denominator = mpmath.ldexp(2 / pi, exponent), 0, 1
        for _ in range(2000):
            rest = 1 / (rest - floor(rest))
            following = int(floor(rest)) * denominator + previous
            if following >= 2**53:
                break
            previous, denominator = denominator, following
        yield math.ldexp(denominator * (2**53 // denominator), exponent)
        yield math.ldexp(denominator, exponent)


def sin_arguments():
    yield from both(near_multiples_of_half_pi())
    yield from binades(-1074, -30, step=4)
    yield from binades(-30, 25, count=8)
    yield from binades(25, 1024)
    yield from uniform(-10, 10, 400)
    yield from both(list(around(1647000)) + list(around(pi / 4)) + [LARGEST])


def tanh_arguments():
    yield from binades(-1074, -30, step=2)
    yield from binades(-30, 6, count=30)
    yield from binades(6, 1024, step=16)
    yield from both(uniform(0.1, 1, 400))
    yield from both(uniform(17, 20, 200))
    for k in range(0, 64):
        yield from both(around((k + mpf(1) / 2) * LN2 / 2, 1))
    yield from both(around(22))


def erf_arguments():
    yield from binades(-1074, -30, step=2)
    yield from binades(-30, 4, count=30)
    yield from binades(4, 1024, step=16)
    yield from both(uniform(0.8, 1.6, 500))
    yield from both(uniform(5, 6.1, 200))
    for point in (1, 5.9215871957945, 6):
        yield from both(around(point))


def pow_arguments():
    whole = range(2, 60)
    yield from ((float(n), float(k)) for n in whole for k in range(2, 34) if n**k < 2**53 and (n < 20 or k % 3 == 0))
    # 27 bits squared and 18 bits cubed: exactly between two doubles.
    yield from ((float(random.getrandbits(27) | 1 | 3 << 25), 2.0) for _ in range(200))
    yield from ((float(random.getrandbits(18) | 1 | 7 << 15), 3.0) for _ in range(200))
    yield from ((x, -y) for x, y in ((3.0, 5.0), (10.0, 22.0), (10.0, 308.0), (10.0, 323.0), (7.0, 1.0), (2.0, 1074.0)))
    for x in binades(-1074, 1024, signs=(1,)):
        exponent = float(mpmath.log(x, 2))
        yield x, random.uniform(-1074, 1024) / exponent if exponent else 0.5
    for k in range(1, 53):
        for x in (1 + 2.0**-k, 1 - 2.0**-k, 1 + random.random() * 2.0**-k):
            yield x, random.uniform(-740, 709) / math.log(x) if x != 1 else 3.0
            yield x, random.uniform(-10, 10)
    for x in uniform(0.5, 2, 600):
        yield x, random.uniform(-20, 20)
    for x in uniform(0, 100, 400):
        yield x, random.choice((0.5, -0.5, 1.5, 1 / 3, 2.0, 3.0, -1.0, -2.0, 0.1, 2.5))
        yield -x, float(random.randint(-60, 60))
    # The borders of overflow, of the normal range and of everything.
    for border in (1024, -1022, -1074, -1075):
        for x in (2.0, 10.0, 1.5, 0.3, 1.0000001, 5e-324, 1e300, *uniform(0.01, 100, 20)):
            yield from ((x, y) for y in around(border * LN2 / mpmath.log(x), 2))
    yield from ((x, y) for x, y in zip(binades(-30, 10, signs=(1,)), binades(-1074, -20, step=30)))


def log_base_arguments():
    yield from binades(-1074, 1024, step=2, signs=(1,))
    yield from uniform(0.5, 2, 400)
    yield from (2.0**k for k in range(-1074, 1024, 37))
    yield from (10.0**k for k in range(0, 23))
    for k in range(1, 53, 2):
        yield from (1 + 2.0**-k, 1 - 2.0**-k)


def exp2_arguments():
    yield from binades(-1074, 9, step=9)
    yield from binades(-55, 9, count=6)
    yield from uniform(-1075, 1023.9, 400)
    yield from (float(k) for k in range(-1074, 1024, 61))
    for k in range(-1070, 1020, 41):
        yield from around(k + 0.5, 1)


def tan_arguments():
    mp.prec = 1500
    yield from both(list(near_multiples_of_half_pi())[::2])
    yield from binades(-1074, -30, step=12)
    yield from binades(-30, 25, count=4)
    yield from binades(25, 1024, step=5)
    yield from uniform(-10, 10, 400)
    yield from both(around(1647000))
    for k in range(1, 40, 2):
        yield from both(around(k * pi / 4, 1))


def unit_arguments():
    """For asin, acos and atanh."""
    yield from binades(-1074, -30, step=8)
    yield from binades(-30, 0, count=8)
    yield from uniform(-1, 1, 500)
    for k in range(1, 53):
        yield from both((1 - 2.0**-k, 1 - (1 + random.random()) * 2.0 ** -(k + 1)))
    yield from both(around(mpmath.sqrt(0.5)))


def atan_arguments():
    yield from binades(-1074, -30, step=12)
    yield from binades(-30, 60, count=6)
    yield from binades(60, 1024, step=20)
    yield from uniform(-3, 3, 300)
    for point in (mpmath.sqrt(2) - 1, 1, mpmath.sqrt(2) + 1, 1e17):
        yield from both(around(point))


def atan2_arguments():
    for y in binades(-1074, 1024, step=40):
        for x in binades(-1074, 1024, step=173):
            if abs(math.log2(abs(y)) - math.log2(abs(x))) < 1060:
                yield y, x
    for y in binades(-8, 8, count=6):
        yield y, random.uniform(-4, 4)
        yield y, y * random.uniform(-2, 2)


def hyperbolic_arguments():
    yield from binades(-1074, -30, step=12)
    yield from binades(-30, 9, count=10)
    yield from both(uniform(0.8, 4, 300))
    yield from both(uniform(709, 710.4, 100))
    for border in (1, 1024 * LN2, 1025 * LN2):
        yield from both(around(border))


def asinh_arguments():
    yield from binades(-1074, -60, step=12)
    yield from binades(-60, 60, count=5)
    yield from binades(60, 1024, step=16)
    yield from uniform(-3, 3, 300)
    yield from both(around(2.0**28))


def acosh_arguments():
    yield from binades(0, 60, count=8, signs=(1,))
    yield from binades(60, 1024, step=8, signs=(1,))
    yield from uniform(1, 3, 300)
    for k in range(1, 53):
        yield from (1 + 2.0**-k, 1 + random.random() * 2.0**-k)
    yield from around(2.0**28)


def erfc_arguments():
    yield from binades(-1074, -30, step=16)
    yield from binades(-30, 4, count=12)
    yield from uniform(-1, 6, 500)
    yield from uniform(6, 27.2, 300)
    for point in (0.65, -0.65, 26.5, 27.2):
        yield from around(point)


def erfinv_arguments():
    yield from binades(-1074, -30, step=16)
    yield from binades(-30, 0, count=12)
    yield from uniform(-1, 1, 400)
    for k in range(1, 53):
        yield from both((1 - 2.0**-k, 1 - (1 + random.random()) * 2.0 ** -(k + 1)))
    yield from both(around(0.5))


def gamma_arguments():
    yield from binades(-1074, -30, step=12)
    yield from binades(-30, 6, count=8)
    yield from binades(6, 1000, step=8, signs=(1,))
    yield from uniform(0, 12, 400)
    yield from uniform(-20, 0, 400)
    for point in (1, 2, 3, 8, 1.4616321449683623):
        yield from around(point)


ARGUMENTS = {
    "exp": exp_arguments, "expm1": expm1_arguments, "log": log_arguments, "log1p": log1p_arguments,
    "sin": sin_arguments, "cos": sin_arguments, "tanh": tanh_arguments, "erf": erf_arguments, "pow": pow_arguments,
    "log2": log_base_arguments, "log10": log_base_arguments, "exp2": exp2_arguments, "tan": tan_arguments,
    "asin": unit_arguments, "acos": unit_arguments, "atan": atan_arguments, "atan2": atan2_arguments,
    "sinh": hyperbolic_arguments, "cosh": hyperbolic_arguments, "asinh": asinh_arguments, "acosh": acosh_arguments,
    "atanh": unit_arguments, "erfc": erfc_arguments, "erfinv": erfinv_arguments, "lgamma": gamma_arguments,
    "digamma": gamma_arguments,
}  # fmt: skip


def odd(function, cube):
    """Two terms of the series near 0, where the library's own formulas cancel."""
    return lambda x: x + cube * x**3 if abs(x) < mpf(2) ** -100 else function(x)


def erfinv_value(x):
    if abs(x) < mpf(2) ** -100:
        return mpmath.sqrt(pi) / 2 * (x + pi / 12 * x**3)
    # From near 1 on, mpmath starts its search too far away: the logarithm of erfc is almost a parabola.
    size, target = abs(x), mpmath.log(1 - abs(x))
    start = mpmath.erfinv(size) if size < 0.5 else mpmath.sqrt(-target)
    if size >= 0.5:
        for _ in range(60):
            slope = -2 / mpmath.sqrt(pi) * mpmath.exp(-(start**2)) / mpmath.erfc(start)
            step = (mpmath.log(mpmath.erfc(start)) - target) / slope
            start -= step
            if abs(step) < mpf(2) ** -280:
                break
    return mpmath.sign(x) * start


def lgamma_value(x):
    return mpmath.log(abs(mpmath.gamma(x))) if abs(x) < 200 else mpmath.re(mpmath.loggamma(x))


RARE = {
    "log2": lambda x: mpmath.log(x, 2), "log10": lambda x: mpmath.log(x, 10), "exp2": lambda x: mpmath.power(2, x),
    "tan": mpmath.tan, "asin": odd(mpmath.asin, mpf(1) / 6), "acos": mpmath.acos, "atan": odd(mpmath.atan, -mpf(1) / 3),
    "atan2": mpmath.atan2, "sinh": odd(mpmath.sinh, mpf(1) / 6), "cosh": mpmath.cosh,
    "asinh": odd(mpmath.asinh, -mpf(1) / 6), "acosh": mpmath.acosh, "atanh": odd(mpmath.atanh, mpf(1) / 3),
    "erfc": mpmath.erfc, "erfinv": erfinv_value, "lgamma": lgamma_value, "digamma": lambda x: mpmath.psi(0, x),
}  # fmt: skip


def true_value(function, x, y):
    mp.prec = 1500 if function in ("sin", "cos", "tan") else 300
    x = mpf(x)
    if function in RARE:
        return RARE[function](x) if y is None else RARE[function](x, mpf(y))
    if function == "pow":
        return mpf(1) * mpmath.power(x, int(y) if y == int(y) else mpf(y))
    if abs(x) < mpf(2) ** -100 and function in ("expm1", "log1p", "tanh", "erf"):
        # Two terms of the series; the library's own cancel.
        square = x * x
        return {
            "expm1": x + square / 2,
            "log1p": x - square / 2,
            "tanh": x - square * x / 3,
            "erf": (x - square * x / 3) * 2 / mpmath.sqrt(pi),
        }[function]
    if function == "erf" and abs(x) > 30:
        return mpmath.sign(x) * (1 - mpf(2) ** -290)
    if function == "tanh" and abs(x) > 100:
        return mpmath.sign(x) * (1 - mpf(2) ** -280)
    if function == "expm1" and x < -200:
        return -1 + mpf(2) ** -280
    return {"log1p": mpmath.log1p, "expm1": mpmath.expm1}.get(function, getattr(mpmath, function))(x)


def rows():
    for function, arguments in ARGUMENTS.items():
        for argument in arguments():
            x, y = argument if function in ("pow", "atan2") else (argument, None)
            if function in ("exp", "expm1", "pow") and beyond(function, x, y):
                continue
            value, rest = rounded(true_value(function, x, y))
            digits = f"{float(rest):.4f}".rstrip("0").rstrip(".").replace("-0.", "-.").replace("0.", ".")
            yield f"{function},{x!r},{'' if y is None else repr(y)},{value!r},{'0' if digits == '-0' else digits}\n"


def beyond(function, x, y):
    """Far over the border the true value has too large an exponent to be worth computing."""
    return (x > 720 or x < -760) if function == "exp" else x > 720 if function == "expm1" else abs(y * math.log2(abs(x))) > 1090


def main():
    text = "".join(rows())
    target = Path(__file__).with_name("elementary.csv.gz")
    with open(target, "wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as out:
        out.write(text.encode())
    print(text.count("\n"), "cases,", target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
