/* Where a page names the subject. Two ways come together: the words of the name as they stand in
 * the text, and the page's own subjects, which know its other names there ("@anaruiz", "the Low
 * Tide star"). */
#include <stdlib.h>

#include "story/inner.h"

/* Nothing in it that another typesetter would set otherwise. */
static bool is_plain(sf_str name) {
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] >= 0x80 || name.ptr[i] == '`' ||
            (sf_is_space(name.ptr[i]) &&
             (name.ptr[i] != ' ' || i == 0 || i + 1 == name.len || sf_is_space(name.ptr[i + 1]))))
            return false;
    return true;
}

static bool same_name(sf_arena *arena, sf_str name, sf_str needle, sf_fold level) {
    if (level == SF_FOLD_TYPE && is_plain(name))
        return sf_str_equal(name, needle);
    return sf_str_equal(sf_text_fold(arena, sf_str_trim(name), level).text, needle);
}

static bool is_asked_for(sf_arena *arena, const sofar_subject *s, const sf_str *needles,
                         size_t needle_count, sf_fold level) {
    for (size_t n = 0; n < needle_count; n++) {
        if (same_name(arena, s->name, needles[n], level))
            return true;
        for (size_t i = 0; i < s->alias_count; i++)
            if (same_name(arena, s->aliases[i], needles[n], level))
                return true;
    }
    return false;
}

enum { NESTING = 8 }; /* names that begin before one place and could hold it */

/* The words stand inside a longer name that the page knows to be another: "Low Tide" in "Low Tide
 * Records", "New York" in the name of a newspaper. A subject of no known type proves nothing: it
 * may be a headline's capitals. */
static bool inside_other_name(const sf_view *view, sf_span span) {
    const sf_capture *c = view->capture;
    size_t low = 0, high = c->name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->names[middle].span.begin <= span.begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i > 0 && low - i < NESTING; i--) {
        const sofar_name *name = &c->names[i - 1];
        if (name->form == SOFAR_NAME && sf_span_contains(name->span, span) &&
            name->span.end - name->span.begin > span.end - span.begin &&
            !view->is_subject[name->subject] && c->subjects[name->subject].type != SOFAR_OTHER)
            return true;
    }
    return false;
}

static int by_place(const void *a, const void *b) {
    const sf_span *x = a, *y = b;
    int order = sf_story_compare(x->begin, y->begin);
    return order ? order : sf_story_compare(x->end, y->end);
}

sf_view sf_story_view(sf_arena *arena, const sf_capture *c, const sf_str *needles,
                      size_t needle_count, sf_fold level) {
    sf_view view = {.capture = c, .is_subject = SF_ARRAY(arena, bool, c->subject_count)};
    sf_spans title = {0}, text = {0};
    for (size_t n = 0; n < needle_count; n++) {
        if (sf_gist_is_common(sf_text_fold_words(arena, needles[n])))
            continue; /* "It": the page's subjects tell where it is a name */
        sf_text_fold_find(arena, c->clipping.title, needles[n], level, &title);
        sf_text_fold_find(arena, c->clipping.text, needles[n], level, &text);
    }
    view.names_it = title.count > 0;
    for (size_t i = 0; i < c->subject_count; i++) {
        view.is_subject[i] = is_asked_for(arena, &c->subjects[i], needles, needle_count, level);
        view.names_it |= view.is_subject[i];
    }
    for (size_t i = 0; i < text.count; i++)
        if (!inside_other_name(&view, text.at[i]))
            *SF_PUSH(arena, &view.mentions) = text.at[i];
    view.names_it |= view.mentions.count > 0;
    for (size_t i = 0; i < c->name_count; i++)
        if (view.is_subject[c->names[i].subject] && c->names[i].form != SOFAR_PRONOUN)
            *SF_PUSH(arena, &view.mentions) = c->names[i].span;
    if (view.mentions.count)
        qsort(view.mentions.at, view.mentions.count, sizeof *view.mentions.at, by_place);
    return view;
}

/* As the store's view `versions` has them: by URL, then when captured, else updated, else
 * published. */
static sf_str version_day(const sf_capture *c) {
    return c->captured.ptr           ? c->captured
           : c->clipping.updated.ptr ? c->clipping.updated
                                     : c->clipping.published;
}

static int by_version(const void *a, const void *b) {
    const sf_capture *x = (*(const sf_view *const *)a)->capture;
    const sf_capture *y = (*(const sf_view *const *)b)->capture;
    int order = sf_str_compare(x->clipping.url, y->clipping.url);
    if (!order)
        order = sf_str_compare(version_day(x), version_day(y));
    return order ? order : strcmp(x->clipping.sha256, y->clipping.sha256);
}

void sf_story_versions(sf_arena *arena, sf_view *views, size_t count) {
    const sf_view **order = SF_ARRAY(arena, const sf_view *, count);
    for (size_t i = 0; i < count; i++)
        order[i] = &views[i];
    if (count)
        qsort(order, count, sizeof *order, by_version);
    for (size_t i = 1; i < count; i++) {
        const sf_capture *was = order[i - 1]->capture, *is = order[i]->capture;
        if (was->clipping.url.len && sf_str_equal(was->clipping.url, is->clipping.url) &&
            sf_str_compare(version_day(was), version_day(is)) < 0)
            views[order[i - 1] - views].replaced = true;
    }
}

bool sf_story_mentioned(const sf_view *view, sf_span span) {
    /* Mentions are sorted by their begin, and short: the first that begins in the span settles it,
     * or one that began before it and reaches in. */
    size_t low = 0, high = view->mentions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view->mentions.at[middle].begin < span.begin)
            low = middle + 1;
        else
            high = middle;
    }
    return (low < view->mentions.count && view->mentions.at[low].begin < span.end) ||
           (low > 0 && view->mentions.at[low - 1].end > span.begin);
}

/* The last block that begins at or before the place; SIZE_MAX if none. */
static size_t block_at(const sofar_clipping *c, uint32_t at) {
    size_t low = 0, high = c->block_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->blocks[middle].span.begin <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

sf_span sf_story_context(const sf_capture *capture, sf_span span) {
    const sofar_clipping *c = &capture->clipping;
    size_t first = block_at(c, span.begin), last = block_at(c, span.end - 1);
    if (c->block_count == 0 || first == SIZE_MAX)
        return span;
    sf_span context = {c->blocks[first].span.begin, c->blocks[last].span.end};
    return sf_span_contains(context, span) ? context : span;
}

sf_receipt sf_story_receipt(sf_view *view, sf_span span) {
    const sofar_clipping *c = &view->capture->clipping;
    sf_span context = sf_story_context(view->capture, span);
    view->receipts++;
    return (sf_receipt){.url = c->url,
                        .file = c->file,
                        .outlet = c->outlet,
                        .title = c->title,
                        .published = c->published,
                        .span = span,
                        .exact = sf_span_of(c->text, span),
                        .context = sf_span_of(c->text, context),
                        .in_context = {span.begin - context.begin, span.end - context.begin},
                        .sha256 = c->sha256,
                        .page = view->capture,
                        .relayed = view->second_hand};
}

sf_interval sf_story_when(sf_str value) {
    sf_interval days;
    if (!value.ptr || !sf_interval_parse(value, &days))
        return (sf_interval){INT32_MAX, INT32_MAX};
    return days;
}

int sf_story_compare_when(sf_interval a, sf_interval b) {
    if (a.first != b.first)
        return a.first < b.first ? -1 : 1;
    return (a.last > b.last) - (a.last < b.last);
}
