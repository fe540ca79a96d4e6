/* Interviews in questions and answers.
 *
 * A transcript says who speaks with a label: a name, a surname in capitals, "A", and a colon. One
 * such line is no transcript ("Cast: ..."), so it takes several labels, of two speakers, and a
 * label must name a person of the page. Where there are no labels, several paragraphs that ask
 * "you" something are the questions, and what stands between them in the first person is answered
 * by the one person that the page's title names, or names most. */
#include "quote/turns.h"

enum {
    LABEL = 6,    /* items in a label, at most */
    PERSONS = 64, /* of the page that a label may name */
    TURNS = 3,    /* fewer labelled blocks, or questions, are no interview */
    WITHIN = 3    /* blocks of an answer behind the one with the label */
};

typedef enum role { NO_TURN, ASKS, ANSWERS } role;

typedef struct turn {
    role role;
    uint32_t begin;   /* byte where its words begin */
    sf_span label;    /* empty if it has none */
    uint32_t speaker; /* the subject; SOFAR_NOBODY */
} turn;

static char mark(const sf_scene *s, uint32_t i) { return s->items[i].mark; }

/* Are the words a person's name, full or not: "ANA RUIZ", "RUIZ"? */
static bool names(sf_str person, sf_str words) {
    size_t at = sf_str_find_ci(person, words, 0);
    return at != SIZE_MAX && (at == 0 || person.ptr[at - 1] == ' ') &&
           (at + words.len == person.len || person.ptr[at + words.len] == ' ');
}

/* The one person, among the first of the page, whom a label names; SOFAR_NOBODY if there is none,
 * or more. */
static uint32_t labelled(const sf_scene *s, sf_span label) {
    sf_str words = sf_span_of(s->text->text, label);
    uint32_t found = SOFAR_NOBODY, seen = 0;
    for (size_t i = 0; words.len > 1 && i < s->people->subject_count && seen < PERSONS; i++) {
        if (s->people->subjects[i].type != SOFAR_PERSON)
            continue;
        seen++;
        if (!names(s->people->subjects[i].name, words))
            continue;
        if (found != SOFAR_NOBODY)
            return SOFAR_NOBODY;
        found = (uint32_t)i;
    }
    return found;
}

/* "ANA RUIZ:", "Q:" at the beginning of a block. */
static bool label_of(const sf_scene *s, uint32_t block, turn *t) {
    uint32_t first = s->block_first[block], end = s->block_first[block + 1], i = first;
    while (i < end && i < first + LABEL && s->items[i].run == SF_NONE &&
           (s->items[i].capital || mark(s, i) == '.'))
        i++;
    if (i == first || i + 1 >= end || mark(s, i) != ':')
        return false;
    t->label = (sf_span){s->items[first].span.begin, s->items[i - 1].span.end};
    t->begin = s->items[i + 1].span.begin;
    return true;
}

/* Does the block ask: does its last sentence end with a question mark? */
static bool asks(const sf_scene *s, uint32_t block) {
    uint32_t end = s->block_first[block + 1];
    return end > s->block_first[block] && mark(s, end - 1) == '?';
}

static bool has_word(const sf_scene *s, uint32_t block, const char *const *words) {
    for (uint32_t i = s->block_first[block]; i < s->block_first[block + 1]; i++)
        for (const char *const *w = words; *w && s->items[i].word != SF_NONE; w++)
            if (sf_str_equal_ci(sf_item_str(s, i), sf_str_of(*w)))
                return true;
    return false;
}

/* Does a quotation in marks, or its opening mark, begin what the turn says? */
static bool in_marks(const sf_scene *s, const turn *t) {
    uint32_t i = sf_item_at(s, t->begin);
    return i < s->item_count && s->items[i].run != SF_NONE;
}

/* ---- with labels ---- */

/* Turns by their labels; how many there are. */
static uint32_t find_labels(const sf_scene *s, turn *turns, uint32_t blocks) {
    uint32_t count = 0, persons = 0, second = 0;
    sf_str first = SF_ABSENT;
    for (uint32_t b = 0; b < blocks; b++) {
        turn t = {.role = ANSWERS, .speaker = SOFAR_NOBODY};
        if (s->clipping->blocks[b].kind == SOFAR_BLOCK_HEADING || !label_of(s, b, &t))
            continue;
        t.speaker = labelled(s, t.label);
        t.role = t.speaker == SOFAR_NOBODY ? ASKS : ANSWERS;
        sf_str label = sf_span_of(s->text->text, t.label);
        first = count ? first : label;
        second += !sf_str_equal_ci(first, label);
        persons += t.role == ANSWERS;
        turns[b] = t;
        count++;
    }
    return count >= TURNS && second && persons ? count : 0;
}

