/* The analysis of one reading as CoNLL-U (universaldependencies.org/format): a sentence a block of
 * lines, a token a line. The span in the last column leads back to the bytes of the canonical text,
 * so a receipt can be made of any line. */
#include "read/read.h"

typedef struct writer {
    sf_buf *buf;
    const sofar_reading *reading;
    uint32_t number; /* of the sentence, from 1 */
} writer;

/* A cell holds no white space and is not empty; an absent one is "_". */
static void cell(sf_buf *buf, sf_str s) {
    if (s.len == 0)
        sf_buf_char(buf, '_');
    for (size_t i = 0; i < s.len; i++)
        sf_buf_char(buf, (unsigned char)s.ptr[i] <= ' ' ? '?' : s.ptr[i]);
    sf_buf_char(buf, '\t');
}

/* A page's name as an identifier: what would end a line or a word is written %0A. */
static void identifier(sf_buf *buf, sf_str file) {
    for (size_t i = 0; i < file.len; i++)
        if ((unsigned char)file.ptr[i] <= ' ' || file.ptr[i] == '%' || file.ptr[i] == 0x7F)
            sf_buf_printf(buf, "%%%02X", (unsigned char)file.ptr[i]);
        else
            sf_buf_char(buf, file.ptr[i]);
}

static bool space_after(const sf_text *text, uint32_t token) {
    return token + 1 == text->token_count || text->tokens[token + 1].space;
}

/* As the tokens and the spaces between them spell it, on one line. */
static void spelled(const writer *w, const sf_model_sentence *s) {
    const sf_text *text = w->reading->text;
    sf_buf_add(w->buf, SF_STR("# text = "));
    for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
        sf_buf_add(w->buf, sf_token_of(text, i));
        if (space_after(text, i) && i + 1 < s->first_token + s->token_count)
            sf_buf_char(w->buf, ' ');
    }
    sf_buf_char(w->buf, '\n');
}

static void token(const writer *w, const sf_model_sentence *s, uint32_t i) {
    const sofar_reading *r = w->reading;
    const sf_model_token *t = &r->analysis->tokens[i];
    sf_str form = sf_token_of(r->text, i);
    sf_span span = r->text->tokens[i].span;
    sf_buf *buf = w->buf;
    sf_buf_printf(buf, "%u\t", i - s->first_token + 1);
    cell(buf, form);
    cell(buf, sf_model_lemma(r->model, buf->arena, t->lemma, form));
    cell(buf, sf_model_upos(r->model, t->tag));
    sf_buf_add(buf, SF_STR("_\t"));
    cell(buf, sf_model_features(r->model, t->tag));
    sf_buf_printf(buf, "%u\t", t->head == SF_NONE ? 0 : t->head - s->first_token + 1);
    cell(buf, sf_model_label(r->model, t->label));
    sf_buf_add(buf, SF_STR("_\t"));
    if (t->attribution)
        sf_buf_printf(buf, "Attribution=%.*s|",
                      SF_ARG(sf_model_attribution(r->model, t->attribution)));
    if (t->name)
        sf_buf_printf(buf, "Name=%.*s|", SF_ARG(sf_model_name(r->model, t->name)));
    if (!space_after(r->text, i))
        sf_buf_add(buf, SF_STR("SpaceAfter=No|"));
    sf_buf_printf(buf, "Span=%u-%u\n", span.begin, span.end);
}

static void sentence(writer *w, const sf_model_sentence *s, bool new_block) {
    if (new_block)
        sf_buf_add(w->buf, SF_STR("# newpar\n"));
    sf_buf_add(w->buf, SF_STR("# sent_id = "));
    identifier(w->buf, w->reading->clipping.file);
    sf_buf_printf(w->buf, ":%u\n", ++w->number);
    spelled(w, s);
    for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++)
        token(w, s, i);
    sf_buf_char(w->buf, '\n');
}

sofar_status sf_reading_conllu(sofar_reading *r, sf_str *out, sofar_error *err) {
    if (!r->analysis)
        return sf_fail(err, SOFAR_ERR_USAGE, "%.*s: was read without SOFAR_STAGE_MODEL",
                       SF_ARG(r->clipping.file));
    if (setjmp(r->escape))
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory while writing the analysis",
                       SF_ARG(r->clipping.file));
    sf_buf buf = sf_buf_new(&r->arena);
    writer w = {.buf = &buf, .reading = r};
    for (uint32_t i = 0; i < r->analysis->sentence_count; i++) {
        const sf_model_sentence *s = &r->analysis->sentences[i];
        if (i == 0) {
            sf_buf_add(&buf, SF_STR("# newdoc id = "));
            identifier(&buf, r->clipping.file);
            sf_buf_char(&buf, '\n');
        }
        sentence(&w, s, i == 0 || s->block != s[-1].block);
    }
    *out = sf_buf_str(&buf);
    return SOFAR_OK;
}
