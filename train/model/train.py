"""Trains the network on all sources at once. Resumable: a run that was stopped goes on from its last checkpoint.

    train.py WORK [--epochs 12] [--layers 4] [--data ../shared/data] [--tokens build/train/model/tokens]

WORK gets log.jsonl (losses and scores), last.pt (the checkpoint), net.pt (the averaged weights)."""
import argparse
import json
import math
import os
import random
import time

import torch
from torch import distributed
from torch.nn import functional as F

import data
import encode
import net as network
import pieces as pieces_
import score
import sources

HEADS = {"tag": 1.0, "lemma": 0.5, "name": 1.5, "attribution": 1.5, "end": 0.5, "arc": 1.0, "label": 1.0}


def losses(net, ids, shapes, mean, gold, sentence):
    out = net(ids, shapes, mean)
    loss = {}
    for f in ("tag", "lemma", "name", "attribution", "end"):
        if (gold[f] >= 0).any():
            loss[f] = F.cross_entropy(out[f].flatten(0, 1), gold[f].flatten(), ignore_index=data.MISSING)
    if (gold["arc"] >= 0).any():
        same = sentence[:, :, None] == sentence[:, None, :]
        same &= ~torch.eye(same.shape[1], dtype=torch.bool)
        allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
        arc = out["arc"].masked_fill(~allowed, -1e4)
        loss["arc"] = F.cross_entropy(arc.flatten(0, 1), gold["arc"].flatten(), ignore_index=data.MISSING)
        logits = net.labels(out, gold["arc"].clamp_min(0))
        label = torch.where(gold["arc"] >= 0, gold["label"], data.MISSING)
        loss["label"] = F.cross_entropy(logits.flatten(0, 1), label.flatten(), ignore_index=data.MISSING)
    return loss


def epoch_items(encoded, pieces, epoch, seed, size):
    """Batches of one pass: stretches of all three kinds, of like length together, about `size` pieces each."""
    rng = random.Random(f"{seed} {epoch}")
    items = []
    for docs, share in encoded:
        whole, part = divmod(share, 1)
        chosen = docs * int(whole) + rng.sample(docs, round(part * len(docs)))
        for doc in chosen:
            how = rng.choices(("sentence", "paragraph", "packed"), (0.35, 0.5, 0.15))[0]
            for b, e in data.stretches(doc.d, pieces, how, rng):
                case = rng.choices((None, 1, 3), (0.94, 0.04, 0.02))[0]
                items.append((doc, b, e, case))
    length = [sum(map(len, doc.pieces[b:e])) + 2 + rng.random() for doc, b, e, _ in items]
    order = sorted(range(len(items)), key=length.__getitem__)
    batches, now, widest = [], [], 0
    for i in order:
        if now and (len(now) + 1) * max(widest, length[i]) > size:
            batches.append(now)
            now, widest = [], 0
        now.append(items[i])
        widest = max(widest, length[i])
    batches.append(now)
    rng.shuffle(batches)
    return batches


def shared_gradient(net):
    """The mean of the workers' gradients; a parameter that one worker's batch did not touch counts as zero there."""
    parameters = [p for p in net.parameters() if p.requires_grad]
    flat = torch.cat([(p.grad if p.grad is not None else torch.zeros_like(p)).flatten() for p in parameters])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    at = 0
    for p in parameters:
        p.grad = flat[at:at + p.numel()].view_as(p)
        at += p.numel()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work")
    ap.add_argument("--data", default="../shared/data")
    ap.add_argument("--tokens", default="build/train/model/tokens")
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--layers", type=int, default=4)
    ap.add_argument("--size", type=int, default=4000, help="pieces a batch")
    ap.add_argument("--rate", type=float, default=3e-4)
    ap.add_argument("--workers", type=int, default=os.cpu_count(), help="processes of one thread each, each with its part of a batch")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--from", dest="start", help="begin with this net.pt instead of MiniLM's weights")
    ap.add_argument("--steps", type=int, help="stop after so many steps (a trial)")
    a = ap.parse_args()
    os.makedirs(a.work, exist_ok=True)
    meeting = os.path.join(os.path.abspath(a.work), "meeting")
    if os.path.exists(meeting):
        os.remove(meeting)
    torch.multiprocessing.spawn(work, (a, "file://" + meeting), a.workers)


