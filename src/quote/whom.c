/* Whom "she" or "the actress" means: the who room says, and where it does not, what stands before a
 * quotation may.
 *
 * The subject of the sentence before is the likeliest antecedent (Grosz, Joshi and Weinstein,
 * "Centering", 1995); it is taken only where nobody else is named in that sentence, since a wrong
 * speaker is worse than none. A sentence that begins with the same pronoun hands the question on to
 * the one before it, a sentence that is a quotation to its cue's subject, and a sentence that names
 * nobody is stepped over. Four steps at most, and not beyond a heading.
 */
#include "quote/whom.h"

enum { STEPS = 4, NAMES = 32 }; /* sentences looked back; names looked at in one */

/* Persons, and names that may be persons, among the words of items [first, end) outside runs:
 * 0, 1, or 2 for more. The one person goes to *who. */
static int persons(const sf_scene *s, uint32_t first, uint32_t end, uint32_t *who) {
    const sf_people *p = s->people;
    uint32_t begin_byte = s->items[first].span.begin, end_byte = s->items[end - 1].span.end;
    size_t low = sf_who_name_from(p->names, p->name_count, begin_byte);
    int count = 0;
    uint32_t item = first;
    for (int seen = 0; low < p->name_count && p->names[low].span.begin < end_byte && count < 2;
         low++) {
        if (++seen > NAMES)
            return 2;
        const sofar_name *name = &p->names[low];
        if (name->form != SOFAR_NAME && name->form != SOFAR_HANDLE)
            continue;
        while (item < end && s->items[item].span.end <= name->span.begin)
            item++;
        if (item < end && s->items[item].run != SF_NONE) /* spoken of, not by the writer */
            continue;
        sofar_subject_type type = p->subjects[name->subject].type;
        bool long_name = memchr(s->text->text.ptr + name->span.begin, ' ',
                                name->span.end - name->span.begin) != NULL;
        if (type != SOFAR_PERSON && !(type == SOFAR_OTHER && long_name))
            continue;
        if (count == 1 && name->subject == *who)
            continue;
        *who = name->subject;
        count++;
    }
    return count;
}

/* The words of the subject of the sentence that begins at item first. */
static bool subject_words(const sf_scene *s, uint32_t first, sf_span *words, bool *pronoun) {
    uint32_t last = s->items[first].end - 1, said = s->items[last].said;
    if (s->items[first].run != SF_NONE) {
        if (said == SF_NONE)
            return false;
        *words = s->saids[said].speaker;
        *pronoun = s->saids[said].pronoun;
        return words->begin < words->end;
    }
    uint32_t head;
    if (!sf_speaker_of_sentence(s, first, s->items[first].end, &head))
        return false;
    *words = sf_speaker_phrase(s, head);
    *pronoun = sf_speaker_is_pronoun(s, head);
    return true;
}

static bool same_pronoun(const sf_scene *s, sf_span a, sf_span b) {
    return sf_str_equal_ci(sf_span_of(s->text->text, a), sf_span_of(s->text->text, b));
}

/* Is there a sentence before item first in this block or the one before, no heading between? */
static bool step_back(const sf_scene *s, uint32_t first, uint32_t *before) {
    if (first == 0)
        return false;
    *before = s->items[first - 1].first;
    uint32_t a = s->items[*before].block, b = s->items[first].block;
    if (b - a > 1)
        return false;
    sofar_block_kind from = s->clipping->blocks[b].kind, to = s->clipping->blocks[a].kind;
    return from == to || (from != SOFAR_BLOCK_HEADING && to == SOFAR_BLOCK_PARAGRAPH);
}

/* "the actress": an epithet that the press uses in place of a name. */
static bool epithet(const sf_scene *s, sf_span words) {
    static const char *const nouns[] = {
        "actress", "actor", "star",     "singer",     "rapper",     "comedian",   "alum",
        "alumna",  "model", "musician", "songstress", "heartthrob", "comedienne", "songwriter"};
    sf_str text = sf_span_of(s->text->text, words);
    if (!sf_str_starts_ci(text, SF_STR("the ")))
        return false;
    for (size_t i = 0; i < SF_LEN(nouns); i++)
        if (sf_str_ends(text, sf_str_of(nouns[i])))
            return true;
    return false;
}

uint32_t sf_quote_whom(const sf_scene *s, sf_span words, bool pronoun) {
    sf_str text = sf_span_of(s->text->text, words);
    uint32_t mention = sf_who_mention(s->people, s->text->text, words);
    if (mention != SF_NONE && s->people->names[mention].form >= SOFAR_NOMINAL)
        return s->people->names[mention].subject;
    bool he = sf_str_equal_ci(text, SF_STR("he")) || sf_str_equal_ci(text, SF_STR("she"));
    if (pronoun ? !he : !epithet(s, words))
        return SOFAR_NOBODY;
    uint32_t at = sf_item_at(s, words.begin);
    if (at >= s->item_count)
        return SOFAR_NOBODY;
    uint32_t first = s->items[at].first;
    for (int step = 0; step < STEPS && step_back(s, first, &first); step++) {
        uint32_t who = SOFAR_NOBODY;
        sf_span subject;
        bool is_pronoun;
        int named = persons(s, first, s->items[first].end, &who);
        bool found = subject_words(s, first, &subject, &is_pronoun);
        if (found && is_pronoun) {
            bool same = !pronoun || same_pronoun(s, subject, words);
            if (named > 0 || !same)
                return SOFAR_NOBODY;
            continue;
        }
        if (found && named == 1 && sf_speaker_subject(s, &subject) == who &&
            s->people->subjects[who].type == SOFAR_PERSON)
            return who;
        if (named > 0 || (found && s->items[first].run != SF_NONE))
            return SOFAR_NOBODY;
    }
    return SOFAR_NOBODY;
}
