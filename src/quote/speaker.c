/* Verbs of saying and their subjects.
 *
 * There is no parse; a subject is read off the words beside the verb, in the order of how plain
 * they are: a pronoun, a noun phrase that ends at the verb, one parted from it by an apposition
 * ("Ruiz, who wrote it, said"), the antecedent of "who", for an inverted verb the phrase behind it,
 * and for "and said" / ", saying" the subject of the verb before or of the sentence. A phrase is
 * bounded by punctuation, clause words and quotations. Every search looks at REACH items at most.
 */
#include "quote/speaker.h"

enum { REACH = 40 };

typedef struct phrase {
    uint32_t first, last; /* items, inclusive */
} phrase;

static sf_str str(const sf_scene *s, uint32_t i) { return sf_item_str(s, i); }
static bool is(const sf_scene *s, uint32_t i, uint32_t sections) {
    return sf_item_is(s, i, sections);
}
static char mark(const sf_scene *s, uint32_t i) { return s->items[i].mark; }

static bool pronoun(const sf_scene *s, uint32_t i) {
    if (!is(s, i, SF_CUE_PRONOUN))
        return false;
    sf_str w = str(s, i);
    return w.len > 1 || s->items[i].capital; /* "i" is a list mark */
}

bool sf_speaker_owner(const sf_scene *s, uint32_t i) {
    sf_str w = str(s, i);
    return sf_str_ends(w, SF_STR("'s")) || sf_str_ends(w, SF_STR("\xE2\x80\x99s")) ||
           sf_str_ends(w, SF_STR("s'")) || sf_str_ends(w, SF_STR("s\xE2\x80\x99"));
}

static bool ends(const sf_scene *s, uint32_t i, const char *tail) {
    return s->items[i].word != SF_NONE && !s->items[i].mark &&
           sf_str_ends(str(s, i), sf_str_of(tail));
}

/* A period that ends no sentence ("Sen."), an apostrophe behind a plural. */
static bool transparent(const sf_scene *s, uint32_t i) {
    return mark(s, i) == '.' || mark(s, i) == '\'';
}

/* A short run that is part of a name: the “Low Tide” star. */
static bool title_run(const sf_scene *s, uint32_t i) {
    if (s->items[i].run == SF_NONE)
        return false;
    sf_span in = s->runs.at[s->items[i].run].inner;
    return in.end - in.begin < 40 && sf_run_ends(s, s->items[i].run) == 'a' &&
           sf_run_begins_upper(s, s->items[i].run);
}

static bool word(const sf_scene *s, uint32_t i) {
    return s->items[i].word != SF_NONE && !s->items[i].mark;
}

/* Can item i stand inside a noun phrase that is read from right to left? */
static bool in_phrase(const sf_scene *s, uint32_t i) {
    if (title_run(s, i))
        return true;
    if (!word(s, i))
        return transparent(s, i) || mark(s, i) == '&' || mark(s, i) == '/';
    if (is(s, i, SF_CUE_CLAUSE) && !s->items[i].capital)
        return false;
    if (is(s, i, SF_CUE_RELATIVE | SF_CUE_AUX))
        return false;
    if (ends(s, i, "ed") && !s->items[i].capital &&
        i > s->items[i].first && /* a verb, if no article */
        !is(s, i - 1, SF_CUE_DETERMINER) && !sf_speaker_owner(s, i - 1) && !ends(s, i - 1, "ly"))
        return false;
    return !pronoun(s, i);
}

/* "(D-Conn.)" before or at i: the item before the bracket. */
static uint32_t skip_bracket(const sf_scene *s, uint32_t i, uint32_t low) {
    if (mark(s, i) != ')' && mark(s, i) != ']')
        return i;
    for (uint32_t k = i; k > low && i - k < 12; k--)
        if (mark(s, k) == '(' || mark(s, k) == '[')
            return k - 1;
    return i;
}

static uint32_t low_end(const sf_scene *s, uint32_t i) {
    uint32_t first = s->items[i].first;
    return i - first > REACH ? i - REACH : first;
}

