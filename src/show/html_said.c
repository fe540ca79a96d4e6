/* Who said what, over all pages, by whom, of whom and when, as a page. */
#include "show/html_live.h"

static void venue(sf_buf *out, const sf_saying *s) {
    const sf_receipt *r = s->receipt_count ? s->receipts : NULL;
    SF_HTML(out, "<p class=\"venue\">");
    if (s->speaker.ptr || s->described.ptr)
        sf_html_name(out, s->speaker.ptr ? s->speaker : s->described);
    else
        SF_HTML(out, "Speaker not named");
    if (s->to.len) {
        SF_HTML(out, ", to ");
        sf_html_name(out, s->to);
    }
    if (s->via.len) {
        SF_HTML(out, ", via ");
        sf_html_name(out, s->via);
    }
    sf_str day = s->when.len ? s->when : r ? r->published : SF_ABSENT;
    if (day.len) {
        sf_buf_add(out, s->when.len ? SF_STR(", said ") : SF_STR(", published "));
        sf_html_day(out, day, SF_ABSENT);
    } else {
        SF_HTML(out, ", undated");
    }
    SF_HTML(out, "</p>\n");
}

static void saying(sf_buf *out, const sf_saying *s, const sf_setting *setting) {
    bool spoken = s->kind != SOFAR_INDIRECT;
    sf_buf_add(out, spoken ? SF_STR("<li>\n<blockquote class=\"words long\"><p dir=\"auto\">“")
                           : SF_STR("<li>\n<blockquote class=\"sense\"><p dir=\"auto\">"));
    sf_html_text(out, sf_plain_line(out->arena, s->text));
    sf_buf_add(out, spoken ? SF_STR("”</p></blockquote>\n") : SF_STR("</p></blockquote>\n"));
    venue(out, s);
    sf_html_proof_of(out, setting, s->receipts, s->receipt_count);
    SF_HTML(out, "</li>\n");
}

static void names(sf_buf *out, const sf_setting *setting) {
    SF_HTML(out, "<datalist id=\"names\">\n");
    for (size_t i = 0; i < setting->shelf->count; i++) {
        SF_HTML(out, "<option value=\"");
        sf_html_text(out, setting->shelf->at[i].name);
        SF_HTML(out, "\">\n");
    }
    SF_HTML(out, "</datalist>\n");
}

static void name_field(sf_buf *out, const char *label, const char *name, sf_str value) {
    sf_buf_printf(out,
                  "<label>%s <input type=\"text\" name=\"%s\" autocomplete=\"off\" list=\"names\" "
                  "value=\"",
                  label, name);
    sf_html_text(out, sf_plain_line(out->arena, value));
    SF_HTML(out, "\"></label>\n");
}

void sf_show_said_page(sf_buf *out, const sf_sayings *found, const sf_said_form *form,
                       const sf_setting *setting) {
    sf_head h = {.title = SF_STR("Who said what"),
                 .description = SF_STR("Quotes of all pages, by speaker, subject and day."),
                 .setting = setting,
                 .og_type = "website"};
    sf_html_live_begin(out, &h, "find", "Quotes", SF_STR("Who said what"));
    SF_HTML(out, "<p class=\"lead\">Give at least one name.</p>\n</header>\n<form class=\"ask\" "
                 "method=\"get\" action=\"quotes\">\n");
    name_field(out, "Speaker", "speaker", form->speaker);
    name_field(out, "About", "about", form->about);
    name_field(out, "By or about", "subject", form->subject);
    sf_html_day_field(out, "Since", "since", form->since);
    sf_html_day_field(out, "Until", "until", form->until);
    sf_html_day_field(out, "As of", "as-of", form->as_of);
    names(out, setting);
    SF_HTML(out, "<button>Show</button>\n<p class=\"found\" role=\"status\">");
    if (found) {
        sf_html_text(out, sf_plain_count(out->arena, found->count, "quote", "quotes"));
        SF_HTML(out, " in ");
        sf_html_text(out, sf_plain_count(out->arena, found->pages, "page", "pages"));
    }
    SF_HTML(out, "</p>\n</form>\n<ol class=\"hits said\" id=\"story\" tabindex=\"-1\">\n");
    for (size_t i = 0; found && i < found->count; i++)
        saying(out, &found->at[i], setting);
    SF_HTML(out, "</ol>\n</main>\n");
    sf_html_end(out, &h);
}
