/* Lists of names, read off the words: "Ana Ruiz as Mira, Jo Park as her father and Tom Hale". A
 * small model tears them: it takes a member for an apposition, or hangs it on the role of the
 * member before.
 *
 * An item is a name with what it is "as" (a name or "a nurse who ..."), has in brackets or "in the
 * title role"; items stand side by side with commas and "and" between, in a cast "alongside", too.
 * Where there are three, or two of which one says its part, the first keeps its place in the tree
 * and the others become coordinated with it. What may be no item ends the list: nothing is guessed.
 *
 * The name right behind a verb of billing is its object, whatever the tree has: "a film based on
 * the novel of the same name starring Ana Ruiz". */
#include "fact/proposition.h"

enum { LONGEST_AS = 7, LONGEST_PART = 40, LONGEST_LEAD = 5, MOST_ITEMS = 64 };

typedef struct item {
    uint32_t name, as; /* parts; as SF_NONE */
    uint32_t part;     /* token where what it is as begins */
    uint32_t end;      /* token behind it */
    bool said;         /* it says what its part is, by name or not */
    bool loose; /* "as a nurse who ...": where that ends is open, so what follows must say its part
                 */
    bool noun;  /* "as her husband": a name behind a comma may be the husband's */
    bool led;   /* "newcomer Ana Ruiz" */
} item;

static bool is_mark(const sf_graph *g, uint32_t part, const char *marks) {
    sf_str form = part < g->count ? sf_part_form(g, part) : SF_ABSENT;
    return form.len == 1 && strchr(marks, form.ptr[0]) != NULL;
}

static bool is_quote(const sf_graph *g, uint32_t part) {
    return part < g->count && g->parts[part].arc == SF_ARC_PUNCT && !is_mark(g, part, ",;:.()-") &&
           sf_part_form(g, part).len <= 3 && !sf_part_is(g, part, "...");
}

/* Behind the tokens of a part's mark. */
static uint32_t behind(const sf_graph *g, uint32_t part) {
    uint32_t end = part + 1, rep = g->parts[part].rep;
    while (end < g->count && g->parts[end].rep == rep && g->parts[end].rep != end)
        end++;
    while (is_quote(g, end))
        end++;
    return end;
}

static uint32_t name_at(const sf_graph *g, uint32_t at) {
    while (is_quote(g, at))
        at++;
    if (at >= g->count)
        return SF_NONE;
    const sf_mark *m = sf_part_mark(g, g->parts[at].rep);
    return m && m->whole && g->parts[at].pos != SF_POS_PRON &&
                   (m->name != SF_NONE || m->role != SF_NONE) && m->time == SF_NONE
               ? g->parts[at].rep
               : SF_NONE;
}

/* The first token of a mark that covers several may not be its top. */
static uint32_t end_of(const sf_graph *g, uint32_t rep) {
    uint32_t end = rep + 1;
    while (end < g->count && g->parts[end].rep == rep)
        end++;
    return behind(g, end - 1 < rep ? rep : end - 1);
}

static bool is_one_of(const sf_graph *g, uint32_t i, const char *const *words, size_t count) {
    for (size_t w = 0; w < count; w++)
        if (sf_part_is(g, i, words[w]))
            return true;
    return false;
}

/* "her imaginary friend", "the singer", "R&B": what may stand in front of a name. */
static bool is_lead(const sf_graph *g, uint32_t i) {
    static const char *const words[] = {"her", "his", "their", "its", "'s", "’s", "&"};
    if (i >= g->count)
        return false;
    uint8_t pos = g->parts[i].pos;
    if (pos == SF_POS_DET || pos == SF_POS_ADJ || pos == SF_POS_NOUN || pos == SF_POS_PROPN ||
        pos == SF_POS_NUM || is_quote(g, i) || is_mark(g, i, "-"))
        return true;
    return is_one_of(g, i, words, SF_LEN(words));
}

/* The name that stands there, behind a few words that describe it; SF_NONE. */
static uint32_t described(const sf_graph *g, uint32_t at) {
    for (uint32_t i = at; i < g->count && i <= at + LONGEST_LEAD; i++) {
        uint32_t name = name_at(g, i);
        if (name != SF_NONE || !is_lead(g, i))
            return name;
    }
    return SF_NONE;
}

static bool is_and(const sf_graph *g, uint32_t i) {
    return sf_part_is(g, i, "and") || is_mark(g, i, "&");
}

/* "along with", "alongside": in a list of a cast they are an "and". */
static uint32_t behind_with(const sf_graph *g, uint32_t i) {
    static const char *const words[] = {"with", "alongside", "plus", "including", "opposite"};
    if (sf_part_is(g, i, "along"))
        i++;
    return is_one_of(g, i, words, SF_LEN(words)) ? i + 1 : i;
}

/* Behind what parts two items; `at` itself if nothing does. */
static uint32_t separator(const sf_graph *g, uint32_t at, bool cast) {
    uint32_t i = at;
    if (is_mark(g, i, ",;"))
        i++;
    if (is_and(g, i))
        i++;
    return cast ? behind_with(g, i) : i;
}

