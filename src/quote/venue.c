/* Where, to whom and when: "told Variety", "in an interview with Collider last Friday", "wrote to
 * her director", "via Instagram", "at the Leeds festival", "on the Late Desk podcast".
 *
 * All of it hangs on the verb of saying in the sentence's tree: as an object ("told Variety"), by a
 * preposition ("on Instagram"), on a noun of talking or posting that hangs there ("in an interview
 * with ..."), or on a verb beside the cue ("..., speaking to ..."; "took to X to write"). What
 * hangs on other verbs or nouns tells of something else. The time is that which hangs on the same
 * words.
 *
 * A reader carries the place over to what follows: a sentence may only lead to the quotation ("She
 * confirmed the news on Instagram on Friday."), and who goes on speaking is still there. That is
 * done where nothing in the quote's own clause says otherwise.
 *
 * What it does not do: venues that are only described ("at a press conference") are none. */
#include "quote/venue.h"

#include "quote/clause.h"
#include "quote/speaker.h"
#include "text/known.h"

#include "quote/venue.inc"

enum { VERBS = 6, DEPTH = 3, CLIMB = 3, REACH = 48 };

/* One quote's search. */
typedef struct look {
    sf_clause clause;
    uint32_t verbs[VERBS]; /* the cue, and verbs it stands beside */
    uint32_t verb_count;
    bool placed; /* an occasion was told, named or not */
    sf_str via;
    uint32_t to;
    sf_str when;
    sf_str paper; /* the outlet told last: whom "the magazine" means; absent if none */
} look;

static unsigned is(const look *l, uint32_t token, unsigned sections) {
    return sf_known_flags(venue_words, SF_LEN(venue_words), sf_clause_str(&l->clause, token)) &
           sections;
}
static bool spells(sf_str word, const char *const *words) {
    for (; *words; words++)
        if (sf_str_equal_ci(word, sf_str_of(*words)))
            return true;
    return false;
}
static bool is_platform(sf_str word) {
    return (sf_cue_of(word) & SF_CUE_PLATFORM) != 0 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
}
/* "X", the network; only behind words that ask for one. */
static bool is_x(sf_str word) { return word.len == 1 && word.ptr[0] == 'X'; }

bool sf_quote_is_platform(sf_str via) { return via.len > 0 && (is_platform(via) || is_x(via)); }

static bool hangs(const look *l, uint32_t token, uint32_t head) {
    return sf_clause_head(&l->clause, token) == head && sf_clause_sees(&l->clause, token);
}

/* ---- names ---- */

/* The last word of a name decides what it is: "the Leeds TV Festival". */
static unsigned last_word_is(const look *l, sf_span name, unsigned sections) {
    uint32_t last = sf_clause_token(l->clause.scene, name.end - 1);
    return is(l, last, sections);
}

static sf_str name_words(const look *l, const sf_clause_name *name) {
    const sf_scene *s = l->clause.scene;
    if (name->subject != SOFAR_NOBODY && name->type != SOFAR_PERSON)
        return s->people->subjects[name->subject].name;
    return sf_span_of(s->text->text, name->span);
}

static bool says_where(look *l, sf_str via) {
    l->placed = true;
    if (!l->via.ptr)
        l->via = via;
    return true;
}

static bool may_be_outlet(const look *l, const sf_clause_name *name) {
    return name->type != SOFAR_PERSON && name->type != SOFAR_PLACE &&
           name->type != SOFAR_CHARACTER && name->type != SOFAR_EVENT &&
           !last_word_is(l, name->span, VENUE_BODY);
}

static bool is_event(const look *l, const sf_clause_name *name) {
    return name->type != SOFAR_PERSON &&
           (name->type == SOFAR_EVENT || last_word_is(l, name->span, VENUE_EVENT));
}

/* A platform, a programme or paper that is named in the phrase of a noun: "her Instagram story",
 * "the Late Desk podcast", "the podcast Late Desk". */
static bool named_in_phrase(look *l, uint32_t noun) {
    const sf_clause *c = &l->clause;
    bool aired = is(l, noun, VENUE_AIRED) != 0;
    for (uint32_t t = c->first; t < c->end; t++) {
        if (!hangs(l, t, noun))
            continue;
        sf_relation r = sf_clause_relation(c, t);
        if (r != SF_REL_PART && r != SF_REL_OWNER && r != SF_REL_APPOSED && r != SF_REL_NOMINAL)
            continue;
        if (r == SF_REL_NOMINAL && sf_clause_case(c, t).ptr)
            continue;
        sf_clause_name name;
        sf_str word = sf_clause_str(c, t);
        if (is_platform(word) || (is_x(word) && is(l, noun, VENUE_POST)))
            return says_where(l, word);
        if (!sf_clause_name_at(c, t, &name) || !may_be_outlet(l, &name))
            continue;
        if (aired || name.type == SOFAR_OUTLET)
            return says_where(l, name_words(l, &name));
    }
    return false;
}

