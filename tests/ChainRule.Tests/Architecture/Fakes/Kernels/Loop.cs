namespace ChainRule.Tests.Architecture.Fakes;

internal static class Loop
{
    public static int Sum(int[] x)
    {
        int sum = 0;
        foreach (int value in x)
            sum += value;
        return sum;
    }
}