static bool says_part(const sf_graph *g, uint32_t at) {
    return sf_part_is(g, at, "as") && !sf_part_is(g, at + 1, "well");
}

/* Behind "as": to where the next item begins, or the phrase ends. */
static void take_part(const sf_graph *g, uint32_t at, item *out) {
    bool lead = true;
    out->said = true;
    out->part = at;
    for (uint32_t i = at; i < g->count && i <= at + LONGEST_PART; i++) {
        uint32_t name = lead && i <= at + LONGEST_AS ? name_at(g, i) : SF_NONE;
        if (name != SF_NONE) {
            out->as = name;
            out->end = end_of(g, name);
            return;
        }
        uint32_t next = separator(g, i, false);
        bool item_next = next != i && described(g, next) != SF_NONE;
        if (is_mark(g, i, ".;()") || item_next) {
            out->end = i;
            out->loose = !lead;
            out->noun = true;
            return;
        }
        lead = lead && is_lead(g, i);
    }
}

/* "in the title role" */
static uint32_t behind_role(const sf_graph *g, uint32_t at) {
    static const char *const words[] = {"role",  "roles",  "part",  "parts",      "lead",
                                        "cameo", "cameos", "debut", "appearance", "turn"};
    if (!sf_part_is(g, at, "in"))
        return at;
    for (uint32_t i = at + 1; i <= at + LONGEST_LEAD && is_lead(g, i); i++)
        if (is_one_of(g, i, words, SF_LEN(words)) && !is_lead(g, i + 1))
            return i + 1;
    return at;
}

static bool take_item(const sf_graph *g, uint32_t at, item *out) {
    uint32_t name = described(g, at);
    if (name == SF_NONE)
        return false;
    *out = (item){
        .name = name, .as = SF_NONE, .end = end_of(g, name), .led = name_at(g, at) == SF_NONE};
    out->end = behind_role(g, out->end);
    if (says_part(g, out->end)) {
        take_part(g, out->end + 1, out);
    } else if (is_mark(g, out->end, "(")) {
        uint32_t as = name_at(g, out->end + 1);
        if (as != SF_NONE && is_mark(g, end_of(g, as), ")")) {
            out->as = as;
            out->part = out->end;
            out->end = end_of(g, as) + 1;
            out->said = true;
        }
    }
    return true;
}

/* May they stand in one list? In a list of a cast, a band or a nickname is taken for anything; what
 * stands behind "as" is a part, and no list of parts holds an actor. */
static bool alike(const sf_graph *g, uint32_t a, uint32_t b, bool cast) {
    enum { HUMAN = 1 << SOFAR_PERSON | 1 << SOFAR_CHARACTER };
    enum { NAMED = HUMAN | 1 << SOFAR_ORGANIZATION | 1 << SOFAR_OTHER | 1 << SOFAR_PRODUCT };
    const sf_mark *x = sf_part_mark(g, a), *y = sf_part_mark(g, b);
    if (x->type == y->type)
        return true;
    unsigned both = x->type < 0 || y->type < 0 ? 0 : 1u << x->type | 1u << y->type;
    return x->type != SOFAR_CHARACTER && both && !(both & ~(unsigned)(cast ? NAMED : HUMAN));
}

/* May the item follow, behind the token `gap` that begins what parts them? */
static bool follows(const sf_graph *g, const item *before, uint32_t gap, const item *next,
                    bool cast) {
    bool comma = !is_and(g, gap) && !is_and(g, gap + 1); /* alone */
    bool verb = next->end < g->count &&
                (g->parts[next->end].pos == SF_POS_VERB || g->parts[next->end].pos == SF_POS_AUX);
    if ((before->loose || (before->noun && (comma || verb))) && !next->said)
        return false;                           /* "hired Ruiz as chief, and Park is to leave" */
    if (comma && (next->led || (cast && verb))) /* "stars Ruiz, director Park said" */
        return false;
    if (is_mark(g, gap, ";") && !next->said) /* "plays Mira; Park and Lund co-star" */
        return false;
    return alike(g, before->name, next->name, cast);
}

static bool holds(const item *items, size_t count, uint32_t part) {
    for (size_t i = 0; i < count; i++)
        if (items[i].name == part || items[i].as == part)
            return true;
    return false;
}

/* What an item is as hangs on its name: "her friend Mira" with the friend on Mira. */
static void hang_part(sf_graph *g, const item *it) {
    if (it->as != SF_NONE && sf_part_is(g, it->part - 1, "as"))
        g->parts[it->part - 1].head = it->as;
    for (uint32_t i = it->part; it->said && !it->loose && i < it->end; i++) {
        sf_part *p = &g->parts[i];
        bool out = p->head == SF_NONE || p->head < it->part || p->head >= it->end;
        if (i != it->as && (!out || p->rep != i || p->arc == SF_ARC_PUNCT || p->arc == SF_ARC_CASE))
            continue;
        bool beside = it->as != SF_NONE && i != it->as;
        p->head = beside ? it->as : it->name;
        p->arc = beside ? SF_ARC_COMPOUND : SF_ARC_NMOD;
    }
}