/* ---- nouns and prepositions ---- */

static void below(look *l, uint32_t noun, int depth);

static const char *const by_way[] = {"via", "through", "over", NULL};
static const char *const on[] = {"on", "in", "onto", "from", "within", "inside", "into", NULL};
static const char *const with[] = {"with", "to", "for", "by", "of", "from", NULL};
static const char *const at[] = {"at", "during", "in", "after", "before", "from", NULL};

/* A name behind a preposition; spoken: what it hangs on is talk, so that "with", "to", "for", "of"
 * name the other side. */
static bool named_place(look *l, uint32_t noun, sf_str prep, bool spoken) {
    const sf_clause *c = &l->clause;
    sf_str word = sf_clause_str(c, noun);
    bool to = spells(prep, (const char *const[]){"to", "onto", "on", "via", "through", "in", "from",
                                                 "over", NULL});
    if ((is_platform(word) || is_x(word)) && to)
        return says_where(l, word);
    sf_clause_name name;
    if (!sf_clause_name_at(c, noun, &name))
        return false;
    if (is_event(l, &name) && spells(prep, at))
        return says_where(l, name_words(l, &name));
    if (name.type == SOFAR_PERSON && spoken && name.subject != SOFAR_NOBODY &&
        spells(prep, (const char *const[]){"with", "to", NULL})) {
        if (l->to == SOFAR_NOBODY)
            l->to = name.subject;
        return true;
    }
    if (!may_be_outlet(l, &name))
        return false;
    bool outlet = name.type == SOFAR_OUTLET, broad = spells(prep, by_way);
    if (spells(prep, on)) {
        sf_str spelled = sf_span_of(c->scene->text->text, name.span);
        sf_str before = name.span.begin > 4
                            ? sf_str_sub(c->scene->text->text, name.span.begin - 4, name.span.begin)
                            : SF_ABSENT;
        bool article =
            sf_str_equal(before, SF_STR("The ")) || sf_str_starts(spelled, SF_STR("The "));
        broad = sf_str_equal_ci(prep, SF_STR("on")) && (spoken || article);
    }
    static const char *const sides[] = {"with", "to", NULL};
    bool side = spoken && spells(prep, name.type == SOFAR_WORK ? sides : with);
    return (outlet || broad || side) && says_where(l, name_words(l, &name));
}

/* A described person as a subject of the page: "wrote to her director". */
static void described(look *l, uint32_t noun) {
    const sf_people *p = l->clause.scene->people;
    uint32_t m = sf_clause_mention(l->clause.scene, l->clause.scene->text->tokens[noun].span.begin);
    if (m != SF_NONE && l->to == SOFAR_NOBODY &&
        p->subjects[p->names[m].subject].type == SOFAR_PERSON)
        l->to = p->names[m].subject;
}

/* The name in apposition to a noun: "the film's director, Dana Roe". */
static void apposed_person(look *l, uint32_t noun) {
    for (uint32_t t = noun + 1; t < l->clause.end; t++) {
        sf_clause_name name;
        if (hangs(l, t, noun) && sf_clause_relation(&l->clause, t) == SF_REL_APPOSED &&
            sf_clause_name_at(&l->clause, t, &name) && name.type == SOFAR_PERSON &&
            name.subject != SOFAR_NOBODY && l->to == SOFAR_NOBODY)
            l->to = name.subject;
    }
}

/* "shared the news on Instagram": the platform may hang on what is shared; "sounded happy at the
 * Leeds Festival", where nothing is said, an event. */
static void below_object(look *l, uint32_t noun, bool said) {
    static const char *const preps[] = {"on", "to", "via", "through", "over", NULL};
    const sf_clause *c = &l->clause;
    for (uint32_t t = noun + 1; t < c->end; t++) {
        sf_str word = sf_clause_str(c, t);
        if ((is_platform(word) || is_x(word)) && hangs(l, t, noun) &&
            spells(sf_clause_case(c, t), preps))
            says_where(l, word);
        sf_clause_name name;
        if (!said && hangs(l, t, noun) && sf_clause_name_at(c, t, &name) && is_event(l, &name) &&
            spells(sf_clause_case(c, t), at))
            says_where(l, name_words(l, &name));
    }
}

