/* A file that is one page: HTML, plain text, Markdown. */
#include "source/kinds.h"

typedef struct document {
    sf_kind kind;
    bool done;
} document;

static sofar_status next_document(sf_pages *pages, sofar_page *page, sofar_error *err) {
    document *d = pages->own;
    if (d->done)
        return SOFAR_DONE;
    d->done = true;
    sofar_status status = sf_input_all(pages->in, pages->limit, pages->page, &page->bytes, err);
    if (status)
        return status;
    page->file = pages->name;
    page->url = pages->hints.url;
    page->captured = pages->hints.captured;
    if (sf_media_is_page(pages->hints.content_type))
        page->content_type = pages->hints.content_type; /* knows the charset */
    else if (d->kind != SF_KIND_MARKUP)
        page->content_type = d->kind == SF_KIND_HTML ? SF_STR("text/html") : SF_STR("text/plain");
    return SOFAR_OK;
}

void sf_document_open(sf_pages *pages, sf_kind kind) {
    document *d = SF_NEW(pages->keep, document);
    d->kind = kind;
    pages->own = d;
    pages->next = next_document;
}
