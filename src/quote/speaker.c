/* Verbs of saying, and who speaks at them.
 *
 * A word is a cue if it is a verb of cue.txt or the model takes it for one. Its speaker is read off
 * the tree: the verb's own subject; for "and said", "went on to say", ", saying" that of the verb
 * it hangs on; the antecedent of "who"; the agent of a passive; the owner of "Ruiz's claim"; for "a
 * statement saying" whoever gave it. Only where the tree knows nobody, the nearest words that the
 * model takes for a source count. Every climb and search is bounded.
 */
#include "quote/speaker.h"

#include "quote/whom.h"

enum { CLIMB = 8, REACH = 40, PHRASE = 24 };

static bool spells(const sf_scene *s, uint32_t token, const char *word) {
    return sf_str_equal_ci(sf_token_of(s->text, token), sf_str_of(word));
}

static bool spells_one_of(const sf_scene *s, uint32_t token, const char *const *words) {
    for (; *words; words++)
        if (spells(s, token, *words))
            return true;
    return false;
}

static uint32_t child(const sf_scene *s, uint32_t token, sf_arcs set) {
    return sf_syntax_child(s->syntax, token, set);
}
static bool rel(const sf_scene *s, uint32_t token, sf_arcs set) {
    return sf_syntax_rel(s->syntax, token, set);
}
static uint32_t up(const sf_scene *s, uint32_t token) { return sf_syntax_head(s->syntax, token); }

/* ---- phrases ---- */

/* The name or handle that holds the byte; SF_NONE if there is none. */
static uint32_t mention_at(const sf_scene *s, uint32_t byte) {
    size_t m = sf_who_name_at(s->people->names, s->people->name_count, byte);
    return m < s->people->name_count ? (uint32_t)m : SF_NONE;
}

static bool is_name(const sf_scene *s, uint32_t mention) {
    return mention != SF_NONE && (s->people->names[mention].form == SOFAR_NAME ||
                                  s->people->names[mention].form == SOFAR_HANDLE);
}

uint32_t sf_speaker_subject(const sf_scene *s, sf_span *words) {
    if (words->begin >= words->end)
        return SOFAR_NOBODY;
    uint32_t m = mention_at(s, words->end - 1);
    for (uint32_t back = 1; m == SF_NONE && back <= 4 && words->end - back > words->begin; back++)
        m = mention_at(s, words->end - 1 - back); /* "Ruiz's", "Ruiz)" */
    if (m == SF_NONE || !is_name(s, m) || s->people->names[m].span.begin < words->begin)
        return SOFAR_NOBODY;
    *words = s->people->names[m].span;
    return s->people->names[m].subject;
}

static uint32_t head_mention(const sf_scene *s, uint32_t head) {
    return mention_at(s, s->text->tokens[head].span.begin);
}

/* The first token of the head's phrase: what stands before it and belongs to it, without a
 * conjunction, an adverb or a mark in front. */
static uint32_t phrase_first(const sf_scene *s, uint32_t head) {
    const sf_syntax *t = s->syntax;
    uint32_t first = t->left[head];
    if (head - first > PHRASE)
        first = head - PHRASE;
    for (uint32_t i = head; i > first; i--)
        if (rel(s, i - 1, SF_DEP_PUNCT | SF_DEP_CASE | SF_DEP_CC | SF_DEP_MARK) &&
            up(s, i - 1) == head && !spells(s, i - 1, "."))
            return i;
    while (first < head && rel(s, first, SF_DEP_ADVERB) && up(s, first) == head)
        first++;
    return first;
}

/* Behind the last token of it: further names, "of the Harbour Trust", "and Tom Hale"; not an
 * apposition or a clause behind a comma. */