def work(rank, a, meeting):
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", meeting, rank=rank, world_size=a.workers)
    torch.manual_seed(a.seed)
    begin = time.time()
    pieces = pieces_.Pieces(pieces_.load_vocabulary(sources.minilm("vocab.txt")))
    train = sources.training(a.data, a.tokens)
    everything = [d for docs, _ in train for d in docs]
    classes = {"tag": data.classes(everything, "tag", 2), "lemma": data.classes(everything, "lemma", 3), "name": data.NAMES,
               "attribution": data.ATTRIBUTIONS, "label": data.classes(everything, "label", 2)}
    net = network.Net({f + "s": len(c) for f, c in classes.items()}, a.layers)
    if a.start:
        net.load_state_dict(torch.load(a.start, weights_only=True)["net"])
    else:
        net.start_from(sources.minilm("model.safetensors"))
    encoded = [([encode.Encoded(d, classes, pieces) for d in docs if len(d)], share) for docs, share in train]
    if rank == 0:
        print({f: len(c) for f, c in classes.items()}, f"{time.time() - begin:.0f} s to read", flush=True)

    fresh = {id(p) for n, p in net.named_parameters() if not n.startswith(("layers.", "norm.", "position"))}
    plain = [p for p in net.parameters() if id(p) not in fresh]
    new = [p for p in net.parameters() if id(p) in fresh]
    optimizer = torch.optim.AdamW([{"params": plain, "lr": a.rate}, {"params": new, "lr": 4 * a.rate}], weight_decay=0.01, betas=(0.9, 0.98))
    per_epoch = len(epoch_items(encoded, pieces, 0, a.seed, a.size))
    total = per_epoch * a.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, s / (0.06 * total)) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1, s / total)))))
    average = {k: v.clone() for k, v in net.state_dict().items()}
    step, epoch = 0, 0
    last = os.path.join(a.work, "last.pt")
    if os.path.exists(last):
        saved = torch.load(last, weights_only=True)
        net.load_state_dict(saved["net"]), optimizer.load_state_dict(saved["optimizer"]), schedule.load_state_dict(saved["schedule"])
        average, step, epoch = saved["average"], saved["step"], saved["epoch"]
    torch.manual_seed(a.seed * 1000 + epoch * 10 + rank)  # dropout, each worker its own
    log = open(os.path.join(a.work, "log.jsonl"), "a")

    def tell(**row):
        if rank:
            return
        print(json.dumps(row), file=log, flush=True)
        print(json.dumps(row), flush=True)

    def averaged():
        copy = network.Net(net.sizes, net.layers_count)
        copy.load_state_dict(average)
        return copy.eval()

    while epoch < a.epochs:
        sums, count, pieces_seen, t = {}, {}, 0, time.time()
        net.train()
        for items in epoch_items(encoded, pieces, epoch, a.seed, a.size):
            optimizer.zero_grad(set_to_none=True)
            loss = {}
            if items[rank::a.workers]:
                tensors = encode.batch(items[rank::a.workers])
                pieces_seen += int((tensors[0] != 0).sum())
                loss = losses(net, *tensors)
                sum(HEADS[f] * v for f, v in loss.items()).backward()
            shared_gradient(net)
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step(), schedule.step()
            step += 1
            decay = min(0.998, step / (step + 20))
            with torch.no_grad():
                for k, v in net.state_dict().items():
                    if k != "word":
                        average[k].lerp_(v, 1 - decay)
            for f, v in loss.items():
                sums[f], count[f] = sums.get(f, 0) + v.item(), count.get(f, 0) + 1
            if step % 50 == 0 and rank == 0:
                print(step, total, f"{a.workers * pieces_seen / (time.time() - t):.0f} pieces/s", {f: round(sums[f] / count[f], 3) for f in sums}, flush=True)
            if a.steps and step >= a.steps:
                return
        epoch += 1
        tell(epoch=epoch, step=step, of=total, seconds=round(time.time() - t), pieces=a.workers * pieces_seen,
             loss={f: round(sums[f] / count[f], 4) for f in sums})
        if rank:
            continue
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "average": average,
                    "step": step, "epoch": epoch}, last + ".new")
        os.replace(last + ".new", last)
        network.save(averaged(), classes, os.path.join(a.work, "net.pt"))
        if epoch == a.epochs:
            tell(epoch=epoch, scores=score.quick(averaged(), classes, sources.development(a.data, a.tokens), pieces))


if __name__ == "__main__":
    main()
