using System.Globalization;

// The right answer to exercise 6.1, or with SLIP one of the wrong ones.
string slip = Environment.GetEnvironmentVariable("SLIP") ?? "";
double[] w = [.. args.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
double[] slopes = Slopes(Loss, w, slip);
Console.WriteLine($"slopes {string.Join(' ', slopes.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}");
Console.WriteLine($"weights {string.Join(' ', w.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}");

static double[] Slopes(Func<double[], double> loss, double[] w, string slip)
{
    var slopes = new double[w.Length];
    const double h = 1e-5;
    for (int i = 0; i < w.Length; i++)
    {
        double kept = w[i];
        w[i] = kept + h;
        double above = loss(w);
        w[i] = slip == "one side" ? kept : kept - h;
        double below = loss(w);
        if (slip != "not put back") w[i] = kept;
        slopes[i] = (above - below) / (slip is "twice" or "one side" ? h : 2 * h);
    }
    return slopes;
}

static double Loss(double[] w) => Math.Log(1 + Math.Exp(w[0] * w[1])) + Math.Sin(w[2]) * w[0] * w[0];
