using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ChainRule.Playground.Lab;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace ChainRule.Playground.Pages;

/// <summary>The room where a network learns. The frame loop trains for a few milliseconds at a time, so that the page always answers.</summary>
public sealed partial class TrainRoom
{
    private const int Eraser = 4;
    private const float EraserReach = 0.1f;
    private const double SliceMilliseconds = 7, PictureMilliseconds = 33, NumbersMilliseconds = 250;
    private readonly Stopwatch _sincePicture = Stopwatch.StartNew(), _sinceNumbers = Stopwatch.StartNew();
    private DotNetObjectReference<TrainRoom>? _self;
    private Run _run = null!;
    private Settings? _built;
    private OperationWalk? _walk;
    private Unit _unit;
    private readonly Stack<Settings> _drawnBefore = new();
    private int _outputs, _pen = -1, _reader, _version;
    private bool _plays, _isStale = true;
    private string _mode = "weights";
    private string? _message;
    private double _pictureCost, _numbersCost;
    private (int Parameter, int Element) _picked;
    private (double Trained, double Tested) _accuracy;
    private float[][] _gradients = [];
    private IReadOnlyList<Finding> _findings = [];

    [Parameter, EditorRequired]
    public Settings Settings { get; set; } = new();

    [Parameter]
    public EventCallback<Settings> Changed { get; set; }

    private IJSInProcessRuntime Page => (IJSInProcessRuntime)Js;

    private string OutputText => $"What the network answers over the plane, and {_run.Points.All.Count} points of {_run.Points.Classes} classes. It tells {Share(_accuracy.Trained)} of the training points right after {_run.Trainer.Steps} steps.";

    private string CurveText => $"The loss over the steps; now {Number(_run.Trainer.LastLoss)} after {_run.Trainer.Steps} steps. Use the slider below to read it.";

    private string FlowText => "Root mean square of each layer's gradient: " + string.Join(", ", _run.Flow.Latest.Select((value, i) => $"layer {i + 1} {value.ToString("0.0e+0", CultureInfo.InvariantCulture)}"));

    private string ReaderText
    {
        get
        {
            LossHistory history = _run.History;
            if (history.Spans.Count == 0) return "no step yet";
            int place = Math.Clamp(_reader, 0, history.Spans.Count - 1);
            LossHistory.Span span = history.Spans[place];
            long start = place * history.Width + 1;
            string steps = span.Count == 1 ? $"step {start}" : $"steps {start} to {start + span.Count - 1}";
            return $"{steps}: {Exact(span.Mean)}{(span.Count > 1 ? $" (from {Exact(span.Least)} to {Exact(span.Most)})" : "")}{(double.IsNaN(span.Test) ? "" : $", test {Exact(span.Test)}")}";
        }
    }

