/* Any bytes as a document, with every block kept: every byte of the text must be traced, and the
 * tree must be one. References run together without their semicolons may be traced only roughly (a
 * coarse row and a note); tests/page.c counts that none of the pages we have is. */
#include <stdio.h>
#include <stdlib.h>

#include "page/canon.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *check_tree(const sf_dom *dom) {
    for (uint32_t i = 1; i < dom->count; i++) {
        const sf_node *n = &dom->nodes[i];
        if (n->parent >= i || n->end <= i || n->end > dom->nodes[n->parent].end)
            return "a node lies outside of its parent";
        if (n->source.begin > n->source.end || n->source.end > dom->html.len)
            return "a node's source lies outside of the document";
    }
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_str bytes = {(const char *)data, size};
    sf_decoded decoded = sf_charset_decode(&arena, bytes, SF_ABSENT, true);
    sf_dom *dom = sf_dom_parse(&arena, decoded.text);
    sf_flow flow = sf_flow_of(&arena, dom);
    uint8_t *keep = sf_alloc(&arena, flow.count + 1);
    memset(keep, 1, flow.count + 1);
    sofar_reading reading = {0};
    sf_canon_compose(&arena, dom, &decoded, &flow, keep, &reading.clipping);
    const char *fault = sf_reading_check(&reading, bytes);
    if (!fault)
        fault = check_tree(dom);
    if (fault) {
        fprintf(stderr, "%s\n", fault);
        abort();
    }
    sf_arena_clear(&arena);
    return 0;
}
