/* Quotes for other programs. JSON is to the letter; CSV is for spreadsheets and made plain. */
#include "show/csv.h"
#include "show/facts.h"
#include "show/plain.h"
#include "show/quotes.h"

static void named(sf_json *j, const char *key, sf_str name) {
    sf_json_key(j, key);
    if (!name.ptr) {
        sf_json_null(j);
        return;
    }
    sf_json_object(j);
    sf_json_key_str(j, "name", name);
    sf_json_object_end(j);
}

void sf_show_quotes_json(sf_buf *out, const sf_sayings *sayings) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_json_key(&j, "pages"), sf_json_int(&j, (int64_t)sayings->pages);
    sf_json_key(&j, "quotes");
    sf_json_array(&j);
    for (size_t i = 0; i < sayings->count; i++) {
        const sf_saying *s = &sayings->at[i];
        sf_json_object(&j);
        named(&j, "speaker", s->speaker);
        sf_json_key_str(&j, "described", s->described);
        sf_json_key_str(&j, "text", s->text);
        sf_json_key(&j, "words"), sf_json_int(&j, (int64_t)s->words);
        sf_json_key_str(&j, "kind", sf_str_of(sf_quote_word(s->kind)));
        sf_json_key_str(&j, "via", s->via);
        named(&j, "to", s->to);
        sf_json_key_str(&j, "when", s->when);
        sf_json_key(&j, "about");
        sf_json_array(&j);
        for (size_t k = 0; k < s->about_count; k++)
            sf_json_str(&j, s->about[k]);
        sf_json_array_end(&j);
        sf_json_key(&j, "receipts");
        sf_json_array(&j);
        for (size_t k = 0; k < s->receipt_count; k++)
            sf_show_json_receipt(&j, &s->receipts[k]);
        sf_json_array_end(&j);
        sf_json_object_end(&j);
    }
    sf_json_array_end(&j);
    sf_json_object_end(&j);
}

void sf_show_quotes_csv(sf_buf *out, const sf_sayings *sayings) {
    static const char *const columns[] = {"quote", "speaker", "described", "text",
                                          "kind",  "words",   "via",       "to",
                                          "when",  "relayed", SF_CSV_PAGE};
    sf_csv csv = {.out = out};
    sf_csv_head(&csv, columns, SF_LEN(columns));
    for (size_t i = 0; i < sayings->count; i++) {
        const sf_saying *s = &sayings->at[i];
        for (size_t k = 0; k < s->receipt_count; k++) {
            const sf_receipt *r = &s->receipts[k];
            sf_csv_number(&csv, i + 1);
            sf_csv_text(&csv, s->speaker);
            sf_csv_text(&csv, s->described);
            sf_csv_text(&csv, s->text);
            sf_csv_text(&csv, sf_str_of(sf_quote_word(s->kind)));
            sf_csv_number(&csv, s->words);
            sf_csv_text(&csv, s->via);
            sf_csv_text(&csv, s->to);
            sf_csv_text(&csv, s->when);
            sf_csv_text(&csv, r->relayed ? SF_STR("yes") : SF_STR("no"));
            sf_csv_page(&csv, r);
            sf_csv_end(&csv);
        }
    }
}
