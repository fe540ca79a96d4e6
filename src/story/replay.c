/* What decisions do to the reading of a page. */
#include "story/decision.h"
#include "story/inner.h"

/* ---- names ---- */

static bool same_name(sf_arena *arena, sf_str a, sf_str b) {
    return sf_str_equal_ci(a, b) ||
           sf_str_equal(sf_text_fold_name(arena, a), sf_text_fold_name(arena, b));
}

bool sf_decided_agree(sf_arena *arena, sf_str a, sf_str b) {
    sf_str x = sf_text_fold_name(arena, a), y = sf_text_fold_name(arena, b);
    sf_str shorter = x.len < y.len ? x : y, longer = x.len < y.len ? y : x;
    if (!shorter.len)
        return sf_str_equal_ci(a, b);
    for (sf_str word; (word = sf_str_take_word(&shorter)).len;)
        if (!sf_story_has_word(longer, word))
            return false;
    return true;
}

/* The decision makes `from` into `to` everywhere. */
static bool moves(const sf_decision *d, sf_str *from, sf_str *to) {
    *from = d->verdict == SF_JOIN ? d->other : d->subject;
    *to = d->verdict == SF_JOIN ? d->subject : d->other;
    return !d->undone && (d->verdict == SF_JOIN || d->verdict == SF_RENAME);
}

sf_str sf_decisions_name(sf_arena *arena, const sf_decisions *all, sf_str name) {
    sf_str from, to;
    for (size_t i = 0; i < all->count; i++)
        if (moves(&all->at[i], &from, &to) && same_name(arena, from, name))
            name = to;
    return name;
}

typedef sf_vec(sf_str) names;

static void add(sf_arena *arena, names *list, sf_str name) {
    for (size_t i = 0; i < list->count; i++)
        if (sf_str_equal_ci(list->at[i], name))
            return;
    *SF_PUSH(arena, list) = name;
}

void sf_decisions_names(sf_arena *arena, const sf_decisions *all, sf_str name, sf_str **out,
                        size_t *count) {
    names list = {0};
    sf_str from, to;
    *SF_PUSH(arena, &list) = name;
    for (size_t i = all->count; i-- > 0;) { /* backwards: a name's names come after it */
        const sf_decision *d = &all->at[i];
        bool moved = moves(d, &from, &to), split = d->verdict == SF_SPLIT && !d->undone;
        for (size_t k = 0, n = list.count; k < n && (moved || split); k++)
            if (same_name(arena, split ? d->other : to, list.at[k]))
                add(arena, &list, split ? d->subject : from);
    }
    *out = list.at;
    *count = list.count;
}

/* ---- receipts ---- */

static bool same_page(const sf_decided_receipt *r, const sf_capture *c) {
    return sf_str_equal(r->sha256, sf_str_of(c->clipping.sha256)) ||
           (r->url.len && c->clipping.url.len && sf_str_equal(r->url, c->clipping.url));
}

/* Of several places of the words the one that is nearest to where they were. */
bool sf_decided_locate(const sf_decided_receipt *r, const sf_capture *c, sf_span *out) {
    sf_str text = c->clipping.text;
    uint32_t best = UINT32_MAX;
    *out = (sf_span){0, 0};
    if (!same_page(r, c))
        return false;
    if (!r->exact.len)
        return true;
    for (size_t at = 0; (at = sf_str_find(text, r->exact, at)) != SIZE_MAX; at++) {
        uint32_t begin = (uint32_t)at,
                 off = begin > r->span.begin ? begin - r->span.begin : r->span.begin - begin;
        if (off < best) {
            best = off;
            *out = (sf_span){begin, (uint32_t)(at + r->exact.len)};
        }
    }
    return best != UINT32_MAX;
}

static bool on_page(const sf_decision *d, const sf_capture *c) {
    for (size_t i = 0; i < d->receipt_count; i++)
        if (same_page(&d->receipts[i], c))
            return true;
    return false;
}

