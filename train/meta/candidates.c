/* Prints the candidates that the page room ranks for title, byline and day, with their features:
 * one JSON object a field and page, for rank.py. Standard input lists the pages, one a line: a
 * path, and behind a tab the address it was captured at, if known.
 *
 *     candidates < pages.tsv > candidates.jsonl
 *
 * {"file": "02", "field": "title", "variant": "whole", "candidates":
 *  [{"value": "...", "score": 12, "features": [3, 7]}]}
 *
 * The first lines name the features: {"field": "title", "names": ["NONE", ...]}. Each page is
 * ranked several times: whole, with its address, without JSON-LD, and without JSON-LD and <meta>,
 * so that what is left to a plainer page gets its weight too. */
#include <stdio.h>
#include <stdlib.h>

#include "page/charset.h"
#include "page/meta_scan.h"
#include "page/rank_features.h"

#define X(name) #name,
static const char *const title_names[] = {SF_TITLE_FEATURES(X)};
static const char *const byline_names[] = {SF_BYLINE_FEATURES(X)};
static const char *const date_names[] = {SF_DATE_FEATURES(X)};
#undef X

static void print_names(const char *field, const char *const *names, size_t count) {
    printf("{\"field\": \"%s\", \"names\": [", field);
    for (size_t i = 0; i < count; i++)
        printf("%s\"%s\"", i ? ", " : "", names[i]);
    puts("]}");
}

static void print(sf_arena *arena, sf_str file, const char *field, const char *variant,
                  sf_ranking r, const int16_t *weights) {
    sf_buf buf = sf_buf_new(arena);
    sf_json json = sf_json_new(&buf);
    (void)sf_ranking_choose(&r, weights, 0);
    sf_json_object(&json);
    sf_json_key(&json, "file");
    sf_json_str(&json, file);
    sf_json_key(&json, "field");
    sf_json_str(&json, sf_str_of(field));
    sf_json_key(&json, "variant");
    sf_json_str(&json, sf_str_of(variant));
    sf_json_key(&json, "candidates");
    sf_json_array(&json);
    for (size_t i = 0; i < r.count; i++) {
        const sf_candidate *c = &r.at[i];
        sf_buf value = sf_buf_new(arena);
        for (size_t k = 0; k < c->name_count; k++) {
            sf_buf_add(&value, k ? SF_STR("; ") : SF_STR(""));
            sf_buf_add(&value, c->names[k]);
        }
        sf_json_object(&json);
        sf_json_key(&json, "value");
        sf_json_str(&json, c->name_count ? sf_buf_str(&value) : c->value);
        sf_json_key(&json, "score");
        sf_json_int(&json, c->score);
        sf_json_key(&json, "features");
        sf_json_array(&json);
        for (unsigned f = 0; f < SF_RANK_FEATURES; f++)
            if (sf_candidate_has(c, f))
                sf_json_int(&json, f);
        sf_json_array_end(&json);
        sf_json_object_end(&json);
    }
    sf_json_array_end(&json);
    sf_json_object_end(&json);
    printf("%.*s\n", SF_ARG(sf_buf_str(&buf)));
}

static sf_str slurp(sf_arena *arena, const char *path) {
    FILE *f = fopen(path, "rb");
    sf_buf buf = sf_buf_new(arena);
    char chunk[65536];
    if (!f) {
        fprintf(stderr, "candidates: cannot open %s\n", path);
        exit(1);
    }
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        sf_buf_add(&buf, (sf_str){chunk, n});
    fclose(f);
    return sf_buf_str(&buf);
}

/* Takes away what the variant lacks. */
static void strip(sf_meta_scan *scan, bool meta) {
    memset(&scan->ld, 0, sizeof scan->ld);
    if (!meta)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < scan->sayings.count; i++) {
        sf_said said = scan->sayings.at[i].said;
        if (said == SF_SAID_SITE || said == SF_SAID_URL || said == SF_SAID_CANONICAL)
            scan->sayings.at[kept++] = scan->sayings.at[i];
    }
    scan->sayings.count = kept;
}

static void rank(sf_arena *arena, sf_str file, const char *variant, sf_meta_scan *scan) {
    print(arena, file, "title", variant, sf_title_candidates(arena, scan), sf_title_weights);
    sf_meta_settle_title(arena, scan);
    print(arena, file, "byline", variant, sf_byline_candidates(arena, scan), sf_byline_weights);
    print(arena, file, "date", variant, sf_date_candidates(arena, scan), sf_date_weights);
}

int main(void) {
    char line[4096];
    print_names("title", title_names, SF_LEN(title_names));
    print_names("byline", byline_names, SF_LEN(byline_names));
    print_names("date", date_names, SF_LEN(date_names));
    while (fgets(line, sizeof line, stdin)) {
        static const char *const variants[] = {"whole", "address", "no ld", "no head"};
        sf_arena arena;
        sf_arena_init(&arena, NULL, NULL);
        line[strcspn(line, "\n")] = 0;
        char *url = strchr(line, '\t');
        if (url)
            *url++ = 0;
        sf_str bytes = slurp(&arena, line);
        sf_decoded decoded = sf_charset_decode(&arena, bytes, SF_ABSENT, true);
        sf_dom *dom = sf_dom_parse(&arena, decoded.text);
        sf_flow flow = sf_flow_of(&arena, dom);
        sf_str file = sf_str_of(strrchr(line, '/') ? strrchr(line, '/') + 1 : line);
        for (size_t v = 0; v < SF_LEN(variants); v++) {
            sofar_page page = SOFAR_PAGE_INIT;
            page.url = v ? sf_str_of(url) : SF_ABSENT;
            sf_meta_scan scan;
            sf_meta_scan_init(&arena, dom, &flow, &page, &scan);
            if (v >= 2)
                strip(&scan, v == 3);
            rank(&arena, file, variants[v], &scan);
        }
        sf_arena_clear(&arena);
    }
}
