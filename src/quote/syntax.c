/* The analysis turned round: heads point up, here one can look down. Every pass is over tokens or
 * sentences, so all is linear, whatever the trees look like. */
#include "quote/syntax.h"

enum { CHILDREN = 64 }; /* dependents looked at */

typedef struct name {
    const char *word;
    uint32_t value;
} name;

static uint32_t look_up(const name *names, size_t count, sf_str word) {
    for (size_t i = 0; i < count; i++)
        if (sf_str_equal(word, sf_str_of(names[i].word)))
            return names[i].value;
    return 0;
}

/* "nsubj:outer" is a subject, too: subtypes that are not listed mean what their type does. */
static uint32_t relation(sf_str label) {
    static const name names[] = {{"nsubj", SF_DEP_SUBJECT},
                                 {"nsubj:pass", SF_DEP_PASSIVE_SUBJECT},
                                 {"obl:agent", SF_DEP_AGENT},
                                 {"obj", SF_DEP_OBJECT},
                                 {"iobj", SF_DEP_ADDRESSEE},
                                 {"ccomp", SF_DEP_CCOMP},
                                 {"xcomp", SF_DEP_XCOMP},
                                 {"advcl", SF_DEP_ADVCL},
                                 {"advcl:relcl", SF_DEP_ADVCL},
                                 {"acl", SF_DEP_ACL},
                                 {"acl:relcl", SF_DEP_RELCL},
                                 {"parataxis", SF_DEP_PARATAXIS},
                                 {"conj", SF_DEP_CONJ},
                                 {"obl", SF_DEP_OBLIQUE},
                                 {"nmod", SF_DEP_NMOD},
                                 {"nmod:poss", SF_DEP_OWNER},
                                 {"case", SF_DEP_CASE},
                                 {"mark", SF_DEP_MARK},
                                 {"punct", SF_DEP_PUNCT},
                                 {"det", SF_DEP_DET},
                                 {"flat", SF_DEP_FLAT},
                                 {"compound", SF_DEP_COMPOUND},
                                 {"appos", SF_DEP_APPOS},
                                 {"aux:pass", SF_DEP_PASSIVE_AUX},
                                 {"cc", SF_DEP_CC},
                                 {"amod", SF_DEP_AMOD},
                                 {"nummod", SF_DEP_NUMBER},
                                 {"advmod", SF_DEP_ADVERB},
                                 {"cop", SF_DEP_COP},
                                 {"aux", SF_DEP_AUX}};
    uint32_t found = look_up(names, SF_LEN(names), label);
    size_t colon = sf_str_find(label, SF_STR(":"), 0);
    return found || colon == SIZE_MAX ? found
                                      : look_up(names, SF_LEN(names), sf_str_sub(label, 0, colon));
}

static uint32_t *relations(sf_arena *arena, const sf_model *model, uint32_t count) {
    uint32_t *out = SF_ARRAY(arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++)
        out[i] = relation(sf_model_label(model, i));
    return out;
}

static uint8_t *tags(sf_arena *arena, const sf_model *model, uint32_t count) {
    static const name names[] = {{"VERB", SF_POS_VERB},
                                 {"NOUN", SF_POS_NOUN},
                                 {"PROPN", SF_POS_NAME},
                                 {"PRON", SF_POS_PRONOUN}};
    uint8_t *out = SF_ARRAY(arena, uint8_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        sf_str features = sf_model_features(model, i);
        out[i] = (uint8_t)look_up(names, SF_LEN(names), sf_model_upos(model, i));
        if (sf_str_find(features, SF_STR("Tense=Past"), 0) != SIZE_MAX)
            out[i] |= SF_POS_PAST;
    }
    return out;
}

static uint8_t *parts(sf_arena *arena, const sf_model *model, uint32_t count) {
    static const name names[] = {
        {"source", SF_PART_SOURCE}, {"cue", SF_PART_CUE}, {"content", SF_PART_CONTENT}};
    uint8_t *out = SF_ARRAY(arena, uint8_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        sf_str class = sf_model_attribution(model, i);
        if (class.len < 2)
            continue;
        out[i] = (uint8_t)look_up(names, SF_LEN(names), sf_str_sub(class, 2, class.len));
        if (class.ptr[0] == 'B')
            out[i] |= SF_PART_BEGINS;
    }
    return out;
}

