/* Of what patterns found in a sentence, which to keep: what is said less fully by another, or twice
 * in other words, goes. */
#include "fact/beat.h"

typedef struct keeping {
    const sf_tree *tree;
    const sofar_name *names; /* NULL: each is its own subject */
} keeping;

static uint32_t subject_of(const keeping *k, const sf_filler *f) {
    return f->name == SF_NONE ? SF_NONE : k->names ? k->names[f->name].subject : f->name;
}

static bool same_filler(const keeping *k, const sf_filler *a, const sf_filler *b) {
    if (a->name != SF_NONE && b->name != SF_NONE)
        return subject_of(k, a) == subject_of(k, b);
    return a->name == b->name && a->time == b->time && a->span.begin == b->span.begin &&
           a->span.end == b->span.end;
}

/* Says b all that a says? */
static bool covers(const keeping *k, const sf_found *b, const sf_found *a) {
    if (a->pattern->type != b->pattern->type || (a->held & ~b->held) ||
        (b->pattern->bare && a->pattern->left != SF_NONE)) /* "Director Ana Ruiz (Low Tide)" */
        return false;
    for (uint32_t r = 0; r < SF_MAX_ROLES; r++)
        if (a->held & 1u << r && !same_filler(k, &a->fillers[r], &b->fillers[r]))
            return false;
    return true;
}

/* Do both say the same but for words, which b has from the predicate and a from what stands beside:
 * "founder Ana Ruiz resigned as president"? */
static bool outdoes(const keeping *k, const sf_found *b, const sf_found *a) {
    bool words = false;
    if (a->pattern->type != b->pattern->type || (a->held & ~b->held) || a->beside <= b->beside)
        return false;
    for (uint32_t r = 0; r < SF_MAX_ROLES; r++) {
        if (!(a->held & 1u << r) || same_filler(k, &a->fillers[r], &b->fillers[r]))
            continue;
        if (!(a->pattern->type->roles[r].types & SF_TYPE_WORD) || a->fillers[r].name != SF_NONE)
            return false;
        words = true;
    }
    return words;
}

/* Are they joined by a preposition: "the Golden Lantern for best debut"? */
static bool is_joined(const keeping *k, sf_span a, sf_span b) {
    const sf_text *text = k->tree->text;
    sf_span left = a.begin < b.begin ? a : b, right = a.begin < b.begin ? b : a;
    uint32_t first = sf_text_token_at(text, left.end), end = sf_text_token_at(text, right.begin);
    const sf_node *nodes = k->tree->nodes;
    if (first >= end || end - first > 2 || nodes[first].pos != SF_POS_ADP)
        return false;
    return end - first == 1 || nodes[first + 1].pos == SF_POS_DET;
}

static bool is_capital(const keeping *k, sf_span span) {
    char c = sf_span_of(k->tree->text->text, span).ptr[0];
    return c >= 'A' && c <= 'Z';
}

/* Do both say one thing in two words for it? Then one is enough: the fuller, else the name in
 * front, else what is behind ("the prize for best debut"). */
static bool doubles(const keeping *k, const sf_found *a, const sf_found *b) {
    bool joined = false, less = false;
    if (a->pattern->type != b->pattern->type || a->anchor != b->anchor)
        return false;
    for (uint32_t r = 0; r < SF_MAX_ROLES; r++) {
        if (!(a->held & b->held & 1u << r) || same_filler(k, &a->fillers[r], &b->fillers[r]))
            continue;
        if (joined || !(a->pattern->type->roles[r].types & SF_TYPE_WORD) ||
            !is_joined(k, a->fillers[r].span, b->fillers[r].span))
            return false;
        joined = true;
        bool first = a->fillers[r].span.begin < b->fillers[r].span.begin;
        less = first ? !is_capital(k, a->fillers[r].span) : is_capital(k, b->fillers[r].span);
    }
    if (!joined || (a->held & ~b->held))
        return false;
    return a->held != b->held || less;
}

void sf_found_keep_fullest(const sf_tree *tree, const sofar_name *names, sf_founds *out,
                           size_t first) {
    const keeping keep = {tree, names}, *k = &keep;
    sf_found *at = out->at + first;
    size_t count = out->count - first, kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool drop = false;
        for (size_t n = 0; n < count && !drop; n++)
            drop = n != i && ((covers(k, &at[n], &at[i]) && (at[n].held != at[i].held || n < i)) ||
                              outdoes(k, &at[n], &at[i]) || doubles(k, &at[i], &at[n]));
        if (!drop)
            at[kept++] = at[i];
    }
    out->count = first + kept;
}