static uint32_t phrase_end(const sf_scene *s, uint32_t head) {
    const sf_syntax *t = s->syntax;
    uint32_t end = head + 1;
    sf_arcs kept = SF_DEP_FLAT | SF_DEP_COMPOUND | SF_DEP_NMOD | SF_DEP_CONJ | SF_DEP_NUMBER;
    uint32_t c = t->child[head];
    for (int i = 0; c != SF_NONE && i < PHRASE; i++, c = t->next[c]) {
        if (c < head)
            continue;
        bool comma = rel(s, end, SF_DEP_PUNCT) && end < c;
        bool close = t->left[c] <= end || (rel(s, c, SF_DEP_CONJ) && comma);
        if (!close || t->right[c] > head + PHRASE)
            break;
        if (rel(s, c, SF_DEP_APPOS) ? spells(s, t->left[c], ",") : !rel(s, c, kept))
            break;
        end = t->right[c];
    }
    return end;
}

/* The person named among the tokens, first come. */
static uint32_t person_among(const sf_scene *s, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end && i < first + PHRASE; i++) {
        uint32_t m = head_mention(s, i);
        if (is_name(s, m) && s->people->subjects[s->people->names[m].subject].type == SOFAR_PERSON)
            return m;
    }
    return SF_NONE;
}

/* "her spokesman, Tom Hale", "creator Ana Ruiz": a description that a name stands beside gives way
 * to the name. */
static uint32_t named_beside(const sf_scene *s, uint32_t head) {
    if (is_name(s, head_mention(s, head)))
        return SF_NONE;
    uint32_t c = s->syntax->child[head];
    for (int i = 0; c != SF_NONE && i < PHRASE; i++, c = s->syntax->next[c])
        if (c > head && rel(s, c, SF_DEP_APPOS | SF_DEP_FLAT)) {
            uint32_t m = person_among(s, s->syntax->left[c], s->syntax->right[c]);
            if (m != SF_NONE)
                return m;
        }
    return SF_NONE;
}

sf_span sf_speaker_phrase(const sf_scene *s, uint32_t head) {
    uint32_t beside = named_beside(s, head);
    if (beside != SF_NONE)
        return s->people->names[beside].span;
    uint32_t end = phrase_end(s, head), m = head_mention(s, head);
    const sf_token *tokens = s->text->tokens;
    sf_span span = {tokens[phrase_first(s, head)].span.begin, tokens[end - 1].span.end};
    if (!is_name(s, m))
        return span;
    sf_span name = s->people->names[m].span;
    bool more = span.end > name.end && child(s, head, SF_DEP_CONJ) != SF_NONE;
    return more ? span : name;
}

uint32_t sf_speaker_mentioned(const sf_scene *s, uint32_t head, sf_span words) {
    uint32_t m = sf_who_mention(s->people, s->text->text, words);
    if (m == SF_NONE && child(s, head, SF_DEP_CONJ) == SF_NONE)
        m = head_mention(s, head);
    return m == SF_NONE ? SOFAR_NOBODY : s->people->names[m].subject;
}

bool sf_speaker_is_pronoun(const sf_scene *s, uint32_t head) {
    return sf_syntax_pos(s->syntax, head) == SF_POS_PRON;
}

/* "Quill's press office", "the Quill newsroom": the body speaks; its spokeswoman speaks herself. */
static uint32_t body_behind(const sf_scene *s, uint32_t head) {
    static const char *const organs[] = {"office", "newsroom", "department",
                                         "desk",   "account",  NULL};
    uint32_t owner = child(s, head, SF_DEP_OWNER | SF_DEP_COMPOUND);
    uint32_t m = owner == SF_NONE ? SF_NONE : head_mention(s, owner);
    if (!is_name(s, m) || !spells_one_of(s, head, organs))
        return SOFAR_NOBODY;
    uint32_t subject = s->people->names[m].subject;
    return s->people->subjects[subject].type == SOFAR_ORGANIZATION ? subject : SOFAR_NOBODY;
}

