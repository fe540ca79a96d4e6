#include "page/jsonld.h"

#include <jansson.h>

#include "page/unescape.h"

enum {
    LARGEST = 1 << 20, /* longer scripts are product catalogues, not articles */
    DEEPEST = 12,      /* levels of @graph, mainEntity and lists that are followed */
    MOST_FACTS = 256,
    MOST_NAMES = 256, /* things with @id and name that authors may refer to */
    MOST_LOOKUPS = 20000,
    LONGEST = 600 /* bytes of a value worth keeping */
};

typedef struct walk {
    sf_arena *arena;
    sf_ld *ld;
    json_t *named[MOST_NAMES];
    size_t named_count;
    size_t lookups; /* references compared, bounded: a page may refer to nothing very often */
} walk;

static sf_str str_of(const json_t *value) {
    return json_is_string(value) ? (sf_str){json_string_value(value), json_string_length(value)}
                                 : SF_ABSENT;
}

static bool type_is(const json_t *thing, bool (*test)(sf_str)) {
    const json_t *type = json_object_get(thing, "@type");
    if (json_is_string(type))
        return test(str_of(type));
    for (size_t i = 0; i < json_array_size(type) && i < 8; i++)
        if (test(str_of(json_array_get(type, i))))
            return true;
    return false;
}

static bool ends(sf_str s, const char *tail) { return sf_str_ends(s, sf_str_of(tail)); }

static bool is_article(sf_str t) {
    return ends(t, "Article") || ends(t, "Posting") || ends(t, "Report") || ends(t, "Recipe") ||
           ends(t, "HowTo") || ends(t, "Review") || ends(t, "CreativeWork");
}

static bool is_page(sf_str t) { return ends(t, "Page"); }
static bool is_site(sf_str t) { return ends(t, "WebSite"); }

static bool is_group(sf_str t) {
    return ends(t, "Organization") || ends(t, "Corporation") || ends(t, "LocalBusiness") ||
           ends(t, "Brand");
}

static void say(walk *w, sf_ld_type type, uint16_t subject, sf_ld_field field, sf_str value) {
    value = sf_str_trim(value);
    if (!value.len || value.len > LONGEST || w->ld->count >= MOST_FACTS)
        return;
    value = sf_str_fold_space(w->arena, sf_unescape(w->arena, value));
    if (value.len)
        *SF_PUSH(w->arena, w->ld) = (sf_ld_fact){(uint8_t)type, (uint8_t)field, subject, value};
}

/* An author's or publisher's name: a string, a thing with a name, a reference to such a thing, or a
 * list of these. */
static void say_names(walk *w, sf_ld_type type, uint16_t subject, sf_ld_field field,
                      const json_t *value, int depth) {
    if (depth > 4)
        return;
    if (json_is_string(value)) {
        say(w, type, subject, field, str_of(value));
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value) && i < 32; i++)
            say_names(w, type, subject, field, json_array_get(value, i), depth + 1);
    } else if (json_is_object(value)) {
        const json_t *name = json_object_get(value, "name");
        if (name) {
            bool group = field == SF_LD_PERSON && type_is(value, is_group);
            say_names(w, type, subject, group ? SF_LD_GROUP : field, name, depth + 1);
            return;
        }
        sf_str id = str_of(json_object_get(value, "@id"));
        for (size_t i = 0; id.len && i < w->named_count && w->lookups++ < MOST_LOOKUPS; i++)
            if (sf_str_equal(id, str_of(json_object_get(w->named[i], "@id")))) {
                say_names(w, type, subject, field, w->named[i], depth + 1);
                return;
            }
        if (depth == 0) { /* {"0": {...}, "1": {...}} */
            const char *key;
            json_t *item;
            size_t seen = 0;
            json_object_foreach((json_t *)(uintptr_t)value, key, item) {
                if (seen++ >= 8)
                    break;
                if (sf_is_digit(key[0]))
                    say_names(w, type, subject, field, item, depth + 2);
            }
        }
    }
}

