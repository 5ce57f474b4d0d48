// Computes a gradient and prints it: what bench/Race/startup waits for. With an argument it prints that instead, to show what the runtime takes.
using ChainRule;

if (args is [{ } word])
{
    Console.Out.WriteLine(word);
    return;
}
Tensor w = ((Tensor)2f).RequiresGrad();
(w * 3 + 1).Square().Sum().Backward();
Console.Out.WriteLine(w.Grad!.Item<float>());
