/* page/meta_scan: one walk over the tree that notes everything metadata may be read from. The
 * fields (meta_title.c, meta_byline.c, meta_date.c) rank what was noted. */
#ifndef SF_PAGE_META_SCAN_H
#define SF_PAGE_META_SCAN_H

#include "page/flow.h"
#include "page/jsonld.h"
#include "page/rank.h"

/* What a <meta> says, by what its key means. */
typedef enum sf_said {
    SF_SAID_NOTHING,
    SF_SAID_OG_TITLE,
    SF_SAID_TWITTER_TITLE,
    SF_SAID_TITLE, /* citation_title, dc.title, parsely-title ... */
    SF_SAID_SITE,  /* og:site_name */
    SF_SAID_APP,   /* application-name */
    SF_SAID_AUTHOR,
    SF_SAID_ARTICLE_AUTHOR,  /* article:author, often a profile's address */
    SF_SAID_OTHER_AUTHOR,    /* dc.creator, parsely-author, sailthru.author ... */
    SF_SAID_CITATION_AUTHOR, /* one a writer */
    SF_SAID_LABELLED_AUTHOR, /* twitter:data1 after twitter:label1 "Written by" */
    SF_SAID_PUBLISHED,       /* article:published_time */
    SF_SAID_OTHER_PUBLISHED, /* datePublished, pubdate, dc.date.issued ... */
    SF_SAID_DATE,            /* date, dc.date: either */
    SF_SAID_MODIFIED,
    SF_SAID_URL, /* og:url */
    SF_SAID_LANG,
    SF_SAID_LOCALE,
    SF_SAID_CANONICAL, /* <link rel=canonical> */
    SF_SAID_COUNT
} sf_said;

typedef struct sf_saying {
    sf_said said;
    sf_str value; /* white space folded, references resolved, 1 .. 1000 bytes */
} sf_saying;

/* Where a node stands: tags and telling class words above it (and of itself). */
enum {
    SF_IN_ARTICLE = 1 << 0,
    SF_IN_MAIN = 1 << 1,
    SF_IN_HEADER = 1 << 2,
    SF_IN_NAV = 1 << 3,
    SF_IN_ASIDE = 1 << 4,
    SF_IN_FOOTER = 1 << 5,
    SF_IN_LINK = 1 << 6,
    SF_IN_ITEM = 1 << 7,
    SF_CLASS_TITLE = 1 << 8,
    SF_CLASS_DATE = 1 << 9,
    SF_CLASS_UPDATED = 1 << 10,
    SF_CLASS_AUTHOR = 1 << 11,
    SF_CLASS_BYLINE = 1 << 12, /* byline, meta, info, details */
    SF_CLASS_ASIDE = 1 << 13,  /* related, sidebar, widget, menu, popup ... */
    SF_CLASS_COMMENT = 1 << 14,
    SF_CLASS_BIO = 1 << 15, /* bio, about, box, card */
    SF_CLASS_NAME = 1 << 16,
    SF_CLASS_PUBLISHED = 1 << 17,
    SF_IN_HEADING = 1 << 18,
    SF_CLASS_POST = 1 << 19,     /* post, entry, article, story, blog, content */
    SF_CLASS_ASIDE_FAR = 1 << 20 /* as SF_CLASS_ASIDE, three levels up or more */
};

typedef struct sf_mark { /* an element worth a look */
    uint32_t node;
    uint32_t block; /* first flow block at or behind the node */
    unsigned kind;  /* one of SF_MARK_* */
} sf_mark;

enum {
    SF_MARK_REL = 1,      /* rel=author */
    SF_MARK_ITEMPROP = 2, /* itemprop=author */
    SF_MARK_HREF = 4,     /* a link to /author/... */
    SF_MARK_CLASS = 8,    /* class or id has author or writer */
    SF_MARK_BYLINE = 16,  /* class or id has byline */
    SF_MARK_NAME = 32     /* ... and name */
};

typedef struct sf_meta_scan {
    const sf_dom *dom;
    const sf_flow *flow;
    const sofar_page *page;
    sf_str html_lang, title_tag;
    struct {
        sf_saying *at;
        size_t count, room;
    } sayings;
    struct {
        uint32_t *at;
        size_t count, room;
    } headings, times;
    struct {
        sf_mark *at;
        size_t count, room;
    } authors;
    struct {
        sf_str *at;
        size_t count, room;
    } alts; /* of images: a portrait's says whose it is */
    sf_ld ld;
    sf_str url;           /* best address of the page; may be absent */
    sf_str host;          /* its host without www, lower case */
    sf_str slug;          /* normal form of the words of its last telling path part */
    sf_str site;          /* name of the outlet, or absent */
    sf_str named;         /* part of <title> that is a line of the page too, or absent */
    sf_str site_keys[16]; /* what sf_meta_is_site compares with */
    size_t site_key_count;
    sf_str title;         /* set when chosen */
    uint32_t title_block; /* flow block of the headline, or SF_NONE */
    /* for sf_meta_place: where words of each first letter begin; what each node's class says */
    uint8_t letters[27];
    uint32_t *class_bits;
} sf_meta_scan;

void sf_meta_scan_init(sf_arena *arena, const sf_dom *dom, const sf_flow *flow,
                       const sofar_page *page, sf_meta_scan *out);

/* First saying of the kind, or absent. */
sf_str sf_meta_said(const sf_meta_scan *scan, sf_said said);
/* First JSON-LD fact of type and field, or absent. */
sf_str sf_meta_ld(const sf_meta_scan *scan, sf_ld_type type, sf_ld_field field);
/* SF_IN_* and SF_CLASS_* bits of a node. Climbs a bounded number of levels. */
unsigned sf_meta_place(const sf_meta_scan *scan, uint32_t node);
void sf_meta_place_init(sf_arena *arena, sf_meta_scan *scan); /* part of sf_meta_scan_init */
/* Flow block that holds the node or is the first behind it; flow->count if there is none. */
uint32_t sf_meta_block(const sf_flow *flow, uint32_t node);
/* Text of the node, absent if the subtree is larger than `most` nodes or the text than 400 bytes.
 */
sf_str sf_meta_text(sf_arena *arena, const sf_dom *dom, uint32_t node, uint32_t most);
/* Lower-case words of letters and digits parted by one space: what two forms of a headline or name
 * have in common. */
sf_str sf_meta_key(sf_arena *arena, sf_str s);
/* Does the name mean the site: og:site_name, publisher, or the host in other dress? */
bool sf_meta_is_site(sf_arena *arena, const sf_meta_scan *scan, sf_str name);

void sf_meta_site_init(sf_arena *arena, sf_meta_scan *scan); /* part of sf_meta_scan_init */
sf_str sf_meta_language(sf_arena *arena, const sf_meta_scan *scan);

/* ---- the fields; each fills a ranking in the arena ---- */
sf_ranking sf_title_candidates(sf_arena *arena, sf_meta_scan *scan);
/* Chooses the title; the other two measure the distance from it, so it comes first. */
void sf_meta_settle_title(sf_arena *arena, sf_meta_scan *scan);
sf_ranking sf_byline_candidates(sf_arena *arena, sf_meta_scan *scan);
sf_ranking sf_date_candidates(sf_arena *arena, sf_meta_scan *scan);

#endif
