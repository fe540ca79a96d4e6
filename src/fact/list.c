/* Lists of names, read off the words: "Ana Ruiz as Mira, Jo Park as her father and Tom Hale". A
 * small model tears them: it takes a member for an apposition, or hangs it on the role of the
 * member before.
 *
 * An item is a name with what it is "as" (a name or "a nurse who ..."), has in brackets or "in the
 * title role"; items stand side by side with commas and "and" between, in a cast "alongside", too.
 * Where there are three, or two of which one says its part, the first keeps its place in the tree
 * and the others become coordinated with it. What may be no item ends the list: nothing is guessed.
 *
 * In a cast ("stars Ana Ruiz as Mira, a nurse who ..., and Jo Park as her father") what is told of
 * a part may stand between an item and the next that says its own. */
#include "fact/list.h"

enum { LONGEST_AS = 7, LONGEST_PART = 40 };

typedef struct item {
    uint32_t name, as; /* parts; as SF_NONE */
    uint32_t part;     /* token where what it is as begins */
    uint32_t end;      /* token behind it */
    bool said;         /* it says what its part is, by name or not */
    bool loose;  /* "as a nurse who ...": where that ends is open, so what follows must say its part
                  */
    bool noun;   /* "as her husband": a name behind a comma may be the husband's */
    bool led;    /* "newcomer Ana Ruiz" */
    bool joined; /* "along with Ana Ruiz", "and special appearances by Ana Ruiz" */
} item;

bool sf_list_is_mark(const sf_graph *g, uint32_t part, const char *marks) {
    sf_str form = part < g->count ? sf_part_form(g, part) : SF_ABSENT;
    return form.len == 1 && strchr(marks, form.ptr[0]) != NULL;
}