/* The stretch of phrase items that ends at `last`. */
static bool stretch_left(const sf_scene *s, uint32_t last, phrase *out) {
    uint32_t low = low_end(s, last);
    if (!in_phrase(s, last) || transparent(s, last))
        return false;
    uint32_t i = last;
    while (i > low) {
        uint32_t before = skip_bracket(s, i - 1, low);
        if (!in_phrase(s, before))
            break;
        if (mark(s, before) == '.' && before == i - 1 && before > low &&
            !s->items[before - 1].capital)
            break;
        if (is(s, before, SF_CUE_CONJUNCTION) && !is(s, before, SF_CUE_PREPOSITION) &&
            !(before > low && s->items[before - 1].capital && s->items[i].capital))
            break;
        i = before;
    }
    *out = (phrase){i, last};
    return true;
}

/* The mention whose span ends at the end of [first, last] (a possessive or bracket aside), or else
 * the last one inside; SF_NONE if there is none. Names are in order, so a binary search finds them.
 */
static uint32_t mention_in(const sf_scene *s, sf_span span) {
    const sf_people *p = s->people;
    size_t low = 0, high = p->name_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (p->names[mid].span.end <= span.end)
            low = mid + 1;
        else
            high = mid;
    }
    while (low > 0 && p->names[low - 1].span.begin >= span.begin) {
        if (p->names[low - 1].form == SOFAR_NAME || p->names[low - 1].form == SOFAR_HANDLE)
            return (uint32_t)(low - 1);
        low--;
    }
    return SF_NONE;
}

uint32_t sf_speaker_subject(const sf_scene *s, sf_span *words) {
    uint32_t m = mention_in(s, *words);
    if (m == SF_NONE)
        return SOFAR_NOBODY;
    /* The name must be the head, not a part before it: "the Ruiz campaign". */
    const sofar_name *name = &s->people->names[m];
    if (words->end - name->span.end > 4)
        return SOFAR_NOBODY;
    *words = name->span;
    return name->subject;
}

static sf_span span_of(const sf_scene *s, phrase p) {
    return (sf_span){s->items[p.first].span.begin, s->items[p.last].span.end};
}

/* Cuts leading words that belong to no noun phrase: adverbs, conjunctions. */
static void cut_front(const sf_scene *s, phrase *p) {
    while (p->first < p->last && (transparent(s, p->first) ||
                                  (is(s, p->first, SF_CUE_ADVERB | SF_CUE_CONJUNCTION) &&
                                   !is(s, p->first, SF_CUE_PREPOSITION)) ||
                                  (ends(s, p->first, "ly") && !s->items[p->first].capital)))
        p->first++;
}

/* Narrows a stretch to the head's own phrase: before the first preposition, or, where the stretch
 * begins with one ("In May Ruiz said"), the name or described noun at its end. */
static bool head_of(const sf_scene *s, phrase *p) {
    cut_front(s, p);
    if (is(s, p->first, SF_CUE_PREPOSITION)) {
        uint32_t i = p->last;
        if (s->items[i].capital) {
            while (i > p->first + 1 && (s->items[i - 1].capital || transparent(s, i - 1)) &&
                   !is(s, i - 1, SF_CUE_MONTHLIKE))
                i--;
        } else {
            while (i > p->first + 1 && !is(s, i, SF_CUE_DETERMINER) && !sf_speaker_owner(s, i))
                i--;
            if (i == p->first + 1)
                return false;
        }
        p->first = i;
        return i > p->first || s->items[i].word != SF_NONE;
    }
    for (uint32_t i = p->first + 1; i <= p->last; i++)
        if (is(s, i, SF_CUE_PREPOSITION) || mark(s, i) == '(' || mark(s, i) == '[') {
            p->last = i - 1;
            break;
        }
    while (p->last > p->first && (is(s, p->last, SF_CUE_ADVERB | SF_CUE_MONTHLIKE) ||
                                  (mark(s, p->last) == '.' && !s->items[p->last - 1].capital)))
        p->last--;
    return word(s, p->last) || title_run(s, p->last) || transparent(s, p->last);
}

/* Narrows to a name at the end of the head phrase: "Trenton councilwoman Ana Ruiz" -> "Ana Ruiz".
 */