bool sf_decisions_elsewhere(sf_arena *arena, const sf_decisions *all, const sf_capture *c,
                            sf_str asked, sf_str name) {
    bool elsewhere = false;
    for (size_t i = 0; i < all->count; i++) {
        const sf_decision *d = &all->at[i];
        if (d->undone || d->verdict != SF_SPLIT || !same_name(arena, d->subject, name))
            continue;
        bool here = on_page(d, c), is_other = same_name(arena, d->other, asked);
        elsewhere = is_other ? !here : here || elsewhere;
        if (is_other)
            return elsewhere;
    }
    return elsewhere;
}

bool sf_decisions_apart(sf_arena *arena, const sf_decisions *all, sf_str a, sf_str b) {
    for (size_t i = 0; i < all->count; i++) {
        const sf_decision *d = &all->at[i];
        if (!d->undone && d->verdict == SF_SPLIT &&
            ((same_name(arena, d->subject, a) && same_name(arena, d->other, b)) ||
             (same_name(arena, d->subject, b) && same_name(arena, d->other, a))))
            return true;
    }
    return false;
}

/* No role that both have is filled otherwise: of those whom one sentence lists each is a fact of
 * its own. */
static bool tells(sf_arena *arena, const sf_decisions *all, const sf_decided_fact *decided,
                  const sf_told_fact *f) {
    if (!sf_str_equal(decided->type, f->type))
        return false;
    for (size_t i = 0; i < decided->role_count; i++)
        for (size_t k = 0; k < f->role_count; k++) {
            const sf_decided_role *d = &decided->roles[i];
            const sf_told_role *r = &f->roles[k];
            if (sf_str_equal(d->name, r->name) && !sf_decided_agree(arena, d->value, r->value) &&
                !sf_decided_agree(arena, sf_decisions_name(arena, all, d->value), r->value))
                return false;
        }
    return true;
}

const sf_decision *sf_decisions_about(sf_arena *arena, const sf_decisions *all,
                                      const sf_told_fact *f) {
    for (size_t i = all->count; i-- > 0;) {
        const sf_decision *d = &all->at[i];
        const sf_decided_fact *about = d->verdict == SF_CORRECT ? &d->should : &d->fact;
        if (d->undone || d->verdict > SF_CORRECT || !tells(arena, all, about, f))
            continue;
        for (size_t k = 0; k < d->receipt_count; k++)
            for (size_t r = 0; r < f->receipt_count; r++) {
                sf_span at;
                if (f->receipts[r].page &&
                    sf_decided_locate(&d->receipts[k], f->receipts[r].page, &at) &&
                    sf_span_overlaps(at, f->receipts[r].span))
                    return d;
            }
    }
    return NULL;
}

/* ---- lists ---- */

/* A copy of a list, with room for `more` behind it. */
static void *copied(sf_arena *arena, const void *at, size_t count, size_t more, size_t item) {
    char *out = SF_ARRAY(arena, char, (count + more) * item);
    if (count)
        memcpy(out, at, count * item);
    return out;
}

/* Puts the item into the list at a place, in a copy. */
static void *with(sf_arena *arena, const void *list, size_t count, size_t place, const void *item,
                  size_t size) {
    char *out = copied(arena, list, count, 1, size);
    memmove(out + (place + 1) * size, out + place * size, (count - place) * size);
    memcpy(out + place * size, item, size);
    return out;
}

/* ---- facts ---- */

typedef struct replay {
    sf_arena *arena;
    sf_capture *page;
} replay;

static const sofar_role *role_of(const sofar_fact *f, sf_str name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, name))
            return &f->roles[i];
    return NULL;
}

/* The reading's fact says what was decided on, as planned, rumoured or done: roles filled alike. */
static bool is_fact(const replay *p, const sofar_fact *f, const sf_decided_fact *decided) {
    if (!sf_str_equal(f->type, decided->type))
        return false;
    size_t common = 0;
    for (size_t i = 0; i < decided->role_count; i++) {
        const sf_decided_role *d = &decided->roles[i];
        const sofar_role *r = role_of(f, d->name);
        if (!r)
            continue; /* a page may say less than all pages together */
        common++;
        sf_str value = r->subject != SOFAR_NOBODY ? p->page->subjects[r->subject].name : r->value;
        if (!sf_decided_agree(p->arena, value, d->value))
            return false;
    }
    return common == f->role_count && common > 0;
}

