/* What is this file? Unpacks gzip, asks kind.c, and opens the kind. */
#include "source/kinds.h"

static sofar_status input_failed(const sf_input *in, sofar_error *err) {
    if (err)
        *err = in->err;
    return in->bad;
}

/* "x.html" of "x.html.gz", so that the name still hints at what is inside. */
static sf_str without_gz(sf_str name) {
    sf_str suffix = sf_str_sub(name, name.len < 3 ? name.len : name.len - 3, name.len);
    return sf_str_equal_ci(suffix, SF_STR(".gz")) ? sf_str_sub(name, 0, name.len - 3) : name;
}

static sofar_status no_page(sf_pages *pages, const char *what, sofar_error *err) {
    if (pages->in_folder) {
        ++*pages->skipped;
        return SOFAR_DONE;
    }
    return sf_fail(err, SOFAR_ERR_FORMAT,
                   "%.*s: %s; sofar reads HTML, MHTML, plain text, WARC, WACZ, RSS, Atom and JSON "
                   "Feed",
                   SF_ARG(pages->name), what);
}

sofar_status sf_pages_open(sf_pages *pages, sofar_error *err) {
    sf_str type = pages->hints.content_type, name = pages->name;
    sf_str head = sf_input_peek(pages->in, SF_KIND_HEAD);
    if (sf_source_kind(head, name, type) == SF_KIND_GZIP) {
        pages->in = sf_input_gunzip(pages->keep, pages->in);
        head = sf_input_peek(pages->in, SF_KIND_HEAD);
        name = without_gz(name);
        type = SF_ABSENT;
    }
    if (head.len == 0 && pages->in->recover && SF_KIND_WARC == sf_source_kind(head, name, type)) {
        sf_warc_open(pages); /* its first member is damaged; there may be more */
        return SOFAR_OK;
    }
    if (head.len == 0)
        return pages->in->bad
                   ? input_failed(pages->in, err)
                   : sf_fail(err, SOFAR_ERR_FORMAT, "%.*s: the file is empty", SF_ARG(pages->name));
    sf_kind kind = sf_source_kind(head, name, type);
    switch (kind) {
    case SF_KIND_HTML:
    case SF_KIND_TEXT:
    case SF_KIND_MARKUP: sf_document_open(pages, kind); return SOFAR_OK;
    case SF_KIND_DATA:
        if (pages->in_folder)
            return no_page(pages, "", err);
        sf_document_open(pages, SF_KIND_TEXT);
        return SOFAR_OK;
    case SF_KIND_WARC: sf_warc_open(pages); return SOFAR_OK;
    case SF_KIND_MHTML: sf_mhtml_open(pages); return SOFAR_OK;
    case SF_KIND_FEED: sf_feed_open(pages); return SOFAR_OK;
    case SF_KIND_JSON: sf_json_feed_open(pages); return SOFAR_OK;
    case SF_KIND_ZIP: return sf_wacz_open(pages, err);
    case SF_KIND_GZIP: return no_page(pages, "gzip inside gzip", err);
    case SF_KIND_BINARY: return no_page(pages, "neither a page nor text", err);
    }
    return SOFAR_DONE;
}