static sf_span speaker_words(const sf_scene *s, phrase p) {
    sf_span all = span_of(s, p);
    sf_span name = all;
    if (sf_speaker_subject(s, &name) != SOFAR_NOBODY)
        return name;
    uint32_t i = p.last;
    while (i > p.first && (s->items[i - 1].capital || (transparent(s, i - 1) && i - 1 > p.first)))
        i--;
    if (i > p.first && s->items[p.last].capital && s->items[i].capital &&
        !is(s, i - 1, SF_CUE_DETERMINER) && !sf_speaker_owner(s, i - 1))
        all.begin = s->items[i].span.begin;
    return all;
}

/* The phrase that ends at item `last` as a speaker. */
static bool speaker_left(const sf_scene *s, uint32_t last, sf_span *out, bool *is_pronoun,
                         uint32_t *near) {
    last = skip_bracket(s, last, low_end(s, last));
    *is_pronoun = pronoun(s, last);
    if (*is_pronoun) {
        *out = s->items[last].span;
        *near = last;
        return true;
    }
    phrase p;
    if (!stretch_left(s, last, &p) || !head_of(s, &p))
        return false;
    *out = speaker_words(s, p);
    *near = p.first;
    return true;
}

/* The antecedent that ends at `last`: "the skipper of the Gannet, who" is the skipper, but "praise
 * from Tom Hale, who" is Hale. */
static bool antecedent(const sf_scene *s, uint32_t last, sf_span *out, bool *is_pronoun,
                       uint32_t *near) {
    last = skip_bracket(s, last, low_end(s, last));
    if (pronoun(s, last))
        return speaker_left(s, last, out, is_pronoun, near);
    phrase p;
    if (!stretch_left(s, last, &p))
        return false;
    uint32_t i = p.last;
    for (int hops = 0; hops < 2; hops++) {
        while (i > p.first && !is(s, i - 1, SF_CUE_PREPOSITION))
            i--;
        if (i <= p.first + 1 || hops == 1)
            break;
        sf_span words = span_of(s, (phrase){i, p.last});
        uint32_t subject = sf_speaker_subject(s, &words);
        sf_str prep = str(s, i - 1);
        if ((subject != SOFAR_NOBODY && s->people->subjects[subject].type == SOFAR_PERSON) ||
            !(sf_str_equal(prep, SF_STR("of")) || sf_str_equal(prep, SF_STR("in")) ||
              sf_str_equal(prep, SF_STR("at"))))
            break;
        p.last = --i - 1;
        i = p.last;
    }
    p.first = i;
    if (!head_of(s, &p))
        return false;
    *is_pronoun = false;
    *out = speaker_words(s, p);
    *near = p.first;
    return true;
}

/* Does the phrase end with a person's name? Narrows it to that. */
static bool names_person(const sf_scene *s, sf_span *words) {
    sf_span name = *words;
    uint32_t subject = sf_speaker_subject(s, &name);
    if (subject == SOFAR_NOBODY || s->people->subjects[subject].type != SOFAR_PERSON)
        return false;
    *words = name;
    return true;
}

/* From the comma at `comma` (before the verb) to the phrase in front of the apposition. */
static bool apposition_left(const sf_scene *s, uint32_t comma, sf_span *out, bool *is_pronoun,
                            uint32_t *near) {
    uint32_t low = low_end(s, comma);
    bool found = false;
    if (comma > low && mark(s, comma - 1) == ')' &&
        speaker_left(s, comma - 1, out, is_pronoun, near) && names_person(s, out))
        return true; /* Ada Moore (L-Penhale), said */
    for (int tries = 0; tries < 4; tries++) {
        uint32_t i = comma;
        while (i > low && mark(s, i - 1) != ',' && s->items[i - 1].run == SF_NONE)
            i--;
        if (i == comma || i <= low + 1 || mark(s, i - 1) != ',')
            break; /* no earlier comma: no apposition */
        sf_span words;
        bool pro;
        uint32_t at;
        if (!speaker_left(s, i - 2, &words, &pro, &at))
            break;
        *out = words, *is_pronoun = pro, *near = at;
        found = true;
        sf_span between = {s->items[i].span.begin, s->items[comma - 1].span.end};
        if (tries == 0 && names_person(s, &between) && !names_person(s, &words)) {
            *out = between; /* "her spokesman, Tom Hale, said" */
            break;
        }
        /* "Ruiz, a former diver, the star of Low Tide, said": a description behind a comma behind
         * a name is an apposition, too. */
        if (pro || at < low + 2 || mark(s, at - 1) != ',' || !is(s, at, SF_CUE_DETERMINER) ||
            !s->items[at - 2].capital)
            break;
        comma = at - 1;
    }
    return found;
}