/* Where the page says it; false if none of the receipts is this page's. */
static bool place_of(const replay *p, const sf_decision *d, sf_span *out) {
    for (size_t i = 0; i < d->receipt_count; i++)
        if (d->receipts[i].exact.len && sf_decided_locate(&d->receipts[i], p->page, out))
            return true;
    return false;
}

static bool touches(const sofar_fact *f, sf_span place) {
    for (size_t i = 0; i < f->receipt_count; i++)
        if (sf_span_overlaps(f->receipts[i], place))
            return true;
    return false;
}

/* Takes away what says `decided` at the place; tells how many there were. */
static size_t remove_fact(replay *p, const sf_decided_fact *decided, sf_span place) {
    sofar_fact *left = SF_ARRAY(p->arena, sofar_fact, p->page->fact_count);
    sf_relays *relays = SF_ARRAY(p->arena, sf_relays, p->page->fact_count);
    size_t count = 0;
    for (size_t i = 0; i < p->page->fact_count; i++) {
        const sofar_fact *f = &p->page->facts[i];
        if (touches(f, place) && is_fact(p, f, decided))
            continue;
        relays[count] = p->page->gist.relays[i];
        left[count++] = *f;
    }
    size_t gone = p->page->fact_count - count;
    p->page->facts = left;
    p->page->gist.relays = relays;
    p->page->fact_count = count;
    return gone;
}

/* The page's subject of that name, else of a part of it if there is just one; else a new one. */
static uint32_t subject_of(replay *p, const sf_decided_role *role) {
    sf_capture *c = p->page;
    uint32_t part = SOFAR_NOBODY, parts = 0;
    for (uint32_t i = 0; i < c->subject_count; i++) {
        if (same_name(p->arena, c->subjects[i].name, role->value))
            return i;
        if (c->subjects[i].type == role->type &&
            sf_decided_agree(p->arena, c->subjects[i].name, role->value)) {
            part = i;
            parts++;
        }
    }
    if (parts == 1)
        return part;
    const sofar_subject one = {.name = role->value, .type = role->type};
    c->subjects = with(p->arena, c->subjects, c->subject_count, c->subject_count, &one, sizeof one);
    return (uint32_t)c->subject_count++;
}

/* In the order of their receipts, as facts of a reading come. */
static void add_fact(replay *p, const sf_decided_fact *decided, sf_span place) {
    sf_capture *c = p->page;
    sofar_fact f = {.type = decided->type,
                    .roles = SF_ARRAY(p->arena, sofar_role, decided->role_count),
                    .role_count = decided->role_count,
                    .when = decided->when,
                    .status = decided->status,
                    .by = SOFAR_NOBODY,
                    .receipts = SF_NEW(p->arena, sofar_span),
                    .receipt_count = 1};
    f.receipts[0] = place;
    for (size_t i = 0; i < decided->role_count; i++) {
        const sf_decided_role *d = &decided->roles[i];
        f.roles[i] = (sofar_role){.name = d->name,
                                  .subject = d->subject ? subject_of(p, d) : SOFAR_NOBODY,
                                  .value = d->subject ? SF_ABSENT : d->value};
    }
    const sf_relays none = {0}; /* what a reviewer says stands on the page is the page's own */
    size_t at = 0;
    while (at < c->fact_count && c->facts[at].receipt_count &&
           c->facts[at].receipts[0].begin <= place.begin)
        at++;
    c->facts = with(p->arena, c->facts, c->fact_count, at, &f, sizeof f);
    c->gist.relays = with(p->arena, c->gist.relays, c->fact_count, at, &none, sizeof none);
    c->fact_count++;
}

