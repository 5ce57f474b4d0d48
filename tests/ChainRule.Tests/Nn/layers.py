"""Writes layers.json: what PyTorch's layers make of random inputs, in double precision.

    python3 layers.py > layers.json        (made with PyTorch 1.13)

Every case has the layer's state before, its input, its output, a cotangent, and the gradients by input and parameters.
A layer with running statistics is trained on the input twice; the buffers after that and the output in use are recorded too.
"""

import json
import sys

import torch
from torch import nn

torch.manual_seed(20240229)


class RmsNorm(nn.Module):  # PyTorch 1.13 has none
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return x / torch.sqrt((x * x).mean(-1, keepdim=True) + torch.finfo(x.dtype).eps) * self.weight


LAYERS = {
    "Conv1d": (nn.Conv1d(4, 6, 3, stride=2, padding=1), (2, 4, 9)),
    "Conv1d circular": (nn.Conv1d(2, 3, 3, padding=2, padding_mode="circular"), (2, 2, 5)),
    "Conv2d": (nn.Conv2d(3, 4, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2)), (2, 3, 6, 7)),
    "Conv2d groups": (nn.Conv2d(4, 6, 3, padding=1, groups=2, bias=False), (1, 4, 5, 5)),
    "Conv2d reflect": (nn.Conv2d(2, 2, 3, padding=(1, 2), padding_mode="reflect"), (1, 2, 4, 5)),
    "Conv2d replicate": (nn.Conv2d(2, 2, 3, padding=2, padding_mode="replicate"), (1, 2, 4, 3)),
    "Conv3d": (nn.Conv3d(2, 3, 2, stride=(1, 2, 1), padding=1), (1, 2, 3, 4, 3)),
    "ConvTranspose1d": (nn.ConvTranspose1d(4, 3, 3, stride=2, padding=1, output_padding=1), (2, 4, 5)),
    "ConvTranspose2d": (nn.ConvTranspose2d(4, 6, (2, 3), stride=(2, 1), padding=(0, 1), groups=2, dilation=(1, 2)), (2, 4, 3, 4)),
    "ConvTranspose3d": (nn.ConvTranspose3d(2, 2, 2, stride=2), (1, 2, 2, 1, 2)),
    "MaxPool1d": (nn.MaxPool1d(3, stride=2, padding=1, dilation=2), (2, 2, 9)),
    "MaxPool2d": (nn.MaxPool2d((3, 2), stride=2, padding=(1, 0), ceil_mode=True), (2, 2, 6, 7)),
    "AvgPool1d": (nn.AvgPool1d(3, stride=2, padding=1, ceil_mode=True), (2, 2, 8)),
    "AvgPool2d": (nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True), (1, 2, 6, 7)),
    "AvgPool2d without padding": (nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False), (1, 2, 6, 7)),
    "AdaptiveAvgPool1d": (nn.AdaptiveAvgPool1d(3), (2, 2, 7)),
    "AdaptiveAvgPool2d": (nn.AdaptiveAvgPool2d((3, 2)), (2, 2, 7, 5)),
    "AdaptiveMaxPool1d": (nn.AdaptiveMaxPool1d(3), (2, 2, 7)),
    "AdaptiveMaxPool2d": (nn.AdaptiveMaxPool2d((3, 2)), (2, 2, 7, 5)),
    "BatchNorm1d": (nn.BatchNorm1d(3), (5, 3)),
    "BatchNorm1d length": (nn.BatchNorm1d(3, momentum=None), (4, 3, 5)),
    "BatchNorm2d": (nn.BatchNorm2d(3, eps=1e-3, momentum=0.3), (2, 3, 4, 5)),
    "BatchNorm2d plain": (nn.BatchNorm2d(3, affine=False), (2, 3, 4, 5)),
    "LayerNorm": (nn.LayerNorm((3, 4)), (2, 5, 3, 4)),
    "GroupNorm": (nn.GroupNorm(2, 6), (2, 6, 3, 2)),
    "InstanceNorm1d": (nn.InstanceNorm1d(3), (2, 3, 5)),
    "InstanceNorm2d": (nn.InstanceNorm2d(3, affine=True), (2, 3, 4, 5)),
    "RmsNorm": (RmsNorm(5), (3, 4, 5)),
    "Upsample nearest": (nn.Upsample(size=(7, 2)), (1, 2, 3, 4)),
    "Upsample twice": (nn.Upsample(scale_factor=2), (1, 2, 5)),
    "Upsample bilinear": (nn.Upsample(size=(7, 3), mode="bilinear", align_corners=False), (1, 2, 3, 5)),
    "Upsample corners": (nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True), (1, 2, 3, 4)),
    "Upsample trilinear": (nn.Upsample(size=(3, 2, 5), mode="trilinear", align_corners=False), (1, 1, 2, 3, 4)),
    "PixelShuffle": (nn.PixelShuffle(2), (2, 8, 2, 3)),
    "PixelUnshuffle": (nn.PixelUnshuffle(2), (2, 2, 4, 6)),
    "Unfold": (nn.Unfold((2, 3), dilation=(1, 2), padding=1, stride=(2, 1)), (2, 2, 4, 5)),
    "Fold": (nn.Fold((4, 5), (2, 3), dilation=1, padding=1, stride=(2, 1)), (2, 12, 15)),
    "ZeroPad": (nn.ZeroPad2d((2, 2, 1, 1)), (1, 2, 2, 3)),
}


def tensor(x):
    return {"shape": list(x.shape), "data": x.detach().flatten().tolist()}


def named(pairs):
    return {name: tensor(value) for name, value in pairs}


def case(layer, shape):
    layer = layer.double()
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(torch.randn_like(parameter))
    x = (torch.randn(shape, dtype=torch.float64) * 2 + 0.5).requires_grad_()
    result = {"parameters": named(layer.named_parameters()), "input": tensor(x)}
    y = layer(x)
    cotangent = torch.randn_like(y)
    y.backward(cotangent)
    result |= {"output": tensor(y), "cotangent": tensor(cotangent), "input_gradient": tensor(x.grad)}
    result["gradients"] = {name: tensor(parameter.grad) for name, parameter in layer.named_parameters()}
    if list(layer.buffers()):
        layer(x * 1.5 + 1)
        result["buffers"] = named(layer.named_buffers())
        result["output_in_use"] = tensor(layer.eval()(x))
    return result


json.dump({name: case(*layer) for name, layer in LAYERS.items()}, sys.stdout, indent=None, separators=(",", ":"))
sys.stdout.write("\n")