uint32_t sf_speaker_whose(const sf_scene *s, sf_span *words, uint32_t head) {
    if (words->begin == words->end)
        return SOFAR_NOBODY;
    if (head == SF_NONE)
        return sf_speaker_subject(s, words);
    uint32_t subject = sf_speaker_mentioned(s, head, *words);
    if (subject == SOFAR_NOBODY)
        subject = body_behind(s, head);
    if (subject == SOFAR_NOBODY)
        subject = sf_quote_whom(s, *words, sf_speaker_is_pronoun(s, head));
    return subject;
}

/* ---- who speaks ---- */

static bool relative(const sf_scene *s, uint32_t token) {
    static const char *const words[] = {"who", "which", "that", NULL};
    return sf_syntax_pos(s->syntax, token) == SF_POS_PRON && spells_one_of(s, token, words);
}

/* "Nobody said so": no one speaks. */
static bool is_nobody(const sf_scene *s, uint32_t token) {
    static const char *const words[] = {"nobody", "none",     "whoever", "anyone", "anybody",
                                        "no-one", "anything", "nothing", "no",     NULL};
    return spells_one_of(s, s->syntax->left[token], words);
}

/* Is the token among the words of a quotation? */
static bool is_quoted(const sf_scene *s, uint32_t token) {
    uint32_t item = sf_item_at(s, s->text->tokens[token].span.begin);
    return item < s->item_count && s->items[item].run != SF_NONE;
}

static bool is_document(const sf_scene *s, uint32_t token) {
    return (sf_cue_of(sf_token_of(s->text, token)) & SF_CUE_DOCUMENT) != 0;
}

/* Of a verb's subjects the one that the model takes for a source, else the nearest: "LEEDS, March 3
 * -
 * ..., Ruiz said". */
static uint32_t nearest_subject(const sf_scene *s, uint32_t verb) {
    uint32_t c = s->syntax->child[verb], best = SF_NONE;
    for (int i = 0; c != SF_NONE && i < REACH; i++, c = s->syntax->next[c]) {
        if (!rel(s, c, SF_DEP_SUBJECT))
            continue;
        bool source = sf_syntax_part(s->syntax, c) == SF_PART_SOURCE;
        bool kept = best != SF_NONE && sf_syntax_part(s->syntax, best) == SF_PART_SOURCE;
        if (best == SF_NONE || source > kept || (source == kept && c < verb))
            best = c;
    }
    return best;
}

/* A verb's own subject: it, its antecedent, its agent. A passive's subject counts for a verb that
 * governs the cue ("was quoted as saying"), not for the cue itself. */
static uint32_t own_subject(const sf_scene *s, uint32_t verb, bool governs) {
    uint32_t c = nearest_subject(s, verb);
    if (c == SF_NONE)
        c = child(s, verb, SF_DEP_AGENT);
    if (c == SF_NONE && governs)
        c = child(s, verb, SF_DEP_PASSIVE_SUBJECT);
    if (c != SF_NONE && relative(s, c))
        c = rel(s, verb, SF_DEP_RELCL) ? up(s, verb) : SF_NONE;
    return c;
}

/* From a noun that carries words ("a letter saying") to its owner or to the verb it hangs on;
 * SF_NONE if the noun itself speaks. */
static uint32_t giver(const sf_scene *s, uint32_t noun, bool *verb) {
    uint32_t owner = child(s, noun, SF_DEP_OWNER);
    *verb = false;
    if (owner != SF_NONE)
        return owner;
    for (int step = 0; step < CLIMB && up(s, noun) != SF_NONE; step++) {
        if (rel(s, noun, SF_DEP_SUBJECT | SF_DEP_PASSIVE_SUBJECT))
            return SF_NONE;
        noun = up(s, noun);
        if (sf_syntax_pos(s->syntax, noun) == SF_POS_VERB) {
            *verb = true;
            return noun;
        }
    }
    return SF_NONE;
}