static bool says(const replay *p, const sf_decided_fact *decided, sf_span place) {
    for (size_t i = 0; i < p->page->fact_count; i++)
        if (touches(&p->page->facts[i], place) && is_fact(p, &p->page->facts[i], decided))
            return true;
    return false;
}

static void on_fact(replay *p, const sf_decision *d) {
    sf_span place;
    if (!place_of(p, d, &place))
        return;
    if (d->verdict != SF_ACCEPT)
        remove_fact(p, &d->fact, place);
    const sf_decided_fact *stays = d->verdict == SF_CORRECT ? &d->should : &d->fact;
    if (d->verdict != SF_REJECT && !says(p, stays, place))
        add_fact(p, stays, place);
}

/* ---- subjects ---- */

/* Everything that speaks of subject `from` speaks of `to`. */
static void redirect(replay *p, uint32_t from, uint32_t to) {
    sf_capture *c = p->page;
    sofar_name *mentions = SF_ARRAY(p->arena, sofar_name, c->name_count);
    sofar_quote *quotes = SF_ARRAY(p->arena, sofar_quote, c->quote_count);
    sofar_fact *facts = SF_ARRAY(p->arena, sofar_fact, c->fact_count);
    for (size_t i = 0; i < c->name_count; i++) {
        mentions[i] = c->names[i];
        if (mentions[i].subject == from)
            mentions[i].subject = to;
    }
    for (size_t i = 0; i < c->quote_count; i++) {
        quotes[i] = c->quotes[i];
        quotes[i].speaker = quotes[i].speaker == from ? to : quotes[i].speaker;
        quotes[i].to = quotes[i].to == from ? to : quotes[i].to;
    }
    for (size_t i = 0; i < c->fact_count; i++) {
        facts[i] = c->facts[i];
        facts[i].by = facts[i].by == from ? to : facts[i].by;
        facts[i].roles = SF_ARRAY(p->arena, sofar_role, facts[i].role_count);
        for (size_t r = 0; r < facts[i].role_count; r++) {
            facts[i].roles[r] = c->facts[i].roles[r];
            if (facts[i].roles[r].subject == from)
                facts[i].roles[r].subject = to;
        }
    }
    c->names = mentions;
    c->quotes = quotes;
    c->facts = facts;
}

/* The page's subjects of the name `from` are called `to`; one that is called so already takes
 * over. The old name stays as an alias unless they are different beings. */
static void call(replay *p, sf_str from, sf_str to, bool keep) {
    sf_capture *c = p->page;
    sofar_subject *subjects = copied(p->arena, c->subjects, c->subject_count, 0, sizeof *subjects);
    uint32_t first = SOFAR_NOBODY;
    for (uint32_t i = 0; i < c->subject_count; i++)
        if (sf_str_equal(subjects[i].name, to))
            first = first == SOFAR_NOBODY ? i : first;
    c->subjects = subjects;
    for (uint32_t i = 0; i < c->subject_count; i++) {
        sofar_subject *s = &subjects[i];
        if (i == first || !same_name(p->arena, s->name, from))
            continue;
        sofar_subject *is = first == SOFAR_NOBODY ? s : &subjects[first];
        if (keep) {
            sf_str *aliases = copied(p->arena, is->aliases, is->alias_count, 1, sizeof *aliases);
            aliases[is->alias_count++] = s->name;
            is->aliases = aliases;
        }
        s->name = to;
        if (first == SOFAR_NOBODY)
            first = i;
        else
            redirect(p, i, first);
    }
}

void sf_decisions_apply(sf_arena *arena, const sf_decisions *all, sf_capture *capture) {
    replay p = {arena, capture};
    sf_str from, to;
    for (size_t i = 0; i < all->count; i++) {
        const sf_decision *d = &all->at[i];
        if (d->undone)
            continue;
        if (d->verdict <= SF_CORRECT)
            on_fact(&p, d);
        else if (moves(d, &from, &to))
            call(&p, from, to, true);
        else if (d->verdict == SF_SPLIT && on_page(d, capture))
            call(&p, d->subject, d->other, false);
    }
}
