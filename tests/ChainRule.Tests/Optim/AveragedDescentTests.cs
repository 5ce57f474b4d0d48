using ChainRule.Optim;

namespace ChainRule.Tests.Optim;

/// <summary>Descent that is dampened, climbs or is averaged, against the formulas in plain numbers.</summary>
public sealed class AveragedDescentTests
{
    private const int Steps = 6;

    // Gradients of nothing in particular, one for each step.
    private static readonly double[] Gradients = [0.5, -1.25, 2, 0.75, -0.5, 1.5];

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 0, true)]
    [InlineData(0.9, 0, true)]
    [InlineData(0.9, 0.3, false)]
    [InlineData(0.9, 0.3, true)]
    [InlineData(0.9, 1, true)]
    public void Dampening_keeps_a_share_out_and_maximizing_turns_the_gradient_around(double momentum, double dampening, bool maximize)
    {
        const double Rate = 0.1, Decay = 0.2;
        Tensor parameter = Leaf(3);
        var optimizer = new Sgd([parameter], Rate, momentum, weightDecay: Decay, dampening: dampening, maximize: maximize);
        (double p, double v) = (3, 0);
        for (int step = 0; step < Steps; step++)
        {
            double g = (maximize ? -Gradients[step] : Gradients[step]) + Decay * p;
            v = step == 0 ? g : momentum * v + (1 - dampening) * g;
            p -= Rate * (momentum == 0 ? g : v);
            Step(optimizer, parameter, step);
            Assert.Equal(p, parameter.Item<double>(), 1e-14);
        }
        Assert.Equal((dampening, maximize), (optimizer.Dampening, optimizer.IsMaximizing));
    }

    [Fact]
    public void Climbing_with_a_momentum_that_looks_ahead_mirrors_descending()
    {
        Tensor up = Leaf(2), down = Leaf(-2);
        Optimizer climbing = new Sgd([up], 0.1, 0.8, nesterov: true, maximize: true), descending = new Sgd([down], 0.1, 0.8, nesterov: true);
        for (int step = 0; step < Steps; step++)
        {
            Step(climbing, up, step);
            Step(descending, down, step);
            Assert.Equal(-down.Item<double>(), up.Item<double>());
        }
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(2)]
    [InlineData(0)]
    public void Averaged_descent_follows_its_formula(double start)
    {
        const double Rate = 0.3, Lambda = 0.4, Alpha = 0.75, Decay = 0.1;
        Tensor parameter = Leaf(3);
        var optimizer = new Asgd([parameter], Rate, Lambda, Alpha, start, Decay);
        Assert.Equal(3, optimizer.Average(parameter).Item<double>());
        // The recurrence as it is published: the rate and the share for a step are set at the end of the one before.
        (double p, double a, double eta, double mu) = (3, 0, Rate, 1);
        for (int step = 0; step < Steps; step++)
        {
            double g = Gradients[step] + Decay * p;
            p *= 1 - Lambda * eta;
            p -= eta * g;
            a = mu == 1 ? p : a + (p - a) * mu;
            eta = Rate / Math.Pow(1 + Lambda * Rate * (step + 1), Alpha);
            mu = 1 / Math.Max(1, step + 1 - start);
            Step(optimizer, parameter, step);
            Assert.Equal(p, parameter.Item<double>(), 1e-14);
            Assert.Equal(a, optimizer.Average(parameter).Item<double>(), 1e-14);
        }
    }

    [Fact]
    public void The_average_of_the_last_steps_is_their_mean()
    {
        Tensor parameter = Leaf(1);
        var optimizer = new Asgd([parameter], 0.1, averagingStart: 1);
        double sum = 0;
        for (int step = 0; step < Steps; step++)
        {
            Step(optimizer, parameter, step);
            // The shares 1, 1, 1, 1/2, 1/3, 1/4 average the third step and all that come after it.
            sum += step >= 2 ? parameter.Item<double>() : 0;
        }
        Assert.Equal(sum / (Steps - 2), optimizer.Average(parameter).Item<double>(), 1e-15);
        optimizer.Average(parameter).Fill(7);
        Assert.Equal(sum / (Steps - 2), optimizer.Average(parameter).Item<double>(), 1e-15);
        Assert.Contains("[2, 1]", Assert.Throws<ArgumentException>("parameter", () => optimizer.Average(Tensor.Ones([2, 1]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("parameter", () => optimizer.Average(null!));
    }

    private static Tensor Leaf(double value) => Tensor.From([value]).RequiresGrad();

    private static void Step(Optimizer optimizer, Tensor parameter, int step)
    {
        parameter.Grad = Tensor.From([Gradients[step]]);
        optimizer.Step();
    }
}
