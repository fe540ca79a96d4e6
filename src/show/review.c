#include "show/review.h"
#include "show/facts.h"
#include "show/sheet.h"

/* ---- a fact and its words ---- */

/* The receipt's paragraph with the words of the receipt between arrows, in a style where there is
 * colour. */
static void marked(sf_sheet *p, const sf_receipt *r) {
    sf_str before = sf_str_sub(r->context, 0, r->in_context.begin),
           after = sf_str_sub(r->context, r->in_context.end, r->context.len);
    sf_str line =
        sf_str_format(p->arena, "%.*s▸%.*s◂%.*s", SF_ARG(before), SF_ARG(r->exact), SF_ARG(after));
    sf_sheet_paragraph(p, sf_plain_line(p->arena, line), p->margin, NULL);
    sf_sheet_place(p, r);
}

static void decided(sf_sheet *p, const sf_decision *d) {
    sf_buf line = sf_buf_new(p->arena);
    sf_show_decision(&line, d, (sf_terminal){.width = p->width});
    sf_sheet_paragraph(p, sf_str_trim(sf_buf_str(&line)), p->margin, "2");
}

void sf_show_review(sf_buf *out, const sf_dossier *d, const sf_review *review, sf_terminal t) {
    sf_sheet p = sf_sheet_new(out, t);
    const sf_told_fact *f = review->fact;
    p.margin = SF_SHEET_INDENT;
    sf_sheet_heading(&p, sf_show_fact_line(p.arena, f));
    sf_sheet_paragraph(&p, sf_plain_line(p.arena, f->id), p.margin, "2");
    for (size_t i = 0; i < f->rival_count; i++)
        sf_sheet_paragraph(
            &p,
            sf_str_format(p.arena, "but: %.*s",
                          SF_ARG(sf_show_fact_line(p.arena, &d->facts[f->rivals[i]]))),
            p.margin, "33");
    if (review->decision)
        decided(&p, review->decision);
    sf_receipts sources = sf_show_sources_of(p.arena, f);
    for (size_t i = 0; i < sources.count; i++)
        marked(&p, sources.at[i]);
}

/* ---- the queue ---- */

void sf_show_review_list(sf_buf *out, const sf_review *queue, size_t count, sf_terminal t) {
    sf_sheet p = sf_sheet_new(out, t);
    for (size_t i = 0; i < count; i++) {
        const sf_review *r = &queue[i];
        sf_str verdict =
            r->decision ? sf_str_of(sf_verdict_word(r->decision->verdict)) : SF_STR("-");
        sf_str head = sf_str_format(p.arena, "%-8.*s%3d  %.*s", SF_ARG(verdict), r->doubt,
                                    SF_ARG(sf_plain_line(p.arena, r->fact->id)));
        sf_sheet_paragraph(&p, head, 0, NULL);
        sf_sheet_paragraph(&p, sf_show_fact_line(p.arena, r->fact), 13, NULL);
    }
}

void sf_show_review_json(sf_buf *out, const sf_dossier *d, const sf_review *queue) {
    sf_json json = sf_json_new(out);
    sf_json_object(&json);
    sf_show_json_subject(&json, d);
    sf_json_key(&json, "queue");
    sf_json_array(&json);
    for (size_t i = 0; i < d->fact_count; i++) {
        sf_json_object(&json);
        sf_json_key(&json, "doubt");
        sf_json_int(&json, queue[i].doubt);
        sf_json_key_str(&json, "seen", sf_review_seen(out->arena, d, &queue[i]));
        sf_json_key(&json, "decided");
        if (queue[i].decision) {
            sf_buf one = sf_buf_new(out->arena);
            sf_decision_json(&one, queue[i].decision);
            sf_buf_add(out, sf_buf_str(&one));
            json.comma = true;
        } else {
            sf_json_null(&json);
        }
        sf_json_key(&json, "fact");
        sf_show_json_fact(&json, queue[i].fact);
        sf_json_object_end(&json);
    }
    sf_json_array_end(&json);
    sf_json_object_end(&json);
}

/* ---- a decision ---- */

static sf_str fact_words(sf_arena *arena, const sf_decided_fact *f) {
    sf_buf out = sf_buf_new(arena);
    sf_buf_add(&out, f->type);
    for (size_t i = 0; i < f->role_count; i++)
        sf_buf_printf(&out, "%s%.*s=%.*s", i ? ", " : ": ", SF_ARG(f->roles[i].name),
                      SF_ARG(f->roles[i].value));
    if (f->when.len)
        sf_buf_printf(&out, ", %.*s", SF_ARG(f->when));
    return sf_buf_str(&out);
}

sf_str sf_show_decision_words(sf_arena *arena, const sf_decision *d) {
    switch (d->verdict) {
    case SF_ACCEPT:
    case SF_REJECT: return fact_words(arena, &d->fact);
    case SF_CORRECT:
        return sf_str_format(arena, "%.*s -> %.*s", SF_ARG(fact_words(arena, &d->fact)),
                             SF_ARG(fact_words(arena, &d->should)));
    case SF_JOIN: return sf_str_format(arena, "%.*s is %.*s", SF_ARG(d->other), SF_ARG(d->subject));
    case SF_SPLIT:
        return sf_str_format(arena, "%.*s is %.*s on %zu pages", SF_ARG(d->subject),
                             SF_ARG(d->other), d->receipt_count);
    case SF_RENAME:
        return sf_str_format(arena, "%.*s is called %.*s", SF_ARG(d->subject), SF_ARG(d->other));
    default: return d->other;
    }
}

void sf_show_decision(sf_buf *out, const sf_decision *d, sf_terminal t) {
    sf_sheet p = sf_sheet_new(out, t);
    sf_str why = d->why.len ? sf_str_format(p.arena, " (%.*s)", SF_ARG(d->why)) : SF_STR("");
    sf_str line = sf_str_format(p.arena, "%.*s  %.*s  %.*s: %s%s %.*s%.*s", SF_ARG(d->id),
                                SF_ARG(sf_str_sub(d->made, 0, 10)), SF_ARG(d->who),
                                d->undone ? "undone: " : "", sf_verdict_word(d->verdict),
                                SF_ARG(sf_show_decision_words(p.arena, d)), SF_ARG(why));
    sf_sheet_fold(&p, sf_plain_line(p.arena, line), 0, SF_SHEET_INDENT);
}