/* "told Needle Drop backstage", where the tree takes the adverb for the noun. */
static uint32_t name_before(const look *l, uint32_t noun) {
    return is(l, noun, VENUE_ASIDE) && noun > l->clause.first ? noun - 1 : noun;
}

static void place(look *l, uint32_t noun, bool spoken, int depth) {
    const sf_clause *c = &l->clause;
    sf_str prep = sf_clause_case(c, noun);
    if (!prep.ptr || depth > DEPTH)
        return;
    if (named_place(l, name_before(l, noun), prep, spoken))
        return;
    unsigned kind = is(l, noun, VENUE_TALK | VENUE_POST | VENUE_AIRED | VENUE_EVENT | VENUE_PEOPLE);
    if (sf_str_equal_ci(prep, SF_STR("to")) || sf_str_equal_ci(prep, SF_STR("with"))) {
        if (spoken) {
            described(l, noun);
            apposed_person(l, noun);
        }
        if (kind & VENUE_PEOPLE)
            l->placed = true;
    }
    if (!kind || sf_str_equal_ci(prep, SF_STR("about")))
        return;
    if ((kind & VENUE_PAPER) && l->paper.ptr && spoken)
        says_where(l, l->paper);
    if (!sf_str_equal_ci(prep, SF_STR("of")))
        l->placed = true;
    below(l, noun, depth + 1);
}

/* What hangs on a noun of talking, posting or broadcasting. */
static void below(look *l, uint32_t noun, int depth) {
    const sf_clause *c = &l->clause;
    named_in_phrase(l, noun);
    for (uint32_t t = c->first; t < c->end && depth <= DEPTH; t++) {
        if (!hangs(l, t, noun))
            continue;
        sf_relation r = sf_clause_relation(c, t);
        if (r == SF_REL_NOMINAL || r == SF_REL_OBLIQUE)
            place(l, t, true, depth + 1);
        else if (r == SF_REL_APPOSED || r == SF_REL_CONJUNCT)
            below(l, t, depth + 1);
        else if (r == SF_REL_MODIFIER && is(l, t, VENUE_TALKING))
            for (uint32_t k = c->first; k < c->end; k++)
                if (hangs(l, k, t) && sf_clause_relation(c, k) == SF_REL_OBLIQUE)
                    place(l, k, true, depth + 1);
    }
}

/* ---- objects ---- */

static void told_outlet(look *l, const sf_clause_name *name) {
    says_where(l, name_words(l, name));
    l->paper = l->via;
}

/* "told Variety", "told Ana Ruiz of Variety", "told the magazine", "told her Instagram followers"
 */
static void told(look *l, uint32_t noun) {
    const sf_clause *c = &l->clause;
    sf_clause_name name;
    l->placed = true;
    if (sf_clause_name_at(c, name_before(l, noun), &name)) {
        if (name.type == SOFAR_PERSON) {
            l->to = name.subject;
        } else if (last_word_is(l, name.span, VENUE_BODY)) {
            l->to = name.subject;
            return;
        } else if (name.type != SOFAR_PLACE && name.type != SOFAR_CHARACTER) {
            told_outlet(l, &name);
            return;
        }
    } else {
        described(l, noun);
    }
    if (!named_in_phrase(l, noun) && is(l, noun, VENUE_PAPER) && l->paper.ptr)
        says_where(l, l->paper);
    for (uint32_t t = c->first; t < c->end; t++) {
        if (!hangs(l, t, noun))
            continue;
        sf_relation r = sf_clause_relation(c, t);
        if (r == SF_REL_NOMINAL) {
            place(l, t, true, 1);
        } else if (r == SF_REL_PART && !is(l, noun, VENUE_PEOPLE | VENUE_PAPER)) {
            if (sf_clause_name_at(c, t, &name) && name.type == SOFAR_PERSON &&
                l->to == SOFAR_NOBODY) /* "told host Ana Ruiz" */
                l->to = name.subject;
        }
    }
}

static bool tells(const look *l, uint32_t verb) {
    static const char *const verbs[] = {"email",    "emailed", "text",   "texted", "warned",
                                        "messaged", "thanked", "called", NULL};
    sf_str word = sf_clause_str(&l->clause, verb);
    return (sf_cue_of(word) & SF_CUE_TELL) || spells(word, verbs);
}