static bool is_quote(const sf_graph *g, uint32_t part) {
    return part < g->count && g->parts[part].arc == SF_ARC_PUNCT &&
           !sf_list_is_mark(g, part, ",;:.()-") && sf_part_form(g, part).len <= 3 &&
           !sf_part_is(g, part, "...");
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

uint32_t sf_list_name_at(const sf_graph *g, uint32_t at) {
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
bool sf_list_is_lead(const sf_graph *g, uint32_t i) {
    static const char *const words[] = {"her", "his", "their", "its", "'s", "’s", "&"};
    if (i >= g->count)
        return false;
    uint8_t pos = g->parts[i].pos;
    if (pos == SF_POS_DET || pos == SF_POS_ADJ || pos == SF_POS_NOUN || pos == SF_POS_PROPN ||
        pos == SF_POS_NUM || is_quote(g, i) || sf_list_is_mark(g, i, "-"))
        return true;
    return is_one_of(g, i, words, SF_LEN(words));
}

uint32_t sf_list_described(const sf_graph *g, uint32_t at) {
    for (uint32_t i = at; i < g->count && i <= at + SF_LONGEST_LEAD; i++) {
        uint32_t name = sf_list_name_at(g, i);
        if (name != SF_NONE || !sf_list_is_lead(g, i))
            return name;
    }
    return SF_NONE;
}

static bool is_and(const sf_graph *g, uint32_t i) {
    return sf_part_is(g, i, "and") || sf_list_is_mark(g, i, "&");
}

/* Behind what parts two items; `at` itself if nothing does. joined: by "along with" or the like. */
static uint32_t separator(const sf_graph *g, uint32_t at, bool cast, bool *joined) {
    uint32_t i = at;
    *joined = false;
    if (sf_list_is_mark(g, i, ",;"))
        i++;
    if (is_and(g, i))
        i++;
    if (!cast)
        return i;
    uint32_t with = sf_bill_behind_with(g, i);
    uint32_t name = with == at ? with : sf_bill_announced(g, with);
    *joined = name != i;
    return name;
}

static bool says_part(const sf_graph *g, uint32_t at) {
    return sf_part_is(g, at, "as") && !sf_part_is(g, at + 1, "well");
}

/* Does an item begin behind what parts it from token i? A preposition alone is none: "as a nurse
 * with Leo Park". */
static bool begins_item(const sf_graph *g, uint32_t i, bool cast) {
    bool joined;
    uint32_t next = separator(g, i, cast, &joined);
    if (joined && next == i + 1)
        return false;
    return next != i && sf_list_described(g, next) != SF_NONE;
}

/* Behind "as": to where the next item begins, or the phrase ends. */
static void take_part(const sf_graph *g, uint32_t at, bool cast, item *out) {
    bool lead = true;
    out->said = true;
    out->part = at;
    for (uint32_t i = at; i < g->count && i <= at + LONGEST_PART; i++) {
        uint32_t name = lead && i <= at + LONGEST_AS ? sf_list_name_at(g, i) : SF_NONE;
        if (name != SF_NONE) {
            out->as = name;
            out->end = end_of(g, name);
            return;
        }
        if (sf_list_is_mark(g, i, ".;()") || begins_item(g, i, cast)) {
            out->end = i;
            out->loose = !lead;
            out->noun = true;
            return;
        }
        lead = lead && sf_list_is_lead(g, i);
    }
}

/* The name of a part that may stand there. */
static void take_name(const sf_graph *g, uint32_t at, item *out) {
    uint32_t as = sf_list_name_at(g, at + 1);
    if (as == SF_NONE)
        return;
    out->as = as;
    out->part = at;
    out->end = end_of(g, as);
    out->said = true;
}

static bool take_item(const sf_graph *g, uint32_t at, bool cast, item *out) {
    uint32_t name = sf_list_described(g, at);
    if (name == SF_NONE)
        return false;
    *out = (item){.name = name,
                  .as = SF_NONE,
                  .end = end_of(g, name),
                  .led = sf_list_name_at(g, at) == SF_NONE};
    uint32_t role = out->end;
    out->end = sf_bill_behind_role(g, out->end);
    if (role != out->end && sf_part_is(g, out->end, "of"))
        take_name(g, out->end, out); /* "in the role of Mira" */
    if (says_part(g, out->end)) {
        take_part(g, out->end + 1, cast, out);
    } else if (sf_list_is_mark(g, out->end, "(")) {
        item in = *out;
        take_name(g, out->end, &in);
        if (in.said && sf_list_is_mark(g, in.end, ")")) {
            in.end++;
            *out = in;
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
    bool comma = !next->joined && !is_and(g, gap) && !is_and(g, gap + 1); /* alone */
    bool verb = next->end < g->count &&
                (g->parts[next->end].pos == SF_POS_VERB || g->parts[next->end].pos == SF_POS_AUX);
    if ((before->loose || (before->noun && (comma || verb))) && !next->said && !next->joined)
        return false; /* "hired Ruiz as chief, and Park is to leave" */
    if (next->joined && cast && (next->led || verb) && !next->said)
        return false;                           /* "stars Ruiz, with director Park returning" */
    if (comma && (next->led || (cast && verb))) /* "stars Ruiz, director Park said" */
        return false;
    if (sf_list_is_mark(g, gap, ";") && !next->said) /* "plays Mira; Park and Lund co-star" */
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

/* What is told of a part ends where the next item says its own: "as Mira, a nurse who ..., and Jo
 * Park as her father". The token that parts it; `at` itself where none follows. */
static uint32_t behind_telling(const sf_graph *g, uint32_t at) {
    bool telling = sf_list_is_mark(g, at, ",") || sf_part_is(g, at, "who") ||
                   (at < g->count && g->parts[at].pos == SF_POS_VERB &&
                    sf_str_ends(sf_part_form(g, at), SF_STR("ing")));
    if (!telling || sf_list_name_at(g, at + 1) != SF_NONE)
        return at;
    for (uint32_t i = at; i < g->count && i <= at + LONGEST_PART; i++) {
        bool joined;
        uint32_t next = separator(g, i, true, &joined);
        uint32_t name = next == i ? SF_NONE : sf_list_name_at(g, next);
        if (sf_list_is_mark(g, i, ".;"))
            return at;
        if (name != SF_NONE && (joined ? next > i + 1 : says_part(g, end_of(g, name))))
            return i;
    }
    return at;
}

/* The items that begin with the name at the token, one at least. */
static size_t take_list(const sf_graph *g, uint32_t at, item *items, size_t *said) {
    bool cast = sf_bill_is_cast(g, sf_list_name_at(g, at)), joined = false;
    size_t count = 0;
    *said = 0;
    for (uint32_t gap = at, next = at; count < SF_MOST_ITEMS;
         next = separator(g, gap, cast, &joined)) {
        if (count && next == gap)
            break;
        if (!take_item(g, next, cast, &items[count]))
            break;
        items[count].joined = joined;
        if (count && !follows(g, &items[count - 1], gap, &items[count], cast))
            break;
        *said += items[count].said;
        gap = items[count++].end;
        if (cast)
            gap = behind_telling(g, gap);
    }
    return count;
}

void sf_graph_mend_lists(sf_graph *g) {
    sf_bill_objects(g);
    item items[SF_MOST_ITEMS];
    for (uint32_t at = 0; at < g->count;) {
        if (sf_list_name_at(g, at) == SF_NONE) {
            at++;
            continue;
        }
        size_t said;
        size_t count = take_list(g, at, items, &said);
        uint32_t end = items[count - 1].end;
        uint32_t verb = count < 2 ? SF_NONE : sf_bill_together(g, end);
        if (count >= 3 || (count >= 2 && said) || items[0].as != SF_NONE || verb != SF_NONE)
            mend(g, items, count);
        if (verb != SF_NONE)
            sf_bill_subject(g, items[0].name, verb);
        at = end;
    }
}
