/* Tells what a file is by its first bytes; the name and the server's word decide only what these
 * leave open. The signs are those of the formats' own standards; for HTML they follow the WHATWG
 * MIME Sniffing standard (a known tag behind white space), with a count of tags behind it for pages
 * that begin with text. */
#include "source/kinds.h"

static bool any_suffix(sf_str name, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sf_str suffix = sf_str_of(list[i]);
        if (name.len >= suffix.len &&
            sf_str_equal_ci(sf_str_sub(name, name.len - suffix.len, name.len), suffix))
            return true;
    }
    return false;
}
#define SUFFIX(name, ...)                                                                          \
    any_suffix((name), (const char *const[]){__VA_ARGS__},                                         \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* What UTF-16 with a byte order mark says in ASCII, in buf; other bytes as they are. */
static sf_str ascii_view(sf_str head, char *buf, size_t room) {
    bool little = sf_str_starts(head, SF_STR("\xFF\xFE")),
         big = sf_str_starts(head, SF_STR("\xFE\xFF"));
    if (!little && !big)
        return sf_str_starts(head, SF_STR("\xEF\xBB\xBF")) ? sf_str_sub(head, 3, head.len) : head;
    size_t n = 0;
    for (size_t i = big ? 3 : 2; i < head.len && n < room; i += 2)
        buf[n++] = head.ptr[i];
    return (sf_str){buf, n};
}

static sf_str skip_space(sf_str s) {
    while (s.len && sf_is_space(s.ptr[0]))
        s.ptr++, s.len--;
    return s;
}

/* Behind white space, comments, processing instructions and the document type. */
static sf_str skip_prolog(sf_str s, bool *html_doctype) {
    for (;;) {
        s = skip_space(s);
        sf_str end = sf_str_starts(s, SF_STR("<!--")) ? SF_STR("-->")
                     : sf_str_starts(s, SF_STR("<?")) ? SF_STR("?>")
                     : sf_str_starts(s, SF_STR("<!")) ? SF_STR(">")
                                                      : SF_ABSENT;
        if (!end.ptr)
            return s;
        if (sf_str_starts_ci(s, SF_STR("<!doctype html")))
            *html_doctype = true;
        size_t at = sf_str_find(s, end, 2);
        if (at == SIZE_MAX)
            return sf_str_sub(s, s.len, s.len);
        /* an internal subset has declarations of its own, and ends with "]>" */
        size_t bracket = end.len == 1 ? sf_str_find(s, SF_STR("["), 0) : SIZE_MAX;
        if (bracket < at) {
            at = sf_str_find(s, SF_STR("]"), bracket);
            at = at == SIZE_MAX ? at : sf_str_find(s, SF_STR(">"), at);
            if (at == SIZE_MAX)
                return sf_str_sub(s, s.len, s.len);
        }
        s = sf_str_sub(s, at + end.len, s.len);
    }
}

static sf_str tag_name(sf_str s) { /* s begins with '<' */
    size_t end = 1;
    while (end < s.len && (sf_is_alpha(s.ptr[end]) || sf_is_digit(s.ptr[end]) ||
                           s.ptr[end] == ':' || s.ptr[end] == '-' || s.ptr[end] == '_'))
        end++;
    return sf_str_sub(s, 1, end);
}

static bool html_tag(sf_str name) {
    static const char *const tags[] = {
        "html",   "head",   "body",   "title",  "meta",       "link",    "script",
        "style",  "div",    "p",      "a",      "span",       "article", "section",
        "main",   "header", "footer", "nav",    "h1",         "h2",      "h3",
        "h4",     "table",  "tr",     "td",     "ul",         "ol",      "li",
        "img",    "br",     "b",      "i",      "em",         "strong",  "font",
        "center", "form",   "iframe", "figure", "blockquote", "base",    "noscript"};
    for (size_t i = 0; i < SF_LEN(tags); i++)
        if (sf_str_equal_ci(name, sf_str_of(tags[i])))
            return true;
    return false;
}

static size_t count_tags(sf_str s) {
    size_t count = 0;
    for (size_t at = sf_str_find(s, SF_STR("<"), 0); at != SIZE_MAX;
         at = sf_str_find(s, SF_STR("<"), at + 1)) {
        sf_str tag = sf_str_sub(s, at + (at + 1 < s.len && s.ptr[at + 1] == '/'), s.len);
        count += html_tag(tag_name(tag));
    }
    return count;
}

static bool feed_root(sf_str s) {
    sf_str name = s.len && s.ptr[0] == '<' ? tag_name(s) : SF_ABSENT;
    size_t colon = sf_str_find(name, SF_STR(":"), 0);
    if (colon != SIZE_MAX)
        name = sf_str_sub(name, colon + 1, name.len);
    return sf_str_equal_ci(name, SF_STR("rss")) || sf_str_equal_ci(name, SF_STR("feed")) ||
           sf_str_equal(name, SF_STR("RDF"));
}

/* A MIME message: nothing but header fields up to the blank line, MIME-Version or a multipart type
 * among them. */
static bool is_mhtml(sf_str s) {
    sf_str first = sf_str_sub(s, 0, sf_str_find(s, SF_STR(":"), 0));
    if (first.len == 0 || first.len > 64)
        return false;
    for (size_t i = 0; i < first.len; i++)
        if (!sf_is_alpha(first.ptr[i]) && !sf_is_digit(first.ptr[i]) && first.ptr[i] != '-')
            return false;
    size_t length = sf_header_length(s);
    sf_str block = sf_str_sub(s, 0, length ? length : s.len);
    sf_str type = sf_header_find(block, "content-type");
    return sf_str_starts_ci(type, SF_STR("multipart/")) ||
           (type.ptr && sf_header_find(block, "mime-version").ptr);
}

static bool is_json(sf_str s) {
    s = skip_space(s);
    if (s.len == 0 || s.ptr[0] != '{')
        return false;
    s = skip_space(sf_str_sub(s, 1, s.len));
    return s.len > 0 && (s.ptr[0] == '"' || s.ptr[0] == '}');
}

static bool is_binary(sf_str s) {
    static const sofar_str magic[] = {{"%PDF-", 5},
                                      {"\x89PNG", 4},
                                      {"\xFF\xD8\xFF", 3},
                                      {"GIF8", 4},
                                      {"\x7f"
                                       "ELF",
                                       4},
                                      {"RIFF", 4},
                                      {"OggS", 4},
                                      {"BZh", 3},
                                      {"\xFD"
                                       "7zXZ",
                                       5},
                                      {"7z\xBC\xAF", 4},
                                      {"Rar!", 4},
                                      {"\x28\xB5\x2F\xFD", 4},
                                      {"SQLite format 3", 15},
                                      {"\xD0\xCF\x11\xE0", 4},
                                      {"wOFF", 4},
                                      {"wOF2", 4},
                                      {"ID3", 3},
                                      {"\0\0\1\0", 4}};
    for (size_t i = 0; i < SF_LEN(magic); i++)
        if (sf_str_starts(s, magic[i]))
            return true;
    s = sf_str_sub(s, 0, 4096);
    size_t control = 0;
    for (size_t i = 0; i < s.len; i++)
        control += (unsigned char)s.ptr[i] < 0x20 && !sf_is_space(s.ptr[i]) && s.ptr[i] != 0x1b;
    /* UTF-16 without a mark has a NUL in every other byte and letters in the rest */
    bool wide = s.len >= 8 && ((s.ptr[1] == 0 && s.ptr[3] == 0 && s.ptr[5] == 0) ||
                               (s.ptr[0] == 0 && s.ptr[2] == 0 && s.ptr[4] == 0));
    return control > 2 + s.len / 50 && !wide && count_tags(s) == 0;
}

static sf_kind text_kind(sf_str s, sf_str name, sf_str type) {
    bool doctype = false;
    sf_str root = skip_prolog(s, &doctype);
    if (doctype || (root.len && root.ptr[0] == '<' && html_tag(tag_name(root))))
        return SF_KIND_HTML;
    bool named_html = SUFFIX(name, ".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx");
    bool named_text = SUFFIX(name, ".txt", ".text", ".md", ".markdown", ".rst");
    if (named_html || sf_str_equal_ci(type, SF_STR("text/html")) ||
        sf_str_equal_ci(type, SF_STR("application/xhtml+xml")))
        return SF_KIND_HTML;
    if (named_text || sf_str_equal_ci(type, SF_STR("text/plain")) ||
        sf_str_equal_ci(type, SF_STR("text/markdown")))
        return SF_KIND_TEXT;
    if (SUFFIX(name, ".css", ".js", ".mjs", ".json", ".map", ".svg", ".xml", ".csv", ".tsv", ".py",
               ".c", ".h", ".sh", ".log", ".toml", ".yml", ".yaml", ".ini", ".sql", ".rss",
               ".atom"))
        return SF_KIND_DATA;
    size_t tags = count_tags(s);
    return tags >= 4 ? SF_KIND_HTML : tags ? SF_KIND_MARKUP : SF_KIND_TEXT;
}

sf_kind sf_source_kind(sf_str head, sf_str name, sf_str content_type) {
    char wide[2048];
    if (sf_str_starts(head, SF_STR("\x1f\x8b")))
        return SF_KIND_GZIP;
    if (head.len == 0)
        return SUFFIX(name, ".warc") ? SF_KIND_WARC : SF_KIND_BINARY;
    if (sf_str_starts(head, SF_STR("PK\x03\x04")) || sf_str_starts(head, SF_STR("PK\x05\x06")))
        return SF_KIND_ZIP;
    sf_str s = ascii_view(head, wide, sizeof wide);
    sf_str text = skip_space(s);
    if (sf_str_starts(text, SF_STR("WARC/")) || SUFFIX(name, ".warc", ".warc.gz"))
        return SF_KIND_WARC;
    bool doctype = false;
    if (feed_root(skip_prolog(s, &doctype)))
        return SF_KIND_FEED;
    if (is_mhtml(text))
        return SF_KIND_MHTML;
    if (is_json(text) && !SUFFIX(name, ".txt", ".md"))
        return SF_KIND_JSON;
    if (is_binary(s))
        return SF_KIND_BINARY;
    return text_kind(s, name, sf_media_type(content_type));
}