/* Every token under its head; dependents come out in order. */
static void hang(sf_syntax *t, const sf_model_sentence *s) {
    uint32_t end = s->first_token + s->token_count, root = s->first_token;
    for (uint32_t i = end; i-- > s->first_token;) {
        uint32_t head = t->tokens[i].head;
        if (head == SF_NONE || head < s->first_token || head >= end || head == i) {
            root = i;
            continue;
        }
        t->next[i] = t->child[head];
        t->child[head] = i;
    }
    for (uint32_t i = s->first_token; i < end; i++)
        t->root[i] = root;
}

/* The stretch of each subtree: from the leaves upwards, a token when its last dependent is done. */
static void stretch(sf_syntax *t, const sf_model_sentence *s, uint32_t *waiting) {
    uint32_t end = s->first_token + s->token_count;
    for (uint32_t i = s->first_token; i < end; i++) {
        t->left[i] = i, t->right[i] = i + 1;
        waiting[i] = 0;
    }
    for (uint32_t i = s->first_token; i < end; i++)
        for (uint32_t c = t->child[i]; c != SF_NONE; c = t->next[c])
            waiting[i]++;
    for (uint32_t leaf = s->first_token; leaf < end; leaf++) {
        if (t->child[leaf] != SF_NONE)
            continue;
        for (uint32_t i = leaf; i != t->root[i];) {
            uint32_t head = t->tokens[i].head;
            if (t->left[i] < t->left[head])
                t->left[head] = t->left[i];
            if (t->right[i] > t->right[head])
                t->right[head] = t->right[i];
            if (--waiting[head] > 0)
                break;
            i = head;
        }
    }
}

static void place_words(sf_syntax *t, const sf_text *text) {
    uint32_t token = 0;
    for (uint32_t w = 0; w <= text->word_count; w++) {
        while (w < text->word_count && token < text->token_count &&
               text->tokens[token].span.begin < text->words[w].span.begin)
            token++;
        t->word_token[w] = w < text->word_count ? token : text->token_count;
    }
}

sf_syntax *sf_syntax_make(sf_arena *arena, const sf_text *text, const sf_model *model,
                          const sf_analysis *analysis) {
    uint32_t n = analysis->token_count;
    sf_model_facts about = sf_model_about(model);
    sf_syntax *t = SF_NEW(arena, sf_syntax);
    *t = (sf_syntax){.text = text,
                     .tokens = analysis->tokens,
                     .token_count = n,
                     .child = SF_ARRAY(arena, uint32_t, n + 1),
                     .next = SF_ARRAY(arena, uint32_t, n + 1),
                     .left = SF_ARRAY(arena, uint32_t, n + 1),
                     .right = SF_ARRAY(arena, uint32_t, n + 1),
                     .root = SF_ARRAY(arena, uint32_t, n + 1),
                     .word_token = SF_ARRAY(arena, uint32_t, text->word_count + 1),
                     .labels = relations(arena, model, about.labels),
                     .tags = tags(arena, model, about.tags),
                     .parts = parts(arena, model, about.attributions),
                     .label_count = about.labels,
                     .tag_count = about.tags,
                     .part_count = about.attributions};
    uint32_t *waiting = SF_ARRAY(arena, uint32_t, n + 1);
    memset(t->child, 0xFF, sizeof(uint32_t) * ((size_t)n + 1));
    memset(t->next, 0xFF, sizeof(uint32_t) * ((size_t)n + 1));
    for (uint32_t i = 0; i < analysis->sentence_count; i++) {
        hang(t, &analysis->sentences[i]);
        stretch(t, &analysis->sentences[i], waiting);
    }
    place_words(t, text);
    return t;
}

uint32_t sf_syntax_child(const sf_syntax *t, uint32_t token, uint32_t set) {
    uint32_t c = t->child[token];
    for (int i = 0; c != SF_NONE && i < CHILDREN; i++, c = t->next[c])
        if (sf_syntax_rel(t, c, set))
            return c;
    return SF_NONE;
}

uint32_t sf_syntax_at(const sf_syntax *t, uint32_t byte) {
    uint32_t low = 0, high = t->token_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (t->text->tokens[mid].span.end <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}