/* All that hangs on one verb. */
static void around(look *l, uint32_t verb) {
    const sf_clause *c = &l->clause;
    bool cue =
        (sf_cue_of(sf_clause_str(c, verb)) & (SF_CUE_SPEECH | SF_CUE_POST | SF_CUE_TELL)) != 0;
    bool spoken = cue || is(l, verb, VENUE_TALKING), topic = is(l, verb, VENUE_TOPIC) != 0;
    for (uint32_t t = c->first; t < c->end; t++) {
        if (!hangs(l, t, verb) || t == c->at)
            continue;
        switch (sf_clause_relation(c, t)) {
        case SF_REL_INDIRECT: told(l, t); break;
        case SF_REL_OBJECT:
            if (tells(l, verb))
                told(l, t);
            else if (is(l, t, VENUE_TALK | VENUE_POST))
                below(l, t, 1);
            else
                below_object(l, t, cue);
            break;
        case SF_REL_SUBJECT:
            if (is(l, t, VENUE_POST) || (is(l, t, VENUE_TALK) && !is(l, t, VENUE_PEOPLE)))
                below(l, t, 1);
            break;
        case SF_REL_OBLIQUE:
        case SF_REL_NOMINAL:
            place(l, t, spoken && !(topic && sf_str_equal_ci(sf_clause_case(c, t), SF_STR("on"))),
                  0);
            break;
        default: break;
        }
    }
}

/* ---- the verbs ---- */

static void add_verb(look *l, uint32_t verb) {
    for (uint32_t i = 0; i < l->verb_count; i++)
        if (l->verbs[i] == verb)
            return;
    if (l->verb_count < VERBS)
        l->verbs[l->verb_count++] = verb;
}

/* The cue, the verbs it hangs on without a subject of its own ("took to X to write", "spoke to
 * Variety and said"), and those beside it that have none ("..., speaking to Variety"). */
static void collect_verbs(look *l, uint32_t cue) {
    const sf_clause *c = &l->clause;
    add_verb(l, cue);
    for (uint32_t verb = cue; l->verb_count < VERBS - 2;) {
        sf_relation r = sf_clause_relation(c, verb);
        uint32_t head = sf_clause_head(c, verb);
        if ((r != SF_REL_CLAUSE && r != SF_REL_CONJUNCT) || head == SF_NONE ||
            !sf_clause_sees(c, head) || !sf_clause_is_verb(c, head) ||
            sf_clause_has_subject(c, verb))
            break;
        add_verb(l, head);
        verb = head;
    }
    for (uint32_t i = 0; i < l->verb_count; i++)
        for (uint32_t t = c->first; t < c->end; t++)
            if (hangs(l, t, l->verbs[i]) && sf_clause_relation(c, t) == SF_REL_CLAUSE &&
                is(l, t, VENUE_TALKING) && !sf_clause_has_subject(c, t))
                add_verb(l, t);
}

/* ---- the time ---- */

static bool is_verb_of(const look *l, uint32_t token) {
    for (uint32_t i = 0; i < l->verb_count; i++)
        if (l->verbs[i] == token)
            return true;
    return false;
}

/* Does the expression hang on one of the verbs, by way of nothing but what tells of the saying? */
static bool tells_when(const look *l, sf_span words) {
    const sf_clause *c = &l->clause;
    static const char *const topics[] = {"of", "about", NULL};
    const sf_scene *s = c->scene;
    uint32_t t = sf_clause_token(s, words.begin);
    while (t < c->end && sf_clause_head(c, t) != SF_NONE &&
           s->text->tokens[sf_clause_head(c, t)].span.begin >= words.begin &&
           s->text->tokens[sf_clause_head(c, t)].span.end <= words.end)
        t = sf_clause_head(c, t);
    if (!sf_clause_sees(c, t))
        return false;
    for (int step = 0; step < CLIMB; step++) {
        uint32_t head = sf_clause_head(c, t);
        sf_relation r = sf_clause_relation(c, t);
        if (head == SF_NONE || !sf_clause_sees(c, head))
            return false;
        sf_str prep = sf_clause_case(c, head);
        if (spells(prep, topics) && is_verb_of(l, sf_clause_head(c, head)))
            return false; /* "said of the October premiere" */
        bool talk = is(l, head, VENUE_TALK | VENUE_POST | VENUE_AIRED | VENUE_EVENT) != 0;
        if (r == SF_REL_PART && !talk) /* "the October release" */
            return false;
        if (r == SF_REL_RELATIVE || r == SF_REL_COMPLEMENT || r == SF_REL_CONJUNCT ||
            r == SF_REL_SUBJECT || r == SF_REL_MODIFIER)
            return false;
        if (is_verb_of(l, head))
            return r != SF_REL_OBJECT || step == 0 || is(l, t, VENUE_TALK | VENUE_POST);
        t = head;
    }
    return false;
}

