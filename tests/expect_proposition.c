/* proposition WORDS: LINK WORDS, ...: what hangs on the first words of the text that have all these
 * links, as `sofar beat try` prints them, the signs of inference aside. Others may hang there, too.
 */
#include "cases.h"
#include "fact/beat.h"
#include "fact/mark.h"

/* "subj' Ana Ruiz" -> "subj Ana Ruiz" */
static sf_str plain(sf_arena *arena, sf_str item) {
    size_t space = sf_str_find(item, SF_STR(" "), 0), end = space;
    if (space == SIZE_MAX)
        return item;
    while (end > 0 && item.ptr[end - 1] == '\'')
        end--;
    return sf_str_format(arena, "%.*s%.*s", SF_ARG(sf_str_sub(item, 0, end)),
                         SF_ARG(sf_str_sub(item, space, item.len)));
}

static sf_str take(sf_str *rest, sf_str separator) {
    size_t end = sf_str_find(*rest, separator, 0);
    sf_str item = sf_str_sub(*rest, 0, end == SIZE_MAX ? rest->len : end);
    *rest = end == SIZE_MAX ? SF_ABSENT : sf_str_sub(*rest, end + separator.len, rest->len);
    return item;
}

static bool has_all(sf_arena *arena, sf_str links, sf_str wanted) {
    while (wanted.len) {
        sf_str one = take(&wanted, SF_STR(", ")), all = links;
        bool found = false;
        while (all.len && !found)
            found = sf_str_equal(plain(arena, take(&all, SF_STR(", "))), one);
        if (!found)
            return false;
    }
    return true;
}

/* The lines of all sentences. */
static sf_str describe(sf_arena *arena, const sofar_reading *r) {
    const sf_tree *tree = sf_tree_new(arena, r->text, r->model, r->analysis);
    const sf_stems *stems = sf_stems_new(arena);
    sf_marker marker = {.arena = arena, .people = &r->people, .times = &r->times};
    sf_buf out = sf_buf_new(arena);
    for (uint32_t s = 0; s < r->analysis->sentence_count; s++) {
        sf_marker_take(&marker, tree, s);
        sf_graph_describe(&out,
                          sf_graph_new(arena, tree, stems, s, marker.marks.at, marker.marks.count));
    }
    return sf_buf_str(&out);
}

sf_str test_proposition(sf_arena *arena, const sofar_reading *r, sf_str line) {
    sf_str wanted = line, all = describe(arena, r), near = SF_ABSENT;
    take(&wanted, SF_STR(" "));
    sf_str words = take(&wanted, SF_STR(": "));
    while (all.len) {
        sf_str links = take(&all, SF_STR("\n"));
        if (!sf_str_equal(take(&links, SF_STR(": ")), words))
            continue;
        if (has_all(arena, links, wanted))
            return line;
        if (!near.ptr)
            near = sf_str_format(arena, "proposition %.*s: %.*s", SF_ARG(words), SF_ARG(links));
    }
    return near.ptr ? near : SF_STR("nothing hangs on these words");
}
