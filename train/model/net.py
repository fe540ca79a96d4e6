"""The network: MiniLM's first layers and the heads of doc/model.md; the runtime in src/model computes the same in int8."""
import math

import safetensors.torch
import torch
from torch import nn
from torch.nn import functional as F

SPECIAL_SHAPE, SHAPES = 24, 32
ARC, LABEL = 192, 256


def int8_rows(w):
    """Rounded as the file will hold it: a scale a row, values in [-127, 127]."""
    scale = w.abs().amax(-1, keepdim=True).clamp_min(1e-12) / 127
    return torch.round(w / scale).clamp(-127, 127), scale


class Layer(nn.Module):
    def __init__(self, hidden, inner, heads, dropout):
        super().__init__()
        self.qkv, self.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)
        self.heads, self.drop = heads, nn.Dropout(dropout)

    def forward(self, x, mask):
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, h))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Net(nn.Module):
    """sizes: {"tags", "lemmas", "names", "attributions", "labels"} class counts."""

    def __init__(self, sizes, layers=4, hidden=384, inner=1536, heads=12, vocabulary=30522, positions=512, dropout=0.1):
        super().__init__()
        self.sizes, self.layers_count = sizes, layers
        self.register_buffer("word", torch.zeros(vocabulary, hidden))  # frozen, already rounded to int8
        self.position = nn.Parameter(torch.zeros(positions, hidden))
        self.shape = nn.Parameter(torch.zeros(SHAPES, hidden))
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.drop, self.drop_head = nn.Dropout(dropout), nn.Dropout(0.2)
        self.layers = nn.ModuleList(Layer(hidden, inner, heads, dropout) for _ in range(layers))
        self.heads = nn.ModuleDict({name: nn.Linear(hidden, n) for name, n in
                                    (("tag", sizes["tags"]), ("lemma", sizes["lemmas"]), ("name", sizes["names"]),
                                     ("attribution", sizes["attributions"]), ("end", 2), ("arc_dep", ARC), ("arc_head", ARC),
                                     ("label_dep", LABEL), ("label_head", LABEL))})
        self.arc = nn.Linear(ARC, ARC)
        self.arc_bias_head, self.arc_root = nn.Parameter(torch.zeros(ARC)), nn.Parameter(torch.randn(ARC) * .1)
        self.label, self.label_root = nn.Linear(LABEL, sizes["labels"]), nn.Parameter(torch.randn(LABEL) * .1)

    def start_from(self, path):
        """Weights of all-MiniLM-L6-v2's first layers."""
        w = safetensors.torch.load_file(path)
        with torch.no_grad():
            q, s = int8_rows(w["embeddings.word_embeddings.weight"])
            self.word.copy_(q * s)
            self.position.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(w["embeddings.LayerNorm.weight"]), self.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    getattr(layer.qkv, kind).copy_(torch.cat([w[f"{p}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]))
                    for ours, theirs in (("out", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense"),
                                         ("norm1", "attention.output.LayerNorm"), ("norm2", "output.LayerNorm")):
                        getattr(getattr(layer, ours), kind).copy_(w[f"{p}{theirs}.{kind}"])

    def vectors(self, pieces, shapes, mean):
        """pieces, shapes [B, P] (0 pads), mean [B, T, P] averaging matrix -> token vectors [B, T, H]."""
        real = pieces != 0
        x = F.embedding(pieces, self.word) + self.position[: pieces.shape[1]] + F.embedding(shapes, self.shape)
        x = self.drop(self.norm(x))
        mask = real[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return torch.bmm(mean, x)

    def forward(self, pieces, shapes, mean):
        v = self.drop_head(self.vectors(pieces, shapes, mean))
        out = {name: head(v) for name, head in self.heads.items()}
        d, h = F.gelu(out.pop("arc_dep")), F.gelu(out.pop("arc_head"))
        h = torch.cat([self.arc_root.expand(len(h), 1, -1), h], 1)  # the root is candidate 0
        d = self.drop_head(d)
        out["arc"] = (torch.bmm(self.arc(d), h.transpose(1, 2)) + (h @ self.arc_bias_head)[:, None, :]) / math.sqrt(ARC)
        return out

    def labels(self, out, head):
        """head [B, T]: chosen heads, 0 the root, i + 1 token i -> label logits [B, T, labels]."""
        h = torch.cat([self.label_root.expand(len(head), 1, -1), out["label_head"]], 1)
        chosen = torch.gather(h, 1, head[..., None].expand(-1, -1, h.shape[-1]))
        return self.label(self.drop_head(F.gelu(out["label_dep"] + chosen)))


def save(net, classes, path):
    torch.save({"sizes": net.sizes, "layers": net.layers_count, "classes": classes, "net": net.state_dict()}, path)


def load(path):
    saved = torch.load(path, weights_only=True)
    net = Net(saved["sizes"], saved["layers"])
    net.load_state_dict(saved["net"])
    return net.eval(), saved["classes"]