    public void Dispose()
    {
        Page.InvokeVoid("playground.stop");
        _self?.Dispose();
        _run.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_built, Settings))
            Build();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            Page.InvokeVoid("playground.watch", _self);
        }
        if (_isStale)
            Picture();
    }

    /// <summary>Trains for a slice of time, then shows what there is to show.</summary>
    [JSInvokable]
    public void Frame()
    {
        long start = Stopwatch.GetTimestamp();
        do
            _run.Step();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < SliceMilliseconds && double.IsFinite(_run.Trainer.LastLoss));
        if (!double.IsFinite(_run.Trainer.LastLoss))
            Stop();
        double wait = Math.Max(PictureMilliseconds, 3 * _pictureCost);
        // On a slow machine pictures and numbers come less often, so that training gets its share.
        if (_sinceNumbers.Elapsed.TotalMilliseconds > Math.Max(NumbersMilliseconds, 5 * _numbersCost))
        {
            start = Stopwatch.GetTimestamp();
            Refresh();
            StateHasChanged();
            _numbersCost = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            _sinceNumbers.Restart();
        }
        else if (_sincePicture.Elapsed.TotalMilliseconds > wait)
            Picture();
    }

    /// <summary>Draws everything anew, for example after the page went dark.</summary>
    [JSInvokable]
    public void Redraw() => Picture();

    private void Build()
    {
        _run?.Dispose();
        _built = Settings;
        _run = new(Settings);
        _walk = null;
        _outputs = Network.Outputs(_run.Trainer.LossKind, _run.Points.Classes);
        _picked = (0, 0);
        _message = _run.Trainer.LossKind == Settings.Loss ? null : "The binary loss tells two classes apart; with more of them cross entropy is used.";
        Refresh();
    }

    private void Apply(Settings settings)
    {
        Settings = settings;
        Build();
        Changed.InvokeAsync(settings);
    }

    private void Say(string? message) => _message = message;

    private void Refresh()
    {
        _sinceNumbers.Restart();
        _run.Test();
        _accuracy = _run.Accuracy();
        _findings = Diagnosis.Of(_run);
        _reader = _run.History.Spans.Count - 1;
        _gradients = _run.Trainer.ComingGradients();
        _version++;
        _isStale = true;
    }

    private void Toggle()
    {
        if (_plays)
        {
            Stop();
            return;
        }
        (_plays, _walk, _unit) = (true, null, Unit.Batch);
        Page.InvokeVoid("playground.start", _self);
    }

    private void Stop()
    {
        _plays = false;
        Page.InvokeVoid("playground.stop");
        Refresh();
    }

    private void Pause()
    {
        if (_plays) Stop();
    }

    private void StepBatch()
    {
        _unit = Unit.Batch;
        StepOnce();
    }

    private void StepOnce()
    {
        Pause();
        _walk = null;
        _message = null;
        _run.Step();
        Refresh();
    }

    private void Walk(Unit unit)
    {
        Pause();
        (_unit, _message) = (unit, null);
        if (_walk is null)
            _walk = new(_run.Trainer);
        else
            _walk.Forward(byLayer: unit == Unit.Layer);
        if (_walk.IsOver)
            StepOnce();
    }

    private void WalkTo(int place)
    {
        _walk?.GoTo(place);
        if (_walk is { IsOver: true })
            StepOnce();
    }

    private void Back()
    {
        Pause();
        if (_unit != Unit.Batch && _walk is { Place: > 0 })
        {
            _walk.Backward(byLayer: _unit == Unit.Layer);
            return;
        }
        bool wasThere = _run.Back();
        _message = wasThere ? null : "This is the start; there is nothing before it.";
        _walk = null;
        // Inside of a step, back leads into the end of the step before.
        if (wasThere && _unit != Unit.Batch)
        {
            _walk = new(_run.Trainer);
            _walk.GoToEnd();
            _walk.Backward(byLayer: _unit == Unit.Layer);
        }
        Refresh();
    }

    private void Reset()
    {
        Pause();
        Build();
    }

    private void Show(string mode) => (_mode, _isStale) = (mode, true);

    private void Pick((int Parameter, int Element) place) => _picked = place;

    private void Hover((int Parameter, int Element) place)
    {
        if (!_plays)
            _picked = place;
    }

    private void SetWeight(float value)
    {
        _run.Trainer.Edit(_picked.Parameter, _picked.Element, value);
        _walk = null;
        Refresh();
    }

    private void DrawOn(PointerEventArgs e)
    {
        if (e.Buttons == 1 && e.Pressure > 0)
            Draw(e);
    }

    private void Draw(PointerEventArgs e)
    {
        if (_pen < 0) return;
        double side = Width("output");
        float x = (float)(e.OffsetX / side * 2 - 1) * Surface.Reach, y = (float)(1 - e.OffsetY / side * 2) * Surface.Reach;
        IReadOnlyList<LabelledPoint> before = Settings.Data == DataKind.Own ? Settings.Own : _run.Points.All;
        if (_pen == Eraser)
            Erase(before, x, y);
        else if (before.Count == Settings.MostPoints)
            _message = $"There are {Settings.MostPoints} points, which is the most.";
        else
            Put([.. before, new(x, y, _pen)]);
    }

    private void Erase(IReadOnlyList<LabelledPoint> points, float x, float y)
    {
        static float Distance(LabelledPoint point, float x, float y) => (point.X - x) * (point.X - x) + (point.Y - y) * (point.Y - y);
        int nearest = Enumerable.Range(0, points.Count).MinBy(i => Distance(points[i], x, y));
        if (Distance(points[nearest], x, y) > EraserReach * EraserReach) return;
        if (points.Count == 2)
            _message = "Two points are the fewest that can be told apart.";
        else
            Put([.. points.Where((_, i) => i != nearest)]);
    }

    private void Put(IReadOnlyList<LabelledPoint> points)
    {
        _drawnBefore.Push(Settings);
        Apply(Settings with { Data = DataKind.Own, Own = points });
    }

    private void Undo()
    {
        if (_drawnBefore.TryPop(out Settings? before))
            Apply(Settings with { Data = before.Data, Own = before.Own });
    }

    private void ReadCurve(MouseEventArgs e)
    {
        int count = _run.History.Spans.Count;
        // The curve's drawing leaves 48 pixels for the numbers at its left, and 4 at its right.
        double place = (e.OffsetX - 48) / Math.Max(1, Width("curve") - 52);
        _reader = (int)Math.Clamp(place * (count - 1) + 0.5, 0, Math.Max(0, count - 1));
    }

    private double Width(string id) => Math.Max(1, Page.Invoke<double>("playground.width", id));

    private void Picture()
    {
        long start = Stopwatch.GetTimestamp();
        _isStale = false;
        (float[] hidden, float[] classes) = Surface.Of(_run.Trainer);
        float[] last = _outputs == 1 ? classes[(Surface.Side * Surface.Side)..] : classes;
        // An even chance has no colour.
        float even = 1f / _run.Points.Classes;
        Page.InvokeVoid("playground.maps", Bytes([.. hidden, .. last.Select(value => value - even)]), Surface.Side);
        byte[] points = Bytes([.. _run.Points.All.SelectMany(point => new[] { point.X, point.Y, point.Label })]);
        Page.InvokeVoid("playground.output", "output", Bytes(classes), Surface.Side, points, _run.Points.Trained, Surface.Reach);
        if (_run.Rival is not null)
            Page.InvokeVoid("playground.output", "rival", Bytes(Surface.Of(_run.Rival).Classes), Surface.Side, points, _run.Points.Trained, Surface.Reach);
        float[] weights = [.. _run.Trainer.Parameters.Where((_, i) => i % 2 == 0).SelectMany(parameter => parameter.ToArray<float>())];
        // Before the first step of a run that was built while it plays there are none yet but the coming ones.
        if (_plays && _run.Trainer.Steps > 0)
            _gradients = [.. _run.Trainer.Parameters.Select(parameter => parameter.Grad!.ToArray<float>())];
        Page.InvokeVoid("playground.wires", Bytes(weights), Bytes([.. _gradients.Where((_, i) => i % 2 == 0).SelectMany(values => values)]));
        Page.InvokeVoid("playground.curve", "curve", Curve(_run.History), Curve(_run.RivalHistory));
        Page.InvokeVoid("playground.flow", "flow", Bytes([.. _run.Flow.Columns.SelectMany(column => column)]), _run.Flow.Layers);
        _pictureCost = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        _sincePicture.Restart();
    }

    private void ExportCode() => Download("playground.cs", "text/plain", Encoding.UTF8.GetBytes(CodeExport.Write(_run.Trainer, CodeExport.Package)));

    private void ExportJson() => Download("playground.json", "application/json", JsonExport.Write(_run.Trainer));

    private void ExportWeights() => Download("playground.safetensors", "application/octet-stream", _run.Trainer.Weights());

    private void Download(string name, string type, byte[] bytes) => Page.InvokeVoid("playground.download", name, type, bytes);

    private static byte[] Curve(LossHistory history) =>
        Bytes([.. history.Spans.SelectMany(span => new[] { (float)span.Least, (float)span.Mean, (float)span.Most, (float)span.Test })]);

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Exact(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private static string Share(double value) => double.IsNaN(value) ? "–" : value.ToString("0", CultureInfo.InvariantCulture) + " %";
}
