using CsCheck;

namespace ChainRule.Tests.Laws;

/// <summary>
/// Programs of 10 to 40 operations drawn from the rows: reverse mode = forward mode = differences, 1 thread = 8, Vmap = loop, compiled = eager.
/// The environment variable CHAINRULE_NIGHTLY asks for 10,000 of them; CHAINRULE_PROGRAM_HASHES names a file to which a line with the
/// hash of all their bits is added, so that runs with other vectors can be compared.
/// </summary>
[Collection<Alone>]
public sealed class RandomProgramTests
{
    private static readonly int Count = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CHAINRULE_NIGHTLY")) ? 300 : 10_000;

    // A long night's failures are worth more than its first one.
    private const int MostFailures = 20;

    // Sizes 0 and 1 among them; no axes at all is a single number.
    private static readonly Gen<Shape> Shapes = Gen.Frequency((1, Gen.Const(0L)), (2, Gen.Const(1L)), (7, Gen.Long[2, 4])).Array[0, 3].Select(sizes => Shape.Create(sizes));

    private static readonly Gen<(int Row, int Variant, int[] Sources, int Seed)> Steps =
        Gen.Select(Gen.Int[0, ProgramStep.Vocabulary.Length - 1], Gen.Int[0, 999], Gen.Int[0, 999].Array[3], Gen.Int[0, 999]);

    private static readonly Gen<RandomProgram> Programs =
        Gen.Select(Shapes.Array[1, 3], Steps.Array[10, 40], (inputs, steps) => new RandomProgram(inputs, [.. steps.Select((step, i) => Named(step, inputs.Length + i))]));

    [Fact]
    public void Random_programs_obey_all_laws()
    {
        var hash = new HashCode64();
        int operations = 0;
        List<string> failures = [];
        for (int i = 0; i < Count && failures.Count < MostFailures; i++)
        {
            RandomProgram program = Program(i);
            operations += program.Steps.Length;
            if (Failure(program, hash) is not { } failure) continue;
            RandomProgram smallest = program.Shrunk(smaller => Failure(smaller, null) is not null);
            failures.Add($"Program {i}: {failure}\nThe smallest that fails ({Failure(smallest, null)}):\n{smallest}");
        }
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        string line = $"{hash.Value:x16}  {Count} random programs of {operations} operations";
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("CHAINRULE_PROGRAM_HASHES") is { Length: > 0 } file)
            File.AppendAllText(file, line + "\n");
    }

    [Fact]
    public void Programs_are_varied()
    {
        RandomProgram[] programs = [.. Enumerable.Range(0, 300).Select(Program)];
        Assert.All(ProgramStep.Vocabulary, row => Assert.Contains(programs, program => program.Steps.Any(step => step.Row == row.Row)));
        Assert.Contains(programs, program => program.Inputs.Any(shape => shape.ElementCount == 0));
        Assert.Contains(programs, program => program.Inputs.Any(shape => shape.Rank == 0));
        Assert.All(programs, program => Assert.InRange(program.Steps.Length, 10, 40));
    }

    [Fact]
    public void A_failing_program_shrinks_to_what_fails()
    {
        RandomProgram program = Enumerable.Range(0, 300).Select(Program).First(program => program.Steps.Count(step => step.Row == "MatMul") == 1);
        RandomProgram smallest = program.Shrunk(smaller => smaller.Steps.Any(step => step.Row == "MatMul"));
        Assert.Equal("MatMul", Assert.Single(smallest.Steps).Row);
        Assert.All(smallest.Steps[0].Sources, source => Assert.InRange(source, 0, smallest.Inputs.Length - 1));
        Assert.Contains("new(\"MatMul\", ", smallest.ToString(), StringComparison.Ordinal);
    }

    private static RandomProgram Program(int number) => Programs.Generate(new PCG((uint)number, 1), null, out _);

    private static ProgramStep Named((int Row, int Variant, int[] Sources, int Seed) step, int available)
    {
        (string row, int[] variants) = ProgramStep.Vocabulary[step.Row];
        return new(row, variants[step.Variant % variants.Length], Array.ConvertAll(step.Sources, source => source % available), step.Seed);
    }

    private static string? Failure(RandomProgram program, HashCode64? hash)
    {
        try
        {
            double[] results = program.Check();
            hash?.Add(results);
            return null;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    /// <summary>FNV-1a over the bits of numbers: the same on every machine, unlike <see cref="HashCode"/>.</summary>
    private sealed class HashCode64
    {
        public ulong Value { get; private set; } = 14695981039346656037;

        public void Add(double[] numbers)
        {
            foreach (double number in numbers)
                Value = (Value ^ (ulong)BitConverter.DoubleToInt64Bits(number)) * 1099511628211;
        }
    }
}
