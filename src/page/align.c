/* Walks a text node and the document side by side. Equal bytes run as one piece. At '&' the
 * reference is measured: numeric ones by their digits; named ones by the text that came of them,
 * so that no table of two thousand names is needed - only the hundred that work without a
 * semicolon, which decide where "&notit" ends. */
#include "page/align.h"

#include "page/html_tag.h"

/* Names that HTML takes without a semicolon (WHATWG HTML, "named character references"). */
static const char *const bare_names[] = {
    "AElig",  "AMP",    "Aacute", "Acirc",  "Agrave", "Aring",  "Atilde", "Auml",   "COPY",
    "Ccedil", "ETH",    "Eacute", "Ecirc",  "Egrave", "Euml",   "GT",     "Iacute", "Icirc",
    "Igrave", "Iuml",   "LT",     "Ntilde", "Oacute", "Ocirc",  "Ograve", "Oslash", "Otilde",
    "Ouml",   "QUOT",   "REG",    "THORN",  "Uacute", "Ucirc",  "Ugrave", "Uuml",   "Yacute",
    "aacute", "acirc",  "acute",  "aelig",  "agrave", "amp",    "aring",  "atilde", "auml",
    "brvbar", "ccedil", "cedil",  "cent",   "copy",   "curren", "deg",    "divide", "eacute",
    "ecirc",  "egrave", "eth",    "euml",   "frac12", "frac14", "frac34", "gt",     "iacute",
    "icirc",  "iexcl",  "igrave", "iquest", "iuml",   "laquo",  "lt",     "macr",   "micro",
    "middot", "nbsp",   "not",    "ntilde", "oacute", "ocirc",  "ograve", "ordf",   "ordm",
    "oslash", "otilde", "ouml",   "para",   "plusmn", "pound",  "quot",   "raquo",  "reg",
    "sect",   "shy",    "sup1",   "sup2",   "sup3",   "szlig",  "thorn",  "times",  "uacute",
    "ucirc",  "ugrave", "uml",    "uuml",   "yacute", "yen",    "yuml",
};

sf_align sf_align_new(const sf_dom *dom, uint32_t node) {
    const sf_node *n = &dom->nodes[node];
    sf_tag parent = (sf_tag)dom->nodes[n->parent].tag;
    size_t low = 0, high = dom->cut_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (dom->cuts[middle].begin < n->source.begin)
            low = middle + 1;
        else
            high = middle;
    }
    return (sf_align){.text = n->text,
                      .html = dom->html,
                      .from = n->source.begin,
                      .end = n->source.end,
                      .cut = dom->cut_count ? dom->cuts + low : NULL,
                      .cuts_end = dom->cut_count ? dom->cuts + dom->cut_count : NULL,
                      .raw = parent == SF_TAG_TITLE || parent == SF_TAG_TEXTAREA};
}

static bool starts_at(sf_str s, size_t at, sf_str with) {
    return s.len - at >= with.len && memcmp(s.ptr + at, with.ptr, with.len) == 0;
}

static char byte_at(const sf_align *a, uint32_t at) { return at < a->end ? a->html.ptr[at] : 0; }

/* ---- markup that the parser skipped ---- */

/* Does html[at] = '<' begin a tag or comment rather than stand for itself? */
static bool begins_markup(const sf_align *a, uint32_t at) {
    char c = byte_at(a, at + 1);
    if (c == '/')
        return at + 2 < a->end;
    return sf_is_alpha(c) || c == '!' || c == '?';
}

static uint32_t markup_end(const sf_align *a, uint32_t at) {
    sf_str html = {a->html.ptr, a->end};
    sf_html_tag tag;
    if (!sf_html_begins_tag(html, at))
        return (uint32_t)sf_html_declaration_end(html, at);
    return sf_html_tag_read(html, at, 0, NULL, &tag) ? tag.end : a->end;
}

/* ---- character references ---- */

static bool is_alnum(char c) { return sf_is_alpha(c) || sf_is_digit(c); }

/* End of "&#8217;" or "&#x2019;"; at if there is no digit. */
static uint32_t numeric_end(const sf_align *a, uint32_t at) {
    uint32_t i = at + 2;
    bool hex = (byte_at(a, i) | 32) == 'x';
    i += hex;
    uint32_t digits = i;
    while (sf_is_digit(byte_at(a, i)) ||
           (hex && (byte_at(a, i) | 32) >= 'a' && (byte_at(a, i) | 32) <= 'f'))
        i++;
    if (i == digits)
        return at;
    return byte_at(a, i) == ';' ? i + 1 : i;
}

/* Length of the longest bare name that name begins with. */
static uint32_t bare_length(sf_str name) {
    uint32_t best = 0;
    for (size_t i = 0; i < SF_LEN(bare_names); i++) {
        size_t len = strlen(bare_names[i]);
        if (len > best && len <= name.len && memcmp(name.ptr, bare_names[i], len) == 0)
            best = (uint32_t)len;
    }
    return best;
}

/* Second characters of the references that give two (&nvlt; is "<" and U+20D2). */
static bool is_second(uint32_t code) {
    return code == 0x338 || code == 0x20D2 || code == 0xFE00 || code == 0x20E5 || code == 0x333 ||
           code == 0x200A || code == 0x331;
}