bool sf_speaker_right(const sf_scene *s, uint32_t i, uint32_t end, sf_span *out, bool *is_pronoun) {
    end = end > i + REACH ? i + REACH : end;
    while (i < end && is(s, i, SF_CUE_ADVERB))
        i++;
    if (i >= end)
        return false;
    if ((*is_pronoun = pronoun(s, i))) {
        *out = s->items[i].span;
        return true;
    }
    phrase p = {i, i};
    uint32_t k = i;
    for (; k < end; k++) {
        bool adjective = k == i && ends(s, k, "ed");
        if ((!in_phrase(s, k) && !adjective) || is(s, k, SF_CUE_PREPOSITION))
            break;
        if (mark(s, k) == '.' && (k + 1 == end || !s->items[k - 1].capital))
            break;
        if (k > i && is(s, k, SF_CUE_MONTHLIKE | SF_CUE_ADVERB))
            break;
        if (is(s, k, SF_CUE_CONJUNCTION) &&
            !(k > i && k + 1 < end && s->items[k - 1].capital && s->items[k + 1].capital))
            break;
        p.last = k;
    }
    if (k == i || (!word(s, i) && !title_run(s, i)))
        return false;
    while (p.last > p.first && transparent(s, p.last))
        p.last--;
    *out = speaker_words(s, p);
    return true;
}

/* The type of the mention that begins at item i, or -1. */
static int name_at(const sf_scene *s, uint32_t i) {
    const sf_people *p = s->people;
    size_t low = 0, high = p->name_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (p->names[mid].span.begin < s->items[i].span.begin)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == p->name_count || p->names[low].span.begin != s->items[i].span.begin)
        return -1;
    return (int)p->subjects[p->names[low].subject].type;
}

/* Behind a dateline: "PENHALE, May 3 (Wire) -". */
static uint32_t skip_dateline(const sf_scene *s, uint32_t i, uint32_t end) {
    for (uint32_t k = i; k < end && k < i + 14; k++) {
        if (mark(s, k) == '-' && k > i && s->items[k - 1].span.end < s->items[k].span.begin)
            return k + 1;
        sf_str w = str(s, k);
        if (s->items[k].run != SF_NONE ||
            (!s->items[k].capital && !mark(s, k) && !(w.len && sf_is_digit(w.ptr[0]))))
            break;
    }
    return i;
}

/* Behind what may stand before the subject: adverbs, fronted phrases and clauses with their comma,
 * quotations. */
static uint32_t skip_front(const sf_scene *s, uint32_t i, uint32_t end) {
    i = skip_dateline(s, i, end);
    while (i < end) {
        bool run = s->items[i].run != SF_NONE;
        bool ing = !run && ends(s, i, "ing") && s->items[i].capital;
        bool but = !run && (sf_str_equal_ci(str(s, i), SF_STR("but")) ||
                            sf_str_equal_ci(str(s, i), SF_STR("yet")));
        bool clause = !run && !but && !pronoun(s, i) &&
                      (is(s, i, SF_CUE_PREPOSITION | SF_CUE_CLAUSE | SF_CUE_RELATIVE) || ing);
        if (!clause && !run && !but && mark(s, i) != ',' && !ends(s, i, "ly") &&
            !is(s, i, SF_CUE_ADVERB | SF_CUE_CONJUNCTION)) {
            int type = name_at(s, i);
            uint32_t comma = i; /* "Hours later, Ruiz", "(in Salem,) Ohio, Ruiz" */
            while (comma < end && comma < i + 8 && mark(s, comma) != ',')
                comma++;
            bool front = comma + 1 < end && mark(s, comma) == ',' &&
                         (type == SOFAR_PLACE ||
                          (type < 0 && !is(s, i, SF_CUE_DETERMINER) && !pronoun(s, i))) &&
                         (pronoun(s, comma + 1) || name_at(s, comma + 1) >= 0);
            if (!front)
                break;
            i = comma;
        } else if (clause)
            while (i < end && mark(s, i) != ',')
                i++;
        else
            i++;
    }
    return i;
}

