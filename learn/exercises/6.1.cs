#:property TreatWarningsAsErrors=false
using System.Globalization;

// Exercise 6.1: a full gradient check. Write Slopes: for each weight, the slope of the loss by a difference to both sides.
// It may change w on the way, but must put every weight back. It knows nothing of the loss but its values.
// Run it as it is to see what it prints; then: chainrule learn check 6.1 THIS-FILE
double[] w = args.Length > 0 ? [.. args.Select(text => double.Parse(text, CultureInfo.InvariantCulture))] : [0.5, -1, 2];

double[] slopes = Slopes(Loss, w);
Console.WriteLine($"slopes {string.Join(' ', slopes.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}");
Console.WriteLine($"weights {string.Join(' ', w.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}");

static double[] Slopes(Func<double[], double> loss, double[] w)
{
    var slopes = new double[w.Length];
    // Your part.
    _ = loss;
    return slopes;
}

static double Loss(double[] w) => Math.Log(1 + Math.Exp(w[0] * w[1])) + Math.Sin(w[2]) * w[0] * w[0];
