using System.Diagnostics;
using System.Text.Json.Nodes;
using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Bench;

/// <summary>What the gradient doctor adds to a training step: the same step without it, with it, and with histograms, in turns in one process.</summary>
public static class DoctorBenchmarks
{
    // A round is whole periods from one look to the next, and at least so long.
    private const double SecondsOfRound = 0.1;
    private const int Rounds = 25;

    /// <summary>Times the networks whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock)
    {
        foreach ((int batch, int[] sizes) in new (int, int[])[] { (32, [8, 16, 4]), (128, [64, 128, 10]), (128, [784, 256, 128, 10]) })
        {
            string name = $"doctor mlp {string.Join('-', sizes)} batch {batch} step (Adam)";
            if (clock.Wants(name))
                Run(clock, name, batch, sizes);
        }
    }

    private static void Run(BenchmarkClock clock, string name, int batch, int[] sizes)
    {
        (string Name, Patient Patient)[] all =
        [
            ("without", new Patient(batch, sizes, null)),
            ("with", new Patient(batch, sizes, new GradientDoctorOptions())),
            ("with histograms", new Patient(batch, sizes, new GradientDoctorOptions { Every = 10, Budget = 0.05, Histograms = true })),
        ];
        foreach ((_, Patient patient) in all)
            patient.PassFreeLooks();
        long[] steps = Array.ConvertAll(all, one => one.Patient.StepsFor(SecondsOfRound));
        List<(double Clock, double Processor)>[] times = [.. all.Select(_ => new List<(double, double)>())];
        for (int round = 0; round < Rounds; round++)
        {
            // Each begins a round in turn, so that none always comes after the same other.
            for (int i = 0; i < all.Length; i++)
            {
                int turn = (i + round) % all.Length;
                times[turn].Add(all[turn].Patient.Time(steps[turn]));
            }
        }
        for (int i = 0; i < all.Length; i++)
            Print(clock, $"{name} | {all[i].Name}", all[i].Patient, times[i], times[0]);
        foreach ((_, Patient patient) in all)
            patient.Dispose();
    }

    // The processor's time is of this process alone: on a busy machine it tells more than the clock, with one thread above all.
    private static void Print(BenchmarkClock clock, string name, Patient patient, List<(double Clock, double Processor)> times, List<(double Clock, double Processor)> without)
    {
        var line = new JsonObject
        {
            ["name"] = name,
            ["median_us"] = Math.Round(Median(times.Select(time => time.Clock)), 2),
            ["min_us"] = Math.Round(times.Min(time => time.Clock), 2),
            ["runs"] = times.Count,
        };
        if (patient.Period > 0)
        {
            line["added"] = Math.Round(Median(times.Zip(without, (with, bare) => with.Clock / bare.Clock - 1)), 4);
            line["added_processor"] = Math.Round(Median(times.Zip(without, (with, bare) => with.Processor / bare.Processor - 1)), 4);
            line["looks"] = Math.Round(patient.LookShare, 4);
            line["every"] = patient.Period;
        }
        clock.Print(line);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    /// <summary>A classifier that learns random labels, and perhaps its doctor.</summary>
    private sealed class Patient : IDisposable
    {
        private readonly Tensor _x, _y;
        private readonly Sequential _model = new();
        private readonly Adam _optimizer;
        private readonly GradientDoctor? _doctor;
        private readonly int _free;
        private double _seconds, _inLooks;

        public Patient(int batch, int[] sizes, GradientDoctorOptions? options)
        {
            var key = new RandomKey(1);
            _x = Tensor.Normal([batch, sizes[0]], key);
            _y = (Tensor.Uniform([batch], key.Child(1)) * sizes[^1]).To(DType.Int64);
            for (int i = 1; i < sizes.Length; i++)
            {
                if (i > 1)
                    _model.Add(new Relu());
                _model.Add(new Linear(sizes[i - 1], sizes[i], key.Child(1 + i)));
            }
            _optimizer = new Adam(_model.Parameters(), 1e-4);
            if (options is null) return;
            _doctor = new GradientDoctor(_model, options);
            _free = options.FreeLooks;
        }

        /// <summary>Steps from one look to the next, 0 without a doctor.</summary>
        public long Period { get; private set; }

        /// <summary>The share of the rounds' time that passed in looks, by the doctor's clock.</summary>
        public double LookShare => _inLooks / _seconds;

        public void Dispose() => _doctor?.Dispose();

        /// <summary>Trains until looks stand as far apart as they will.</summary>
        public void PassFreeLooks()
        {
            for (int i = 0; i < 200; i++)
                Step();
            // The first distance after the free looks is cut to a step that is a multiple of it.
            while (_doctor?.Readings.Count <= _free + 1)
                Step();
            if (_doctor is not null)
                Period = _doctor.Readings[^1].Step - _doctor.Readings[^2].Step;
        }

        /// <summary>So many steps take these seconds, in whole periods.</summary>
        public long StepsFor(double seconds)
        {
            Time(100);
            long wanted = (long)(seconds * 1e6 / Time(100).Clock), period = Math.Max(1, Period);
            (_seconds, _inLooks) = (0, 0);
            return (wanted + period - 1) / period * period;
        }

        /// <summary>Microseconds of a step, by the clock and of the processors.</summary>
        public (double Clock, double Processor) Time(long steps)
        {
            double before = _doctor?.Spent.TotalSeconds ?? 0;
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            for (long i = 0; i < steps; i++)
                Step();
            double seconds = watch.Elapsed.TotalSeconds;
            _seconds += seconds;
            _inLooks += (_doctor?.Spent.TotalSeconds ?? 0) - before;
            return (seconds * 1e6 / steps, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / steps);
        }

        private void Step()
        {
            Tensor outputs = _model.Apply(_x), loss = Loss.CrossEntropy(outputs, _y);
            _optimizer.ZeroGrad();
            loss.Backward();
            _doctor?.Watch(loss, _x, outputs, _y);
            _optimizer.Step();
        }
    }
}