/* The head of the phrase that speaks at the verb, by the tree. */
static uint32_t subject_of(const sf_scene *s, uint32_t verb) {
    uint32_t v = verb;
    for (int step = 0; step < CLIMB; step++) {
        uint32_t c = own_subject(s, v, v != verb), h = up(s, v);
        bool noun = c == SF_NONE && h != SF_NONE && rel(s, v, SF_DEP_ACL | SF_DEP_RELCL);
        if (noun)
            c = h;
        if (c != SF_NONE && is_document(s, c)) {
            bool is_verb;
            uint32_t by = noun || rel(s, v, SF_DEP_RELCL) ? giver(s, c, &is_verb) : SF_NONE;
            if (by == SF_NONE || !is_verb)
                return by == SF_NONE ? c : by;
            v = by;
            continue;
        }
        if (c != SF_NONE)
            return c;
        if (h == SF_NONE || rel(s, v, SF_DEP_PARATAXIS))
            return SF_NONE;
        uint32_t object = rel(s, v, SF_DEP_XCOMP) ? child(s, h, SF_DEP_OBJECT) : SF_NONE;
        if (object != SF_NONE)
            return object;
        v = h;
    }
    return SF_NONE;
}

/* The nearest words that the model takes for a source, no other cue between; SF_NONE, or the token
 * that the phrase's head is. */
static uint32_t source_near(const sf_scene *s, uint32_t cue) {
    const sf_syntax *t = s->syntax;
    for (uint32_t d = 1; d < REACH; d++)
        for (int side = 0; side < 2; side++) {
            if (side ? d > cue : cue + d >= t->token_count)
                continue;
            uint32_t i = side ? cue - d : cue + d;
            if (t->root[i] != t->root[cue] || sf_syntax_part(t, i) != SF_PART_SOURCE)
                continue;
            for (int step = 0; step < CLIMB; step++) {
                uint32_t h = up(s, i);
                if (h == SF_NONE || sf_syntax_part(t, h) != SF_PART_SOURCE)
                    break;
                i = h;
            }
            return i;
        }
    return SF_NONE;
}

static bool is_source(const sf_scene *s, uint32_t token) {
    return token < s->syntax->token_count && sf_syntax_part(s->syntax, token) == SF_PART_SOURCE &&
           !relative(s, token);
}

/* Does a source stand right beside the cue, at most a comma between? */
static bool source_beside(const sf_scene *s, uint32_t cue) {
    uint32_t before = cue > 0 ? cue - 1 : cue;
    if (before > 0 && rel(s, before, SF_DEP_PUNCT))
        before--;
    return is_source(s, before) || is_source(s, cue + 1);
}

static void name_speaker(const sf_scene *s, sf_said *said, uint32_t head) {
    said->speaker = sf_speaker_phrase(s, head);
    said->head = head;
    said->pronoun = sf_speaker_is_pronoun(s, head);
    said->near = sf_item_at(s, said->speaker.begin);
    if (said->near > said->item)
        said->near = said->item;
}

/* ---- cues ---- */

/* "was told", "asked whether she knew, Ruiz laughed": whom the words are said to stands there. */
static bool is_passive(const sf_scene *s, uint32_t verb) {
    if (child(s, verb, SF_DEP_AGENT) != SF_NONE)
        return false;
    bool bare = sf_syntax_past(s->syntax, verb) && rel(s, verb, SF_DEP_ADVCL | SF_DEP_ACL) &&
                child(s, verb, SF_DEP_SUBJECT | SF_DEP_AUX) == SF_NONE;
    return bare || child(s, verb, SF_DEP_PASSIVE_AUX | SF_DEP_PASSIVE_SUBJECT) != SF_NONE;
}