static void mend(sf_graph *g, const item *items, size_t count) {
    uint32_t first = items[0].name;
    uint32_t head = g->parts[first].head;
    uint8_t arc = g->parts[first].arc;
    for (size_t i = 0; i < count && head != SF_NONE && holds(items, count, head); i++) {
        head =
            g->parts[items[i].name].head; /* the first hangs on another: what does that hang on? */
        arc = g->parts[items[i].name].arc;
    }
    if (head != SF_NONE && holds(items, count, head))
        return;
    g->parts[first].head = head;
    g->parts[first].arc = arc;
    for (size_t i = 0; i < count; i++) {
        if (i) {
            g->parts[items[i].name].head = first;
            g->parts[items[i].name].arc = SF_ARC_CONJ;
            for (uint32_t k = items[i - 1].end; k < items[i].name; k++)
                if (g->parts[k].arc == SF_ARC_CASE) /* "along with" is an "and" */
                    g->parts[k].arc = SF_ARC_CC;
        }
        hang_part(g, &items[i]);
    }
}

static bool is_billing(const sf_graph *g, uint32_t i) {
    static const char *const verbs[] = {"stars",       "starring",  "co-stars",
                                        "co-starring", "costars",   "starred",
                                        "co-starred",  "featuring", "costarring"};
    return is_one_of(g, i, verbs, SF_LEN(verbs)) && g->parts[i].rep == i &&
           !(sf_part_mark(g, i) && sf_part_mark(g, i)->whole);
}

/* Does the name hang on a word that a cast is told with? */
static bool is_cast(const sf_graph *g, uint32_t name) {
    static const char *const words[] = {"feature",  "features", "featured", "include", "includes",
                                        "included", "appear",   "appears",  "star",    "cast",
                                        "voices",   "round",    "rounded",  "joined",  "reprise"};
    for (int step = 0; step < 2 && name != SF_NONE; step++) {
        name = g->parts[name].head;
        if (name != SF_NONE && (is_billing(g, name) || is_one_of(g, name, words, SF_LEN(words))))
            return true;
    }
    return false;
}

static bool is_above(const sf_graph *g, uint32_t above, uint32_t part) {
    for (uint32_t steps = 0; part != SF_NONE && steps < MOST_ITEMS; steps++) {
        if (part == above)
            return true;
        part = g->parts[part].head;
    }
    return false;
}

/* "stars Ana Ruiz": the verb and its object. */
static void bill(sf_graph *g, uint32_t verb) {
    uint32_t name = described(g, verb + 1);
    if (name == SF_NONE || name == verb)
        return;
    sf_part *v = &g->parts[verb], *n = &g->parts[name];
    if (is_above(g, name, verb)) { /* the verb takes the place that the name had */
        v->head = n->head;
        v->arc = n->arc;
        for (uint32_t i = verb > MOST_ITEMS ? verb - MOST_ITEMS : 0; i < verb; i++)
            if (g->parts[i].head == name) {
                g->parts[i].head = verb;
                if (g->parts[i].arc == SF_ARC_COMPOUND)
                    g->parts[i].arc = SF_ARC_NSUBJ;
            }
    }
    if (verb && g->parts[verb - 1].pos == SF_POS_NOUN && g->parts[verb - 1].head == verb &&
        g->parts[verb - 1].arc == SF_ARC_COMPOUND)
        g->parts[verb - 1].arc =
            SF_ARC_NSUBJ; /* "the film stars Ana Ruiz" is about no film stars */
    v->pos = SF_POS_VERB;
    n->head = verb;
    n->arc = SF_ARC_OBJ;
}

/* The items that begin with the name at the token, one at least. */
static size_t take_list(const sf_graph *g, uint32_t at, item *items, size_t *said) {
    bool cast = is_cast(g, name_at(g, at));
    size_t count = 0;
    *said = 0;
    for (uint32_t gap = at, next = at; count < MOST_ITEMS; next = separator(g, gap, cast)) {
        if (count && next == gap)
            break;
        if (!take_item(g, next, &items[count]) ||
            (count && !follows(g, &items[count - 1], gap, &items[count], cast)))
            break;
        *said += items[count].said;
        gap = items[count++].end;
    }
    return count;
}

void sf_graph_mend_lists(sf_graph *g) {
    for (uint32_t i = 0; i + 1 < g->count; i++)
        if (is_billing(g, i))
            bill(g, i);
    item items[MOST_ITEMS];
    for (uint32_t at = 0; at < g->count;) {
        if (name_at(g, at) == SF_NONE) {
            at++;
            continue;
        }
        size_t said;
        size_t count = take_list(g, at, items, &said);
        if (count >= 3 || (count >= 2 && said) || items[0].as != SF_NONE)
            mend(g, items, count);
        at = items[count - 1].end;
    }
}