static void say_thing(walk *w, const json_t *thing) {
    sf_ld_type type = type_is(thing, is_article) ? SF_LD_ARTICLE
                      : type_is(thing, is_page)  ? SF_LD_PAGE
                                                 : SF_LD_OTHER;
    if (type == SF_LD_OTHER && !json_object_get(thing, "headline") &&
        !json_object_get(thing, "datePublished")) {
        if (type_is(thing, is_site))
            say_names(w, type, 0, SF_LD_SITE, json_object_get(thing, "name"), 1);
        return;
    }
    uint16_t subject = w->ld->things[type];
    if (subject < UINT16_MAX)
        w->ld->things[type]++;
    static const struct {
        const char *key;
        sf_ld_field field;
    } plain[] = {{"headline", SF_LD_HEADLINE},       {"name", SF_LD_NAME},
                 {"datePublished", SF_LD_PUBLISHED}, {"dateCreated", SF_LD_CREATED},
                 {"dateModified", SF_LD_MODIFIED},   {"url", SF_LD_URL},
                 {"inLanguage", SF_LD_LANG}};
    for (size_t i = 0; i < SF_LEN(plain); i++)
        say(w, type, subject, plain[i].field, str_of(json_object_get(thing, plain[i].key)));
    const json_t *author = json_object_get(thing, "author");
    say_names(w, type, subject, SF_LD_PERSON, author ? author : json_object_get(thing, "creator"),
              0);
    say_names(w, type, subject, SF_LD_PUBLISHER, json_object_get(thing, "publisher"), 0);
}

static void collect_named(walk *w, json_t *value, int depth) {
    if (depth > DEEPEST || w->named_count >= MOST_NAMES)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            collect_named(w, json_array_get(value, i), depth + 1);
    } else if (json_is_object(value)) {
        if (json_object_get(value, "@id") && json_object_get(value, "name") &&
            w->named_count < MOST_NAMES)
            w->named[w->named_count++] = value;
        const char *key;
        json_t *item;
        json_object_foreach(value, key, item) {
            if (json_is_object(item) || json_is_array(item))
                collect_named(w, item, depth + 1);
        }
    }
}

/* Things about the page itself stand at the top, in @graph, or as main entity; what is listed,
 * mentioned or reviewed below is about something else. */
static void visit(walk *w, const json_t *value, int depth) {
    if (depth > DEEPEST || w->ld->count >= MOST_FACTS)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value) && i < 256; i++)
            visit(w, json_array_get(value, i), depth + 1);
    } else if (json_is_object(value)) {
        say_thing(w, value);
        visit(w, json_object_get(value, "@graph"), depth + 1);
        visit(w, json_object_get(value, "mainEntity"), depth + 1);
        const json_t *page = json_object_get(value, "mainEntityOfPage");
        if (json_is_object(page))
            say(w, SF_LD_PAGE, 0, SF_LD_URL, str_of(json_object_get(page, "@id")));
        else
            say(w, SF_LD_PAGE, 0, SF_LD_URL, str_of(page));
    }
}

static void release(void *root) { json_decref(root); }

static void take(walk *w, json_t *root) {
    w->named_count = 0;
    collect_named(w, root, 0);
    visit(w, root, 0);
}

/* Skips white space, comment marks and CDATA marks before a value. */
static size_t skip_marks(sf_str s, size_t at) {
    static const char *const marks[] = {"<!--", "-->", "<![CDATA[", "]]>", "//", "/*", "*/", ";"};
    for (;;) {
        while (at < s.len && (sf_is_space(s.ptr[at]) || s.ptr[at] == ','))
            at++;
        size_t i = 0;
        while (i < SF_LEN(marks) && !sf_str_starts(sf_str_sub(s, at, s.len), sf_str_of(marks[i])))
            i++;
        if (i == SF_LEN(marks))
            return at;
        at += strlen(marks[i]);
    }
}

