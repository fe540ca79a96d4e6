"""The network as the runtime computes it: weights rounded to int8 with a scale a row, every linear layer's input rounded to int8 a token."""
import torch
from torch import nn

import net as network


class Int8Linear(nn.Module):
    def __init__(self, linear):
        super().__init__()
        q, scale = network.int8_rows(linear.weight.detach())
        self.register_buffer("q", q.double().T.contiguous())
        self.register_buffer("scale", scale[:, 0])
        self.register_buffer("bias", linear.bias.detach())

    def forward(self, x):
        most = x.abs().amax(-1, keepdim=True)
        q = torch.round(x * torch.where(most > 0, 127 / most, 0.0)).clamp(-127, 127)
        return (q.double() @ self.q).float() * (most / 127 * self.scale) + self.bias


def rounded(net):
    for name, child in net.named_children():
        if isinstance(child, nn.Linear):
            setattr(net, name, Int8Linear(child))
        else:
            rounded(child)
    return net
