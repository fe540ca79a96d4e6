"""Tokens -> word pieces and shape classes, the twin of src/text/piece.c: BERT's uncased basic tokenizer within a token, then
greedy longest match in the vocabulary (Wu et al., 2016; Devlin et al., 2019)."""
import functools
import unicodedata

PAD, UNK, CLS, SEP = 0, 100, 101, 102
SPECIAL_SHAPE, SHAPES = 24, 32
MOST_PIECES = 16  # of one token


def load_vocabulary(path):
    with open(path, encoding="utf-8") as f:
        return {line.rstrip("\n"): i for i, line in enumerate(f)}


def is_punctuation(c):
    n = ord(c)
    return 33 <= n <= 47 or 58 <= n <= 64 or 91 <= n <= 96 or 123 <= n <= 126 or unicodedata.category(c)[0] == "P"


def is_cjk(c):
    n = ord(c)
    return any(a <= n <= b for a, b in ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
                                        (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)))


def parts(form):
    part = ""
    # Letter by letter, as the runtime does it: str.lower() knows a sigma of its own for the ends of words.
    for c in unicodedata.normalize("NFD", "".join(map(str.lower, unicodedata.normalize("NFC", form)))):
        kind = unicodedata.category(c)
        if kind == "Mn" or (kind[0] == "C" and c not in "\t\n\r") or c in "\0\ufffd":
            continue
        if c.isspace() or is_punctuation(c) or is_cjk(c):
            if part:
                yield part
                part = ""
            if not c.isspace():
                yield c
        else:
            part += c
    if part:
        yield part


class Pieces:
    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.of = functools.lru_cache(maxsize=1 << 18)(self._of)

    def _match(self, part):
        if len(part) > 100:
            return [UNK]
        found, at = [], 0
        while at < len(part):
            for end in range(len(part), at, -1):
                piece = self.vocabulary.get(("##" if at else "") + part[at:end])
                if piece is not None:
                    break
            else:
                return [UNK]
            found.append(piece)
            at = end
        return found

    def _of(self, form):
        found = [piece for part in parts(form) for piece in self._match(part)]
        return (found or [UNK])[:MOST_PIECES]


def shape(form, space):
    cased = [c for c in form if unicodedata.category(c) in ("Lu", "Ll", "Lt")]
    upper = [unicodedata.category(c) != "Ll" for c in cased]
    if not cased:
        case = 0
    elif not any(upper):
        case = 1
    elif len(cased) == 1:
        case = 4
    elif all(upper):
        case = 3
    elif upper[0] and not any(upper[1:]):
        case = 2
    else:
        case = 5
    return case * 4 + any(unicodedata.category(c) == "Nd" for c in form) * 2 + bool(space)
