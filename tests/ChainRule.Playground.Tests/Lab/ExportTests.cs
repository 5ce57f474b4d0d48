using System.Text.Json;
using ChainRule.Formats;
using ChainRule.Playground.Lab;

namespace ChainRule.Playground.Tests.Lab;

public sealed class ExportTests
{
    [Fact]
    public async Task The_exported_program_prints_the_hash_of_the_run()
    {
        var settings = new Settings { Count = 60, Optimizer = OptimizerKind.Momentum, Rate = 0.1, Activation = ActivationKind.Relu };
        using Trainer trainer = Make(settings);
        for (int i = 0; i < 25; i++)
        {
            if (i == 10)
                trainer.Edit(0, 1, 0.75f);
            trainer.Step();
        }
        string said = await ExportedProgram.Run(CodeExport.Write(trainer, CodeExport.Package), Engine.IsPortable);
        Assert.Contains($"loss hash after 25 steps: {trainer.Hash}", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_what_makes_the_run()
    {
        using Trainer trainer = Make(Settings.Xor);
        trainer.Step();
        trainer.Edit(2, 1, -0.25f);
        trainer.Edit(3, 0, float.NaN);
        using var json = JsonDocument.Parse(JsonExport.Write(trainer));
        Assert.Equal(1, json.RootElement.GetProperty("steps").GetInt32());
        Assert.Equal(trainer.Hash.ToString(), json.RootElement.GetProperty("lossHash").GetString());
        Assert.Null(SettingsText.Read(json.RootElement.GetProperty("settings").GetString()!).Problem);
        float[] values = [.. json.RootElement.GetProperty("parameters").GetProperty("0.weight").GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];
        Assert.Equal(trainer.Parameters[0].ToArray<float>(), values);
        string[] edits = [.. json.RootElement.GetProperty("edits").EnumerateArray().Select(edit => $"{edit.GetProperty("afterStep")} {edit.GetProperty("parameter")} {edit.GetProperty("element")} {edit.GetProperty("value")}")];
        Assert.Equal(["1 2.weight 1 -0.25", "1 2.bias 0 NaN"], edits);
    }

    [Fact]
    public void Safetensors_hold_the_weights()
    {
        using Trainer trainer = Make(Settings.Xor);
        trainer.Step();
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, trainer.Weights());
        SafetensorsFile file = Safetensors.Load(path);
        File.Delete(path);
        Assert.Equal(trainer.Parameters[2].ToArray<float>(), file.Tensors["2.weight"].ToArray<float>());
    }

    private static Trainer Make(Settings settings) => new(settings, PointSet.Of(settings), settings.Optimizer, settings.Rate);
}