static uint32_t speaker_at(const sf_scene *s, uint32_t token, const sf_said *said) {
    if (said->is & SF_CUE_ACCORDING)
        return up(s, token);
    if (sf_syntax_pos(s->syntax, token) == SF_POS_VERB) {
        if (is_passive(s, token))
            return SF_NONE;
        uint32_t head = subject_of(s, token);
        bool sure = head != SF_NONE && !is_quoted(s, head) &&
                    (sf_syntax_part(s->syntax, head) == SF_PART_SOURCE || !source_beside(s, token));
        return sure ? head : source_near(s, token);
    }
    return child(s, token, SF_DEP_OWNER);
}

/* Is the word at token a cue, and of which sections? 0: none. */
static uint32_t cue_sections(const sf_scene *s, uint32_t token, uint32_t listed) {
    if (token + 1 < s->syntax->token_count && spells(s, token, "according") &&
        spells(s, token + 1, "to") && up(s, token) != SF_NONE)
        return SF_CUE_SPEECH | SF_CUE_ACCORDING;
    bool model = sf_syntax_part(s->syntax, token) == SF_PART_CUE;
    switch (sf_syntax_pos(s->syntax, token)) {
    case SF_POS_VERB:
        if (!model && (!(listed & SF_CUE_VERB) || is_passive(s, token)))
            return 0;
        return listed & SF_CUE_VERB ? listed : SF_CUE_GUESSED | (listed & SF_CUE_DEMAND);
    case SF_POS_NOUN: return model ? SF_CUE_GUESSED | SF_CUE_NOUN : 0;
    default: return 0;
    }
}

void sf_speaker_find_cues(sf_scene *s) {
    sf_vec(sf_said) saids = {0};
    s->cue_at = SF_ARRAY(s->arena, uint32_t, s->syntax->token_count + 1);
    memset(s->cue_at, 0xFF, sizeof(uint32_t) * ((size_t)s->syntax->token_count + 1));
    for (uint32_t i = 0; i < s->item_count; i++) {
        sf_item *item = &s->items[i];
        item->said = i > item->first ? s->items[i - 1].said : SF_NONE;
        if (item->word == SF_NONE || item->mark)
            continue;
        uint32_t token = s->syntax->word_token[item->word];
        if (token >= s->syntax->token_count)
            continue;
        uint32_t is = cue_sections(s, token, item->is);
        if (!is)
            continue;
        sf_said said = {.item = i,
                        .token = token,
                        .head = SF_NONE,
                        .cue = item->span,
                        .near = SF_NONE,
                        .is = is};
        if (is & SF_CUE_ACCORDING)
            said.cue.end = s->text->tokens[token + 1].span.end;
        uint32_t head = speaker_at(s, token, &said);
        if (head == SF_NONE && is & SF_CUE_NOUN)
            continue;
        if (head != SF_NONE && is_nobody(s, head))
            said.is |= SF_CUE_NOBODYS;
        else if (head != SF_NONE)
            name_speaker(s, &said, head);
        item->said = s->cue_at[token] = (uint32_t)saids.count;
        *SF_PUSH(s->arena, &saids) = said;
    }
    s->saids = saids.at;
    s->said_count = (uint32_t)saids.count;
}

bool sf_speaker_of_verb(const sf_scene *s, uint32_t verb, uint32_t *head) {
    *head = sf_syntax_pos(s->syntax, verb) == SF_POS_VERB ? subject_of(s, verb) : SF_NONE;
    return *head != SF_NONE && !is_quoted(s, *head) && !is_nobody(s, *head);
}

bool sf_speaker_of_sentence(const sf_scene *s, uint32_t first, uint32_t end, uint32_t *head) {
    if (s->items[first].word == SF_NONE)
        return false;
    uint32_t token = s->syntax->word_token[s->items[first].word];
    if (token >= s->syntax->token_count)
        return false;
    uint32_t root = s->syntax->root[token];
    *head = child(s, root, SF_DEP_SUBJECT | SF_DEP_PASSIVE_SUBJECT);
    return *head != SF_NONE && *head >= token && !is_nobody(s, *head) &&
           s->text->tokens[*head].span.begin < s->items[end - 1].span.end;
}
