/* The `sofar read` record of one reading, in the contract's words and order. */
#include "read/read.h"

static void page(sf_json *j, const sofar_clipping *c) {
    sf_json_key(j, "page");
    sf_json_object(j);
    sf_json_key(j, "file"), sf_json_str(j, c->file);
    sf_json_key(j, "url"), sf_json_str(j, c->url);
    sf_json_key(j, "outlet"), sf_json_str(j, c->outlet);
    sf_json_key(j, "title"), sf_json_str(j, c->title);
    sf_json_key(j, "byline");
    sf_json_array(j);
    for (size_t i = 0; i < c->byline_count; i++)
        sf_json_str(j, c->byline[i]);
    sf_json_array_end(j);
    sf_json_key(j, "published"), sf_json_str(j, c->published);
    sf_json_key(j, "published_from");
    sf_json_str(j, c->published.ptr ? sf_str_of(sf_origin_word(c->published_from)) : SF_ABSENT);
    sf_json_key(j, "updated"), sf_json_str(j, c->updated);
    sf_json_key(j, "lang"), sf_json_str(j, c->lang);
    sf_json_key(j, "sha256"), sf_json_str(j, sf_str_of(c->sha256));
    sf_json_key(j, "notes");
    sf_json_array(j);
    for (size_t i = 0; i < c->note_count; i++)
        sf_json_str(j, c->notes[i]);
    sf_json_array_end(j);
    sf_json_object_end(j);

    sf_json_key(j, "text"), sf_json_str(j, c->text.ptr ? c->text : SF_STR(""));
    sf_json_key(j, "source_map");
    sf_json_array(j);
    for (size_t i = 0; i < c->map_count; i++) {
        const sofar_map_row *row = &c->map[i];
        sf_json_array(j);
        sf_json_int(j, row->text_begin), sf_json_int(j, row->text_end);
        sf_json_int(j, row->source_begin), sf_json_int(j, row->source_end);
        sf_json_array_end(j);
    }
    sf_json_array_end(j);
    sf_json_key(j, "blocks");
    sf_json_array(j);
    for (size_t i = 0; i < c->block_count; i++) {
        sf_json_object(j);
        sf_json_key(j, "kind"), sf_json_str(j, sf_str_of(sf_block_word(c->blocks[i].kind)));
        sf_json_key(j, "span"), sf_json_span(j, c->blocks[i].span);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
    sf_json_key(j, "emphasis");
    sf_json_array(j);
    for (size_t i = 0; i < c->emphasis_count; i++)
        sf_json_span(j, c->emphasis[i]);
    sf_json_array_end(j);
}

static void subject_id(sf_json *j, const char *key, uint32_t subject) {
    char id[16] = "s";
    size_t at = 1;
    sf_json_key(j, key);
    if (subject == SOFAR_NOBODY) {
        sf_json_null(j);
        return;
    }
    uint32_t number = subject + 1, unit = 1;
    while (number / unit >= 10)
        unit *= 10;
    for (; unit; unit /= 10)
        id[at++] = (char)('0' + number / unit % 10);
    sf_json_str(j, (sf_str){id, at});
}

static void optional_span(sf_json *j, const char *key, sf_span span) {
    sf_json_key(j, key);
    if (span.begin < span.end)
        sf_json_span(j, span);
    else
        sf_json_null(j);
}

static void mention(sf_json *j, const sofar_name *name) {
    sf_json_object(j);
    sf_json_key(j, "span"), sf_json_span(j, name->span);
    subject_id(j, "subject", name->subject);
    sf_json_key(j, "form"), sf_json_str(j, sf_str_of(sf_form_word(name->form)));
    sf_json_object_end(j);
}

/* Names and epithets as one list, in order; an epithet before what it holds. */
static void names(sf_json *j, const sf_people *people) {
    const sofar_name *epithet = people->names + people->name_count;
    const sofar_name *end = epithet + people->epithet_count;
    sf_json_key(j, "names");
    sf_json_array(j);
    for (size_t i = 0; i < people->name_count; i++) {
        for (; epithet < end && epithet->span.begin <= people->names[i].span.begin; epithet++)
            mention(j, epithet);
        mention(j, &people->names[i]);
    }
    while (epithet < end)
        mention(j, epithet++);
    sf_json_array_end(j);
}

static void subjects(sf_json *j, const sf_people *people) {
    sf_json_key(j, "subjects");
    sf_json_array(j);
    for (size_t i = 0; i < people->subject_count; i++) {
        const sofar_subject *s = &people->subjects[i];
        sf_json_object(j);
        subject_id(j, "id", (uint32_t)i);
        sf_json_key(j, "name"), sf_json_str(j, s->name);
        sf_json_key(j, "type"), sf_json_str(j, sf_str_of(sf_subject_word(s->type)));
        sf_json_key(j, "aliases");
        sf_json_array(j);
        for (size_t k = 0; k < s->alias_count; k++)
            sf_json_str(j, s->aliases[k]);
        sf_json_array_end(j);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
    names(j, people);
}

static void times(sf_json *j, const sf_times *times) {
    sf_json_key(j, "times");
    sf_json_array(j);
    for (size_t i = 0; i < times->count; i++) {
        sf_json_object(j);
        sf_json_key(j, "span"), sf_json_span(j, times->at[i].span);
        sf_json_key(j, "type"), sf_json_str(j, sf_str_of(sf_timex_word(times->at[i].type)));
        sf_json_key(j, "value"), sf_json_str(j, times->at[i].value);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void quotes(sf_json *j, const sf_quotes *quotes) {
    sf_json_key(j, "quotes");
    sf_json_array(j);
    for (size_t i = 0; i < quotes->count; i++) {
        const sofar_quote *q = &quotes->at[i];
        sf_json_object(j);
        sf_json_key(j, "spans");
        sf_json_array(j);
        for (size_t k = 0; k < q->span_count; k++)
            sf_json_span(j, q->spans[k]);
        sf_json_array_end(j);
        sf_json_key(j, "kind"), sf_json_str(j, sf_str_of(sf_quote_word(q->kind)));
        subject_id(j, "speaker", q->speaker);
        optional_span(j, "speaker_span", q->speaker_span);
        optional_span(j, "cue", q->cue);
        sf_json_key(j, "via"), sf_json_str(j, q->via);
        subject_id(j, "to", q->to);
        sf_json_key(j, "when"), sf_json_str(j, q->when);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void facts(sf_json *j, const sf_facts *facts) {
    sf_json_key(j, "facts");
    sf_json_array(j);
    for (size_t i = 0; i < facts->count; i++) {
        const sofar_fact *f = &facts->at[i];
        sf_json_object(j);
        sf_json_key(j, "type"), sf_json_str(j, f->type);
        sf_json_key(j, "roles");
        sf_json_object(j);
        for (size_t k = 0; k < f->role_count; k++) {
            const sofar_role *role = &f->roles[k];
            if (role->subject != SOFAR_NOBODY) {
                subject_id(j, role->name.ptr, role->subject);
                continue;
            }
            sf_json_key(j, role->name.ptr);
            sf_json_object(j);
            sf_json_key(j, "value"), sf_json_str(j, role->value);
            sf_json_object_end(j);
        }
        sf_json_object_end(j);
        sf_json_key(j, "when"), sf_json_str(j, f->when);
        sf_json_key(j, "status"), sf_json_str(j, sf_str_of(sf_claim_word(f->status)));
        subject_id(j, "by", f->by);
        sf_json_key(j, "receipts");
        sf_json_array(j);
        for (size_t k = 0; k < f->receipt_count; k++)
            sf_json_span(j, f->receipts[k]);
        sf_json_array_end(j);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

sofar_status sofar_reading_json(sofar_reading *r, sofar_str *out, sofar_error *err) {
    if (setjmp(r->escape))
        return sf_fail(err, SOFAR_ERR_MEMORY, "%.*s: out of memory while writing the record",
                       SF_ARG(r->clipping.file));
    sf_buf buf = sf_buf_new(&r->arena);
    sf_json j = sf_json_new(&buf);
    sf_json_object(&j);
    page(&j, &r->clipping);
    if (r->stages & SOFAR_STAGE_WHO)
        subjects(&j, &r->people);
    if (r->stages & SOFAR_STAGE_TIME)
        times(&j, &r->times);
    if (r->stages & SOFAR_STAGE_QUOTE)
        quotes(&j, &r->quotes);
    if (r->stages & SOFAR_STAGE_FACT)
        facts(&j, &r->facts);
    sf_json_object_end(&j);
    *out = sf_buf_str(&buf);
    return SOFAR_OK;
}
