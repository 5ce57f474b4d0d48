using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Bench;

/// <summary>A small GPT: token and position tables, blocks of causal attention and a perceptron, a head; random tokens.</summary>
public sealed class LanguageModel
{
    private const int Words = 65, Places = 64, Size = 128, Heads = 4, Layers = 4;

    private readonly Tensor _tokens, _targets, _places;
    private readonly Model _model;
    private readonly AdamW _optimizer;

    /// <summary>Makes the model and a batch for it.</summary>
    public LanguageModel(int batch)
    {
        var key = new RandomKey(1);
        _model = new Model(key.Child(0));
        _tokens = Tensor.RandomIntegers([batch, Places], key.Child(1), 0, Words);
        _targets = Tensor.RandomIntegers([batch * Places], key.Child(2), 0, Words);
        _places = Tensor.Arange(0, Places, 1, DType.Int64);
        _optimizer = new AdamW(_model.Parameters(), 3e-4);
    }

    /// <summary>The logits of every place, compiled.</summary>
    public Action Inference()
    {
        CompiledFunction compiled = Compile.Of((Tensor tokens) => _model.Forward(tokens, _places));
        return () => compiled.Run(_tokens);
    }

    /// <summary>One step of training: forward, backward, update.</summary>
    public void Step()
    {
        _optimizer.ZeroGrad();
        Loss(_tokens, _targets).Backward();
        _optimizer.Step();
    }

    /// <summary>The same step, compiled.</summary>
    public Action CompiledStep()
    {
        CompiledStep step = Compile.Step(_optimizer, Loss);
        return () => step.Run(_tokens, _targets);
    }

    /// <summary>The memory that a step will take.</summary>
    public MemoryPlan Plan() => MemoryPlan.OfStep(_model, _optimizer, batch => Loss(batch[0], batch[1]), _tokens, _targets);

    private Tensor Loss(Tensor tokens, Tensor targets) => Nn.Loss.CrossEntropy(_model.Forward(tokens, _places).Reshape(-1, Words), targets);

    private sealed class Model(RandomKey key) : Module
    {
        private readonly Embedding _tokens = new(Words, Size, key: key.Child(0)), _positions = new(Places, Size, key: key.Child(1));
        private readonly Block[] _blocks = [.. Enumerable.Range(0, Layers).Select(i => new Block(key.Child(10 + i)))];
        private readonly LayerNorm _norm = new([Size]);
        private readonly Linear _head = new(Size, Words, key.Child(2));

        public override Tensor Forward(Tensor x) => Forward(x, Tensor.Arange(0, x.Shape[^1], 1, DType.Int64));

        public Tensor Forward(Tensor tokens, Tensor places)
        {
            Tensor x = _tokens.Forward(tokens) + _positions.Forward(places);
            foreach (Block block in _blocks)
                x = block.Forward(x);
            return _head.Forward(_norm.Forward(x));
        }
    }

    private sealed class Block(RandomKey key) : Module
    {
        private readonly LayerNorm _first = new([Size]), _second = new([Size]);
        private readonly Linear _queries = new(Size, 3 * Size, key.Child(0)), _project = new(Size, Size, key.Child(1));
        private readonly Linear _up = new(Size, 4 * Size, key.Child(2)), _down = new(4 * Size, Size, key.Child(3));

        public override Tensor Forward(Tensor x)
        {
            (long batch, long time) = (x.Shape[0], x.Shape[1]);
            Tensor all = _queries.Forward(_first.Forward(x)).Reshape(batch, time, 3, Heads, Size / Heads).Permute(2, 0, 3, 1, 4);
            Tensor attended = all[0].ScaledDotProductAttention(all[1], all[2], isCausal: true);
            x += _project.Forward(attended.Transpose(1, 2).Reshape(batch, time, Size));
            return x + _down.Forward(_up.Forward(_second.Forward(x)).Gelu());
        }
    }
}