bool sf_speaker_of_sentence(const sf_scene *s, uint32_t first, uint32_t end, bool any, sf_span *out,
                            bool *is_pronoun) {
    end = end > first + REACH ? first + REACH : end;
    uint32_t i = skip_front(s, first, end);
    if (i >= end)
        return false;
    if (!any && !pronoun(s, i) && !s->items[i].capital)
        return false;
    phrase p = {i, i};
    if ((*is_pronoun = pronoun(s, i))) {
        *out = s->items[i].span;
        return true;
    }
    uint32_t k = i;
    for (; k < end; k++) {
        bool verb = !s->items[k].capital &&
                    (is(s, k, SF_CUE_VERB) || ends(s, k, "ed") || ends(s, k, "ing"));
        if (!in_phrase(s, k) || is(s, k, SF_CUE_PREPOSITION | SF_CUE_CONJUNCTION) || verb)
            break;
        if (!is(s, i, SF_CUE_DETERMINER) && s->items[i].capital && k > i && !s->items[k].capital &&
            s->items[k - 1].capital && !is(s, k - 1, SF_CUE_DETERMINER) &&
            !sf_speaker_owner(s, k - 1))
            break; /* a name ends here */
        p.last = k;
    }
    if (k == i)
        return false;
    while (p.last > p.first && transparent(s, p.last))
        p.last--;
    *out = speaker_words(s, p);
    return true;
}

/* ---- cues ---- */

/* The item before the verb with its auxiliaries and adverbs; sets passive. May be below low. */
static uint32_t before_verb(const sf_scene *s, uint32_t verb, uint32_t low, bool *passive) {
    uint32_t i = verb;
    *passive = false;
    while (i > low) {
        uint32_t k = i - 1;
        bool adverb = is(s, k, SF_CUE_ADVERB) || (ends(s, k, "ly") && !s->items[k].capital) ||
                      ends(s, k, "self") || ends(s, k, "selves");
        bool infinitive = sf_str_equal(str(s, k), SF_STR("to")) && k + 1 == verb;
        if (!adverb && !infinitive && !is(s, k, SF_CUE_AUX))
            break;
        *passive = *passive || is(s, k, SF_CUE_PASSIVE);
        i--;
    }
    return i;
}

static bool participle(const sf_scene *s, uint32_t i) { return ends(s, i, "ing"); }

/* Is the verb inverted (said Ruiz)? Only right behind a run, or at a sentence's begin. */
static bool inverted(const sf_scene *s, uint32_t verb, uint32_t front, uint32_t low) {
    if (!is(s, verb, SF_CUE_SPEECH | SF_CUE_POST) || participle(s, verb))
        return false;
    if (front == low)
        return true;
    uint32_t k = front - 1;
    if (mark(s, k) == ',' && k > low)
        k--;
    return s->items[k].run != SF_NONE;
}

/* The pronoun that begins the main clause nearest before the verb: ", and he has ..., calling". */
static uint32_t clause_subject(const sf_scene *s, uint32_t verb, uint32_t low) {
    for (uint32_t i = verb; i-- > low + 1;) {
        if (!pronoun(s, i))
            continue;
        sf_str before = str(s, i - 1);
        if (mark(s, i - 1) == ',' || mark(s, i - 1) == ';' || sf_str_equal(before, SF_STR("and")) ||
            sf_str_equal(before, SF_STR("but")))
            return i;
    }
    return SF_NONE;
}