/* All values in a row. False if one of them is no JSON; those before it were taken. */
static bool parse(walk *w, sf_str s) {
    size_t at = skip_marks(s, 0);
    while (at < s.len) {
        json_error_t error;
        json_t *root =
            json_loadb(s.ptr + at, s.len - at, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &error);
        if (!root)
            return false;
        sf_defer(w->arena, release, root);
        take(w, root);
        if (error.position <= 0)
            return true;
        at = skip_marks(s, at + (size_t)error.position);
    }
    return true;
}

static bool hex4(sf_str s, size_t at, unsigned *out) {
    if (at + 4 > s.len)
        return false;
    *out = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = sf_lower(s.ptr[i]);
        if (!sf_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
        *out = *out * 16 + (unsigned)(sf_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

/* One escape at s[at] == '\\'; writes a legal one and returns the bytes read. */
static size_t clean_escape(sf_buf *out, sf_str s, size_t at) {
    char c = at + 1 < s.len ? s.ptr[at + 1] : ' ';
    unsigned code, low;
    if (c == 'u' && hex4(s, at + 2, &code)) {
        bool high = code >= 0xD800 && code < 0xDC00;
        bool pair = high && sf_str_starts(sf_str_sub(s, at + 6, s.len), SF_STR("\\u")) &&
                    hex4(s, at + 8, &low) && low >= 0xDC00 && low < 0xE000;
        if (pair) {
            sf_buf_add(out, sf_str_sub(s, at, at + 12));
            return 12;
        }
        if (code >= 0xD800 && code < 0xE000)
            sf_buf_char(out, ' ');
        else
            sf_buf_add(out, sf_str_sub(s, at, at + 6));
        return 6;
    }
    if (strchr("\"\\/bfnrt", c) && c)
        sf_buf_add(out, sf_str_sub(s, at, at + 2));
    else if (c != 'u' && (unsigned char)c >= ' ')
        return 1; /* \' and other needless escapes: the character stays */
    else
        sf_buf_char(out, ' ');
    return 2;
}

/* Repairs what can be told without guessing: raw control characters and bad escapes in strings,
 * commas before a closing bracket. */
static sf_str clean(sf_arena *arena, sf_str s) {
    sf_buf out = sf_buf_new(arena);
    bool quoted = false;
    for (size_t i = 0; i < s.len;) {
        char c = s.ptr[i];
        if (quoted && c == '\\') {
            i += clean_escape(&out, s, i);
            continue;
        }
        if (c == '"')
            quoted = !quoted;
        if (quoted && (unsigned char)c < ' ')
            c = ' ';
        if (!quoted && (c == '}' || c == ']')) {
            size_t end = out.len;
            while (end && sf_is_space(out.ptr[end - 1]))
                end--;
            if (end && out.ptr[end - 1] == ',')
                out.len = end - 1;
        }
        sf_buf_char(&out, c);
        i++;
    }
    return sf_buf_str(&out);
}

void sf_ld_add(sf_arena *arena, sf_ld *ld, sf_str json) {
    if (json.len > LARGEST || ld->count >= MOST_FACTS)
        return;
    static const char *const useful[] = {"\"headline\"", "\"author\"", "\"datePublished\"",
                                         "\"publisher\"", "WebSite"};
    bool worth = false;
    for (size_t i = 0; i < SF_LEN(useful) && !worth; i++)
        worth = sf_str_find(json, sf_str_of(useful[i]), 0) != SIZE_MAX;
    if (!worth)
        return;
    walk *w = SF_NEW(arena, walk);
    w->arena = arena;
    w->ld = ld;
    sf_ld before = *ld;
    if (parse(w, json))
        return;
    ld->count = before.count; /* once more from the start, cleaned */
    memcpy(ld->things, before.things, sizeof ld->things);
    (void)parse(w, clean(arena, json));
}
