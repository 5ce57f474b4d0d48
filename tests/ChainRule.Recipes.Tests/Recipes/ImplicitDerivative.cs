using ChainRule;

namespace Recipes;

internal sealed class ImplicitDerivative : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        // y solves f(x, y) = y + sin(y) / 2 - x = 0. Any solver will do: nothing of it is recorded.
        static Tensor Solve(Tensor x)
        {
            Tensor y = x;
            for (int i = 0; i < 50; i++)
                y = x - y.Sin() / 2;
            return y;
        }

        // dy/dx = -(df/dx) / (df/dy) = 1 / (1 + cos(y) / 2), at the solution.
        Func<Tensor, Tensor> solution = CustomFunction.Of(Solve, (x, y, cotangent) => cotangent / (1 + y.Cos() / 2));

        Tensor at = Tensor.From([1.0, 2.0]);
        Func<Tensor, Tensor> sum = x => solution(x).Sum();
        Console.WriteLine($"y {solution(at)}");
        Console.WriteLine($"dy/dx {Differentiate.Grad(sum)(at)}");
        Console.WriteLine($"checked: {GradientCheck.Run(x => sum(x[0]), at).Passed}");
        #endregion
    }
}