/* A paragraph without a label between two that have one goes on with the one before. */
static void find_further(const sf_scene *s, turn *turns, uint32_t blocks) {
    uint32_t last = 0;
    for (uint32_t b = 0; b < blocks; b++)
        last = turns[b].role != NO_TURN ? b : last;
    for (uint32_t b = 1, further = 0; b < last; b++) {
        bool plain = s->clipping->blocks[b].kind == SOFAR_BLOCK_PARAGRAPH;
        further = turns[b].role != NO_TURN ? 0 : further + 1;
        if (further && further <= WITHIN && plain && turns[b - 1].role == ANSWERS) {
            turns[b] = turns[b - 1];
            turns[b].begin = s->clipping->blocks[b].span.begin;
            turns[b].label = (sf_span){0, 0};
        }
    }
}

/* ---- without labels ---- */

/* The person whom the page is about: the only one in its title, or else the one named most. */
static uint32_t interviewee(const sf_scene *s) {
    const sf_people *p = s->people;
    uint32_t found = SOFAR_NOBODY, titled = 0, most = SOFAR_NOBODY;
    uint32_t *count = SF_ARRAY(s->arena, uint32_t, p->subject_count + 1);
    for (size_t i = 0; i < p->name_count; i++)
        count[p->names[i].subject]++;
    for (size_t i = 0; i < p->subject_count; i++) {
        if (p->subjects[i].type != SOFAR_PERSON)
            continue;
        bool in_title = sf_str_find(s->clipping->title, p->subjects[i].name, 0) != SIZE_MAX;
        titled += in_title;
        found = in_title ? (uint32_t)i : found;
        most = most == SOFAR_NOBODY || count[i] > count[most] ? (uint32_t)i : most;
    }
    return titled == 1 ? found : most;
}

/* Questions to "you", and what is said in the first person between them. */
static uint32_t find_questions(const sf_scene *s, turn *turns, uint32_t blocks) {
    static const char *const you[] = {"you", "your", "you've", "you’ve", "you're", "you’re", NULL};
    static const char *const me[] = {"I",   "my",   "me",   "we",  "our", "I'm",
                                     "I’m", "I've", "I’ve", "I'd", "I’d", NULL};
    uint32_t count = 0, person = interviewee(s);
    bool open = false;
    for (uint32_t b = 0; b < blocks && person != SOFAR_NOBODY; b++) {
        uint32_t begin = s->clipping->blocks[b].span.begin;
        turn t = {.begin = begin, .speaker = person};
        if (asks(s, b) && has_word(s, b, you) && !in_marks(s, &t)) {
            t.role = ASKS;
            open = true;
        } else if (open && s->clipping->blocks[b].kind == SOFAR_BLOCK_PARAGRAPH &&
                   !in_marks(s, &t) && has_word(s, b, me)) {
            t.role = ANSWERS;
            count += turns[b - 1].role == ASKS;
        } else {
            open = false;
        }
        turns[b] = t;
    }
    return count >= TURNS ? count : 0;
}

/* ---- out ---- */

/* What is in turns, in order: the next run and cue to look at. */
typedef struct inside {
    sf_piece *pieces;
    bool *taken;
    uint32_t run, said;
} inside;

/* The runs and cues of a turn are part of what it says, but what it quotes from others. */
static void swallow(const sf_scene *s, inside *in, sf_span words) {
    for (; in->run < s->runs.count && s->runs.at[in->run].outer.begin < words.end; in->run++) {
        sf_piece *p = &in->pieces[in->run];
        if (s->runs.at[in->run].outer.begin >= words.begin && p->speaker.begin == p->speaker.end)
            p->quotation = false;
    }
    for (; in->said < s->said_count && s->saids[in->said].cue.begin < words.end; in->said++)
        if (s->saids[in->said].cue.begin >= words.begin)
            in->taken[in->said] = true;
}

static void add(const sf_scene *s, const turn *turns, uint32_t b, uint32_t end,
                sf_quote_list *out) {
    sofar_quote q = {.kind = SOFAR_DIRECT,
                     .to = SOFAR_NOBODY,
                     .speaker = turns[b].speaker,
                     .speaker_span = turns[b].label,
                     .spans = SF_ARRAY(s->arena, sofar_span, end - b)};
    for (; b < end; b++)
        q.spans[q.span_count++] = (sf_span){turns[b].begin, s->clipping->blocks[b].span.end};
    *SF_PUSH(s->arena, out) = q;
}

void sf_quote_turns(const sf_scene *s, sf_piece *pieces, bool *taken, sf_quote_list *out) {
    uint32_t blocks = (uint32_t)s->clipping->block_count;
    turn *turns = SF_ARRAY(s->arena, turn, blocks + 1);
    if (find_labels(s, turns, blocks)) {
        find_further(s, turns, blocks);
    } else {
        memset(turns, 0, sizeof *turns * (blocks + 1));
        if (!find_questions(s, turns, blocks))
            return;
    }
    inside in = {pieces, taken, 0, 0};
    for (uint32_t b = 0, end; b < blocks; b = end) {
        end = b + 1;
        if (turns[b].role != ANSWERS || in_marks(s, &turns[b]))
            continue;
        while (end < blocks && turns[end].role == ANSWERS &&
               turns[end].label.begin == turns[end].label.end)
            end++;
        for (uint32_t k = b; k < end; k++)
            swallow(s, &in, (sf_span){turns[k].begin, s->clipping->blocks[k].span.end});
        add(s, turns, b, end, out);
    }
}