/* "said Friday", "told Variety on Friday": right behind the cue, whatever the tree says. */
static bool right_behind(const look *l, sf_span words) {
    const sf_clause *c = &l->clause;
    uint32_t t = sf_clause_token(c->scene, words.begin), cue = c->at;
    if (t <= cue || t - cue > 2 || !sf_clause_sees(c, t))
        return false;
    return t == cue + 1 || spells(sf_clause_str(c, cue + 1),
                                  (const char *const[]){"on", "in", "late", "early", NULL});
}

static void find_time(look *l) {
    const sf_clause *c = &l->clause;
    const sf_scene *s = c->scene;
    uint32_t begin = s->text->tokens[c->first].span.begin;
    uint32_t end = s->text->tokens[c->end - 1].span.end;
    size_t low = 0, high = s->times->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->times->at[mid].span.begin < begin)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < s->times->count && s->times->at[low].span.end <= end && !l->when.ptr; low++) {
        const sofar_time *t = &s->times->at[low];
        sf_interval days;
        if ((t->type == SOFAR_DATE || t->type == SOFAR_TIME) && t->value.ptr &&
            sf_interval_parse(t->value, &days) &&
            (right_behind(l, t->span) || tells_when(l, t->span)))
            l->when = t->value;
    }
}

/* ---- one clause ---- */

static bool search(look *l, const sf_scene *s, const uint32_t *level, uint32_t cue) {
    l->via = l->when = SF_ABSENT;
    l->to = SOFAR_NOBODY;
    l->placed = false;
    l->verb_count = 0;
    if (cue >= s->text->token_count || !sf_clause_open(s, level, cue, &l->clause))
        return false;
    collect_verbs(l, cue);
    for (uint32_t i = 0; i < l->verb_count; i++)
        around(l, l->verbs[i]);
    if (!sf_clause_is_verb(&l->clause, cue)) /* "in a statement: ..." */
        below(l, cue, 1);
    find_time(l);
    return true;
}

/* ---- the sentence that leads to it ---- */

/* The token at which sentence `number` hangs. */
static uint32_t root_of(const sf_scene *s, uint32_t number) {
    const sf_model_sentence *sentence = &s->analysis->sentences[number];
    for (uint32_t i = 0; i < sentence->token_count; i++)
        if (s->analysis->tokens[sentence->first_token + i].head == SF_NONE)
            return sentence->first_token + i;
    return SF_NONE;
}

