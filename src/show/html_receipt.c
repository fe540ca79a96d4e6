/* Receipts as HTML: the words marked in their place, the page they are from, the way there, and a
 * line to cite. */
#include "show/html.h"

enum { SIDE = 600 }; /* bytes of context on either side of a receipt's words */

/* The end of s, from a word on, and whether something was left out: a page that is one block must
 * not be told again with each of its sentences. */
static sf_str tail(sf_str s, size_t most, bool *cut) {
    *cut = s.len > most;
    if (!*cut)
        return s;
    size_t begin = s.len - most;
    for (size_t i = begin; i < s.len; i++)
        if (sf_is_space(s.ptr[i]))
            return sf_str_sub(s, i + 1, s.len);
    while (begin < s.len && ((unsigned char)s.ptr[begin] & 0xC0) == 0x80)
        begin++;
    return sf_str_sub(s, begin, s.len);
}

static sf_str front(sf_str s, size_t most, bool *cut) {
    *cut = s.len > most;
    if (!*cut)
        return s;
    size_t end = most;
    for (size_t i = end; i > 0; i--)
        if (sf_is_space(s.ptr[i - 1]))
            return sf_str_sub(s, 0, i - 1);
    while (end > 0 && ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
        end--;
    return sf_str_sub(s, 0, end);
}

/* Text that may run over blocks: they become paragraphs. between: what closes and opens again
 * around the break ("</mark></p>..."). */
static void blocks(sf_buf *out, sf_str s, sf_str between) {
    for (size_t i = 0;;) {
        size_t end = sf_str_find(s, SF_STR("\n\n"), i);
        sf_html_text(out, sf_str_sub(s, i, end));
        if (end == SIZE_MAX)
            return;
        sf_buf_add(out, between);
        i = end + 2;
    }
}

static void in_context(sf_leaf *leaf, const sf_receipt *r) {
    sf_buf *out = leaf->out;
    sf_span in = r->in_context;
    bool cut_left = false, cut_right = false;
    sf_str before = SF_ABSENT, after = SF_ABSENT;
    if (in.begin <= in.end && in.end <= r->context.len) {
        before = tail(sf_str_sub(r->context, 0, in.begin), SIDE, &cut_left);
        after = front(sf_str_sub(r->context, in.end, r->context.len), SIDE, &cut_right);
    }
    SF_HTML(out, "<blockquote><p dir=\"auto\">");
    if (cut_left)
        SF_HTML(out, "… ");
    blocks(out, before, SF_STR("</p><p dir=\"auto\">"));
    SF_HTML(out, "<mark>");
    blocks(out, r->exact, SF_STR("</mark></p><p dir=\"auto\"><mark>"));
    SF_HTML(out, "</mark>");
    blocks(out, after, SF_STR("</p><p dir=\"auto\">"));
    if (cut_right)
        SF_HTML(out, " …");
    SF_HTML(out, "</p></blockquote>\n");
}

static void outlet_and_day(sf_buf *out, const sf_receipt *r) {
    sf_html_name(out, sf_plain_outlet(out->arena, r->outlet, r->url, r->file));
    SF_HTML(out, ", ");
    if (r->published.len)
        sf_html_day(out, r->published, SF_ABSENT);
    else
        SF_HTML(out, "undated");
}

/* Where to go on: the live page at these words, and a line to cite it by. */
static void links(sf_leaf *leaf, const sf_receipt *r) {
    sf_buf *out = leaf->out;
    sf_str link = sf_show_fragment(leaf->arena, r);
    SF_HTML(out, "<p class=\"go\">");
    if (link.ptr) {
        SF_HTML(out, "<a rel=\"external noopener noreferrer\"");
        sf_html_href(out, link);
        SF_HTML(out, ">Open the page at these words</a>");
    } else {
        SF_HTML(out, "Kept copy only: the page has no address");
    }
    SF_HTML(out, "</p>\n<p class=\"cite\"><span class=\"label\">To cite</span> ");
    sf_html_name(out, sf_plain_cite(leaf->arena, r));
    SF_HTML(out, "</p>\n");
}

static void receipt(sf_leaf *leaf, const sf_receipt *r, const sofar_claim *status) {
    sf_buf *out = leaf->out;
    leaf->receipts++;
    SF_HTML(out, "<div class=\"receipt\">\n<p class=\"page\"><cite>");
    sf_html_name(out, sf_plain_title(leaf->arena, r->title, r->url, r->file));
    SF_HTML(out, "</cite> <span class=\"from\">");
    outlet_and_day(out, r);
    if (status && *status != SOFAR_STATED) {
        SF_HTML(out, ": ");
        sf_html_text(out, sf_str_of(sf_claim_word(*status)));
    }
    if (r->relayed)
        SF_HTML(out, "; has it from another outlet");
    SF_HTML(out, "</span></p>\n");
    in_context(leaf, r);
    links(leaf, r);
    SF_HTML(out, "</div>\n");
}

void sf_html_receipts_summary(sf_leaf *leaf, const sf_receipt *r, size_t count) {
    sf_buf *out = leaf->out;
    if (count == 1)
        SF_HTML(out, "Receipt: ");
    else
        sf_buf_printf(out, "%zu receipts: ", count);
    if (leaf->compact)
        sf_html_text(out, sf_plain_outlet(leaf->arena, r->outlet, r->url, r->file));
    else
        outlet_and_day(out, r);
    if (count > 1)
        sf_buf_printf(out, ", and %zu more", count - 1);
}

void sf_html_proof(sf_leaf *leaf, const sf_receipt *r, const sofar_claim *statuses, size_t count) {
    for (size_t i = 0; i < count; i++)
        receipt(leaf, &r[i], statuses ? &statuses[i] : NULL);
}

void sf_html_receipts(sf_leaf *leaf, const sf_woven *item, bool note) {
    sf_buf *out = leaf->out;
    size_t count;
    const sf_receipt *r = sf_woven_receipts(item, &count);
    if (count == 0)
        return;
    if (sf_html_has_annexes(leaf)) {
        sf_html_annex_link(leaf, item);
        return;
    }
    SF_HTML(out, "<details class=\"receipts\">\n<summary>");
    if (note) {
        sf_buf_printf(out, "<sup>%zu</sup>", leaf->receipts + 1);
        SF_HTML(out, "<span class=\"hidden\"> ");
    }
    sf_html_receipts_summary(leaf, r, count);
    if (note)
        SF_HTML(out, "</span>");
    SF_HTML(out, "</summary>\n");
    sf_html_proof(leaf, r, item->fact ? item->fact->statuses : NULL, count);
    SF_HTML(out, "</details>\n");
}
