/* Lists of names, read off the words: "Ana Ruiz as Mira, Jo Park as Leo and Tom Hale". A small
 * model tears them: it takes a member for an apposition, or hangs it on the role of the member
 * before.
 *
 * An item is a name with what it is "as" or has in brackets; items stand side by side with commas
 * and "and" between. Where there are three, or two of which one has an "as", the first keeps its
 * place in the tree and the others become coordinated with it.
 *
 * The name right behind a verb of billing is its object, whatever the tree has: "a film based on
 * the novel of the same name starring Ana Ruiz". */
#include "fact/proposition.h"

enum { LONGEST_AS = 7, MOST_ITEMS = 64 };

typedef struct item {
    uint32_t name, as; /* parts; as SF_NONE */
    uint32_t end;      /* token behind it */
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
    return m && m->whole && (m->name != SF_NONE || m->role != SF_NONE) && m->time == SF_NONE
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

static bool take_item(const sf_graph *g, uint32_t at, item *out) {
    uint32_t name = name_at(g, at);
    if (name == SF_NONE)
        return false;
    *out = (item){name, SF_NONE, end_of(g, name)};
    if (sf_part_is(g, out->end, "as") && !sf_part_is(g, out->end + 1, "well")) {
        for (uint32_t i = out->end + 1; i < g->count && i <= out->end + LONGEST_AS; i++) {
            if (is_mark(g, i, ",;.") || sf_part_is(g, i, "and"))
                break;
            uint32_t as = name_at(g, i);
            if (as == SF_NONE)
                continue;
            out->as = as;
            out->end = end_of(g, as);
            break;
        }
    } else if (is_mark(g, out->end, "(")) {
        uint32_t as = name_at(g, out->end + 1);
        if (as != SF_NONE && is_mark(g, end_of(g, as), ")")) {
            out->as = as;
            out->end = end_of(g, as) + 1;
        }
    }
    return true;
}

/* Behind what parts two items; `at` itself if nothing does. */
static uint32_t separator(const sf_graph *g, uint32_t at) {
    uint32_t i = at;
    if (is_mark(g, i, ",;"))
        i++;
    if (sf_part_is(g, i, "and") || is_mark(g, i, "&"))
        i++;
    return i;
}

static bool holds(const item *items, size_t count, uint32_t part) {
    for (size_t i = 0; i < count; i++)
        if (items[i].name == part || items[i].as == part)
            return true;
    return false;
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
        }
        if (items[i].as != SF_NONE) {
            g->parts[items[i].as].head = items[i].name;
            g->parts[items[i].as].arc = SF_ARC_NMOD;
        }
    }
}

static bool is_billing(const sf_graph *g, uint32_t i) {
    static const char *const verbs[] = {"stars",      "starring", "co-stars",  "co-starring",
                                        "costars",    "starred",  "featuring", "co-starred",
                                        "costarring", NULL};
    for (size_t k = 0; verbs[k]; k++)
        if (sf_part_is(g, i, verbs[k]))
            return g->parts[i].rep == i && !(sf_part_mark(g, i) && sf_part_mark(g, i)->whole);
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
    uint32_t name = name_at(g, verb + 1);
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
    v->pos = SF_POS_VERB;
    n->head = verb;
    n->arc = SF_ARC_OBJ;
}

void sf_graph_mend_lists(sf_graph *g) {
    for (uint32_t i = 0; i + 1 < g->count; i++)
        if (is_billing(g, i))
            bill(g, i);
    item items[MOST_ITEMS];
    for (uint32_t at = 0; at < g->count;) {
        size_t count = 0, with = 0;
        uint32_t next = at;
        while (count < MOST_ITEMS && take_item(g, next, &items[count])) {
            const sf_mark *first = sf_part_mark(g, items[0].name);
            const sf_mark *this = sf_part_mark(g, items[count].name);
            if (first->type != this->type)
                break;
            with += items[count].as != SF_NONE;
            at = items[count].end;
            count++;
            next = separator(g, at);
            if (next == at)
                break;
        }
        if (count >= 3 || (count >= 1 && with))
            mend(g, items, count);
        if (!count)
            at++;
    }
}