static uint32_t sentence_of(const sf_scene *s, uint32_t token) {
    const sf_analysis *a = s->analysis;
    uint32_t low = 0, high = a->sentence_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (a->sentences[mid].first_token + a->sentences[mid].token_count <= token)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Does the sentence tell of the speaker, by name or in words that are no other's name? */
static bool of_speaker(const look *l, uint32_t verb, uint32_t speaker) {
    const sf_clause *c = &l->clause;
    for (uint32_t t = c->first; t < c->end; t++) {
        sf_clause_name name;
        if (!hangs(l, t, verb) || sf_clause_relation(c, t) != SF_REL_SUBJECT)
            continue;
        uint32_t m = sf_clause_mention(c->scene, c->scene->text->tokens[t].span.begin);
        if (m != SF_NONE && c->scene->people->names[m].form != SOFAR_NAME)
            return c->scene->people->names[m].subject == speaker;
        return !sf_clause_name_at(c, t, &name) || name.subject == speaker;
    }
    return false;
}

/* The sentence before the one that holds `token`, in its block or at the end of the one before. */
static bool lead_before(look *l, const sf_scene *s, const uint32_t *level, uint32_t token,
                        uint32_t speaker) {
    uint32_t number = sentence_of(s, token);
    if (number == 0 || number >= s->analysis->sentence_count)
        return false;
    uint32_t root = root_of(s, number - 1);
    const sf_model_sentence *own = &s->analysis->sentences[number];
    if (root == SF_NONE || own->block - own[-1].block > 1 || level[root])
        return false;
    l->paper = SF_ABSENT;
    return search(l, s, level, root) && is(l, root, VENUE_LEADS) && of_speaker(l, root, speaker);
}

/* Of a quotation without a cue: the verb that it hangs on, else that of the sentence that a colon
 * ends before it. */
static uint32_t verb_before(const sf_scene *s, const uint32_t *level, const sofar_quote *q) {
    uint32_t first = sf_clause_token(s, q->spans[0].begin), steps = 0;
    if (first >= s->text->token_count)
        return SF_NONE;
    for (uint32_t t = first; s->analysis->tokens[t].head != SF_NONE && steps++ < REACH;) {
        t = s->analysis->tokens[t].head;
        if (level[t] != level[first])
            return t < first ? t : SF_NONE;
    }
    for (uint32_t t = first; t > 0 && first - t < 3; t--)
        if (sf_str_equal(sf_token_of(s->text, t - 1), SF_STR(":")))
            return root_of(s, sentence_of(s, t - 1));
    return SF_NONE;
}

/* ---- all ---- */

/* Twitter's embeds end "— Ana Ruiz (@ana) October 3, 2021". */
static sf_str platform_of_post(const sf_scene *s, const sofar_quote *q) {
    uint32_t end = q->spans[q->span_count - 1].end;
    sf_str rest = sf_str_trim(sf_str_sub(s->text->text, end, end + 120));
    rest = sf_str_sub(rest, 0, sf_str_find(rest, SF_STR("\n\n"), 0));
    bool dash = sf_str_starts(rest, SF_STR("—")) || sf_str_starts(rest, SF_STR("–"));
    return q->cue.begin == q->cue.end && dash && sf_str_find(rest, SF_STR("(@"), 0) != SIZE_MAX
               ? SF_STR("Twitter")
               : SF_ABSENT;
}

/* Does q go on where `before` stopped: the same speaker, in the same paragraph or the next? */
static bool goes_on(const sf_scene *s, const sofar_quote *before, const sofar_quote *q) {
    if (q->speaker == SOFAR_NOBODY || q->speaker != before->speaker)
        return false;
    uint32_t a = sf_clause_token(s, before->spans[before->span_count - 1].begin);
    uint32_t b = sf_clause_token(s, q->spans[0].begin);
    uint32_t x = sentence_of(s, a), y = sentence_of(s, b);
    return y < s->analysis->sentence_count &&
           s->analysis->sentences[y].block - s->analysis->sentences[x].block <= 1;
}

/* True if something was filled. */
static bool fill(sofar_quote *q, const look *l) {
    bool to = q->to == SOFAR_NOBODY && l->to != SOFAR_NOBODY && l->to != q->speaker;
    bool via = !q->via.ptr && l->via.ptr, when = !q->when.ptr && l->when.ptr;
    if (via)
        q->via = l->via;
    if (to)
        q->to = l->to;
    if (when)
        q->when = l->when;
    return via || to || when;
}

static const char *of_quote(const sf_scene *s, const uint32_t *level, sofar_quote *q,
                            const sofar_quote *before, sf_str *paper) {
    bool cued = q->cue.begin < q->cue.end;
    uint32_t cue = cued ? sf_clause_token(s, q->cue.begin) : verb_before(s, level, q);
    look l = {.paper = *paper};
    if (cue != SF_NONE && search(&l, s, level, cue)) {
        bool filled = fill(q, &l);
        *paper = l.paper;
        if (filled || l.placed)
            return filled ? "beside the cue" : NULL;
    }
    if (!q->via.ptr) {
        q->via = platform_of_post(s, q);
        if (q->via.ptr)
            return "the signature of a post";
    }
    uint32_t first = sf_clause_token(s, q->spans[0].begin);
    if (cued && cue < first)
        first = cue;
    if (first < s->text->token_count && lead_before(&l, s, level, first, q->speaker) && fill(q, &l))
        return "the sentence before";
    if (!before || !goes_on(s, before, q) || !(before->via.ptr || before->when.ptr))
        return NULL;
    q->via = before->via;
    if (!q->when.ptr)
        q->when = before->when;
    return "the quote before";
}

const char **sf_quote_venues(const sf_scene *s, sofar_quote *quotes, size_t count) {
    const char **found = SF_ARRAY(s->arena, const char *, count + 1);
    if (s->analysis->sentence_count == 0)
        return found;
    const uint32_t *level = sf_clause_levels(s, quotes, count);
    sf_str paper = SF_ABSENT;
    for (size_t i = 0; i < count; i++)
        found[i] = of_quote(s, level, &quotes[i], i ? &quotes[i - 1] : NULL, &paper);
    return found;
}