/* How much text a reference with the given end made: one character, or two. */
static uint32_t reference_text(const sf_align *a, uint32_t end, bool fj) {
    size_t bytes, more;
    sf_utf8_at(a->text, a->at, &bytes);
    if (a->at + bytes < a->text.len) {
        uint32_t second = sf_utf8_at(a->text, a->at + bytes, &more);
        sf_str there = sf_str_sub(a->text, a->at + bytes, a->at + bytes + more);
        if ((is_second(second) && !starts_at(a->html, end, there)) || fj)
            bytes += more;
    }
    return (uint32_t)bytes;
}

static bool reference(sf_align *a, sf_piece *out) {
    uint32_t amp = a->from;
    bool literal = a->text.ptr[a->at] == '&';
    if (byte_at(a, amp + 1) == '#') {
        uint32_t end = numeric_end(a, amp);
        if (end == amp)
            return false;
        size_t bytes;
        sf_utf8_at(a->text, a->at, &bytes);
        *out = (sf_piece){{a->at, a->at + (uint32_t)bytes}, {amp, end}, false};
        return true;
    }
    uint32_t end = amp + 1;
    while (is_alnum(byte_at(a, end)))
        end++;
    sf_str name = sf_str_sub(a->html, amp + 1, end);
    uint32_t bare = bare_length(name);
    if (literal) { /* "&amp;" gives '&', and so does '&' that begins no reference */
        if (bare != 3 || (memcmp(name.ptr, "amp", 3) != 0 && memcmp(name.ptr, "AMP", 3) != 0))
            return false;
        end = amp + 4;
        end += byte_at(a, end) == ';';
        *out = (sf_piece){{a->at, a->at + 1}, {amp, end}, false};
        return true;
    }
    if (name.len == 0)
        return false;
    bool closed = byte_at(a, end) == ';';
    uint32_t bytes = reference_text(a, end + closed, sf_str_equal(name, SF_STR("fjlig")));
    if (bare && (bare < name.len || !closed)) {
        /* "&notit;" is "¬it;" but "&notin;" is one character: see which way the text went on. */
        sf_str rest = sf_str_sub(a->html, amp + 1 + bare, end + closed);
        size_t one;
        uint32_t code = sf_utf8_at(a->text, a->at, &one);
        /* Bare names give Latin-1; of the longer ones only &centerdot; does. */
        bool latin = code <= 0xFF && !(code == 0xB7 && bare == 4);
        if (!closed ||
            (latin && a->at + one <= a->text.len && starts_at(a->text, a->at + one, rest))) {
            end = amp + 1 + bare;
            closed = false;
            bytes = (uint32_t)one;
        }
    } else if (!closed) {
        return false;
    }
    *out = (sf_piece){{a->at, a->at + bytes}, {amp, end + closed}, false};
    return true;
}

/* ---- the walk ---- */

/* As many bytes as agree without a question. */
static uint32_t equal_run(const sf_align *a) {
    const char *t = a->text.ptr + a->at, *s = a->html.ptr + a->from;
    size_t n = 0, most = a->text.len - a->at;
    if (most > a->end - a->from)
        most = a->end - a->from;
    while (n < most && t[n] == s[n] && s[n] != '&' && s[n] != '<')
        n++;
    while (n > 0 && n < most && ((unsigned char)s[n] & 0xC0) == 0x80)
        n--; /* not into the middle of a character */
    return (uint32_t)n;
}

static bool give(sf_align *a, sf_piece *out, uint32_t text, uint32_t source, bool equal) {
    *out = (sf_piece){{a->at, a->at + text}, {a->from, a->from + source}, equal};
    a->at += text;
    a->from += source;
    return true;
}

/* One character of the text against something else in the document. False: they cannot be brought
 * together. */
static bool give_other(sf_align *a, sf_piece *out) {
    char c = a->html.ptr[a->from], t = a->text.ptr[a->at];
    if (c == '&' && reference(a, out)) {
        a->at = out->text.end;
        a->from = out->source.end;
        return true;
    }
    if ((c == '&' || c == '<') && t == c)
        return give(a, out, 1, 1, true);
    if (c == '\r' && t == '\n')
        return give(a, out, 1, byte_at(a, a->from + 1) == '\n' ? 2 : 1, false);
    size_t text, source;
    uint32_t code = sf_utf8_at(a->text, a->at, &text);
    sf_utf8_at((sf_str){a->html.ptr, a->end}, a->from, &source);
    if (code == 0xFFFD) /* the parser's answer to control characters */
        return give(a, out, (uint32_t)text, (uint32_t)source, false);
    return false;
}

bool sf_align_next(sf_align *a, sf_piece *out) {
    if (a->at >= a->text.len)
        return false;
    while (a->from < a->end) {
        while (a->cut < a->cuts_end && a->cut->begin < a->from)
            a->cut++;
        if (a->cut < a->cuts_end && a->cut->begin == a->from) {
            a->from = a->cut++->end;
            continue;
        }
        uint32_t run = equal_run(a);
        if (run)
            return give(a, out, run, run, true);
        char c = a->html.ptr[a->from];
        if (c == '<' && !a->raw && begins_markup(a, a->from)) {
            a->from = markup_end(a, a->from);
            continue;
        }
        if (give_other(a, out))
            return true;
        if (!sf_is_space(c))
            break;
        a->from++; /* the parser drops the line end that follows <pre> */
    }
    /* Lost: the rest in one piece, coarse but true. */
    a->failed = true;
    sf_span source = {a->from < a->end ? a->from : a->end - 1, a->end};
    *out = (sf_piece){{a->at, (uint32_t)a->text.len}, source, false};
    a->at = (uint32_t)a->text.len;
    a->from = a->end;
    return true;
}