static void find_subject(const sf_scene *s, sf_said *said, const sf_said *before) {
    uint32_t verb = said->item, low = low_end(s, verb);
    bool passive;
    uint32_t front = before_verb(s, verb, low, &passive);
    bool ing = participle(s, verb);
    if (inverted(s, verb, front, low)) {
        uint32_t end = s->items[verb].end;
        if (sf_speaker_right(s, verb + 1, end, &said->speaker, &said->pronoun)) {
            said->inverted = true;
            said->near = verb;
            return;
        }
    }
    if (front > low && !ing) {
        uint32_t k = front - 1;
        if (is(s, k, SF_CUE_RELATIVE)) {
            uint32_t a = k > low && mark(s, k - 1) == ',' ? k - 1 : k;
            if (a > low && antecedent(s, a - 1, &said->speaker, &said->pronoun, &said->near))
                return;
        } else if (mark(s, k) == ',') {
            if (apposition_left(s, k, &said->speaker, &said->pronoun, &said->near))
                return;
        } else if (!is(s, k, SF_CUE_CONJUNCTION) &&
                   speaker_left(s, k, &said->speaker, &said->pronoun, &said->near))
            return;
    }
    bool comma = front > low && mark(s, front - 1) == ',';
    if (comma && !ing && front == verb && is(s, verb, SF_CUE_SPEECH) &&
        verb + 1 < s->items[verb].end && s->items[verb + 1].capital &&
        sf_speaker_right(s, verb + 1, s->items[verb].end, &said->speaker, &said->pronoun)) {
        said->inverted = true; /* "... by a margin, said Tom Hale" */
        said->near = verb;
        return;
    }
    said->borrowed = true;
    uint32_t clause = clause_subject(s, verb, low);
    if (clause != SF_NONE && (!before || before->item < clause)) {
        said->speaker = s->items[clause].span;
        said->pronoun = true;
        return;
    }
    if (before && before->speaker.begin < before->speaker.end && before->item >= low) {
        said->speaker = before->speaker;
        said->pronoun = before->pronoun;
        return;
    }
    sf_span speaker;
    bool pro;
    if (sf_speaker_of_sentence(s, s->items[verb].first, verb, true, &speaker, &pro)) {
        said->speaker = speaker;
        said->pronoun = pro;
    }
}

/* "according to Ruiz": the preposition's object speaks. */
static bool according(const sf_scene *s, uint32_t i, sf_said *said) {
    if (!sf_str_equal_ci(str(s, i), SF_STR("according")) || i + 1 >= s->items[i].end ||
        !sf_str_equal(str(s, i + 1), SF_STR("to")))
        return false;
    said->cue = (sf_span){s->items[i].span.begin, s->items[i + 1].span.end};
    said->inverted = true;
    said->near = i;
    said->is = SF_CUE_SPEECH;
    sf_speaker_right(s, i + 2, s->items[i].end, &said->speaker, &said->pronoun);
    return true;
}

static bool is_cue(const sf_scene *s, uint32_t i) {
    if (!is(s, i, SF_CUE_VERB) || s->items[i].capital)
        return false;
    uint32_t low = low_end(s, i);
    bool passive;
    uint32_t front = before_verb(s, i, low, &passive);
    if (passive &&
        !participle(s, i)) /* "was told", "is called": it is not the subject who speaks */
        return false;
    /* "a report", "the claims", "his call": nouns */
    static const char *const verbs[] = {"say",    "says",  "said",   "speak",   "speaks",
                                        "spoke",  "think", "thinks", "thought", "write",
                                        "writes", "wrote", "tell",   "told"};
    bool of = i + 1 < s->items[i].end && sf_str_equal(str(s, i + 1), SF_STR("of"));
    for (size_t k = 0; of && k < SF_LEN(verbs); k++)
        of = !sf_str_equal(str(s, i), sf_str_of(verbs[k]));
    if (of) /* "reports of a breakup" */
        return false;
    if (i > low && front == i && sf_speaker_owner(s, i - 1) && mark(s, i - 1) == 0)
        return false;
    return !(i > low && front == i &&
             (is(s, i - 1, SF_CUE_DETERMINER) ||
              (is(s, i - 1, SF_CUE_PREPOSITION) && !participle(s, i))) &&
             !ends(s, i, "ed"));
}

void sf_speaker_find_cues(sf_scene *s) {
    sf_vec(sf_said) saids = {0};
    for (uint32_t i = 0; i < s->item_count; i++) {
        sf_item *item = &s->items[i];
        uint32_t last = i > item->first ? s->items[i - 1].said : SF_NONE;
        sf_said said = {.item = i, .cue = item->span, .near = SF_NONE, .is = item->is};
        bool found = false;
        if (item->word != SF_NONE && !item->mark) {
            found = according(s, i, &said);
            if (!found && is_cue(s, i)) {
                found = true;
                find_subject(s, &said, last == SF_NONE ? NULL : &saids.at[last]);
            }
        }
        if (found)
            *SF_PUSH(s->arena, &saids) = said;
        item->said = found ? (uint32_t)saids.count - 1 : last;
    }
    s->saids = saids.at;
    s->said_count = (uint32_t)saids.count;
}
