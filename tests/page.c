/* page: charsets, the tree, text blocks, and the map from canonical text to the original bytes.
 * All blocks are kept here; which of them are the story is for train/page to measure. */
#include <stdlib.h>
#include <zlib.h>

#include "check.h"
#include "page/canon.h"
#include "read/read.h"

/* The document's whole visible text. */
static void compose_all(sf_arena *arena, sf_str bytes, sf_str content_type, sofar_reading *out) {
    *out = (sofar_reading){0};
    sf_decoded decoded = sf_charset_decode(arena, bytes, content_type, true);
    sf_dom *dom = sf_dom_parse(arena, decoded.text);
    sf_flow flow = sf_flow_of(arena, dom);
    uint8_t *keep = sf_alloc(arena, flow.count + 1);
    memset(keep, 1, flow.count + 1);
    if (sf_canon_compose(arena, dom, &decoded, &flow, keep, &out->clipping))
        out->stages = 1; /* a text node was traced only roughly */
}

static void text_is(sf_arena *arena, sf_str bytes, const char *content_type, const char *wanted,
                    int line) {
    sofar_reading r;
    compose_all(arena, bytes, sf_str_of(content_type), &r);
    check_str(r.clipping.text, sf_str_of(wanted), wanted, __FILE__, line);
    const char *fault = sf_reading_check(&r, bytes);
    check_that(!fault && !r.stages, fault ? fault : "every byte is traced", __FILE__, line);
}

#define TEXT(html, wanted) text_is(arena, SF_STR(html), NULL, wanted, __LINE__)
#define TEXT_AS(type, bytes, wanted) text_is(arena, SF_STR(bytes), type, wanted, __LINE__)

static void blocks(sf_arena *arena) {
    TEXT("", "");
    TEXT("<p>Ana", "Ana");
    TEXT("<p>One<p>Two", "One\n\nTwo");
    TEXT("<div>One<b> two</b> three<div>Four</div>five</div>", "One two three\n\nFour\n\nfive");
    TEXT("<ul><li>A<li>B</ul>", "A\n\nB");
    TEXT("<p>Line<br>next<br/><br>Far", "Line\nnext\n\nFar");
    TEXT("<p>Line <br> next", "Line\nnext");
    TEXT("<table><tr><td>A<td>B</table>", "A\n\nB");
    TEXT("<p>A<script>var a = '<p>no</p>';</script>B<style>p{}</style>C", "ABC");
    TEXT("<p>A<!-- <p>no --> B<noscript>no</noscript><template>no</template>", "A B");
    TEXT("<p hidden>no<p style='color:red; DISPLAY : none'>no<p>yes", "yes");
    TEXT("<select><option>no</select><textarea>no</textarea><button>no</button>yes", "yes");
    TEXT("<body style='display:none'><p>shown by a script", "shown by a script");
    TEXT("<p>a <svg viewBox='0 0 1 1'><title>no</title><path d='M0'/></svg> b", "a b");
    TEXT("<svg><p>not in the drawing</p></svg>", "not in the drawing");
    TEXT("<title>no</title><p>a &lt;b&gt; c", "a <b> c");
    TEXT("<script>'</p><!-- <script> </script> -->'</script><p>yes", "yes");
    TEXT("<div hidden id='S:1f'><p>streamed late</div><p>a<xmp>b</xmp><plaintext>c</p>",
         "streamed late\n\nabc");
    TEXT("<script>never ends <p>no", "");
}

static void order(sf_arena *arena) {
    /* HTML moves text out of tables; receipts want the order of the document. */
    TEXT("<table><tr><td>A</td></tr>stray<tr><td>B</td></tr></table>", "A\n\nstray\n\nB");
    TEXT("<table>one<tr><td>A</td></tr>two<tr><td>B</td></tr></table>three",
         "one\n\nA\n\ntwo\n\nB\n\nthree");
    TEXT("<b><p>a</b>b</p>c", "ab\n\nc");
}

static void spaces(sf_arena *arena) {
    TEXT("<p>  A \n\t B  ", "A B");
    TEXT("<p>A\nB\tC", "A\nB\tC");
    TEXT("<p>A&nbsp;B\xC2\xA0"
         "C&nbsp; &nbsp;D",
         "A B C D");
    TEXT("<p>ex&shy;tra\xC2\xAD"
         "ordi\xE2\x80\x8Bnary\xEF\xBB\xBF",
         "extraordinary");
    TEXT("<p>A <b> B </b> C", "A B C");
    TEXT("<pre>\n\na\r\nb\rc</pre>", "a b\rc");
}

static void references(sf_arena *arena) {
    TEXT("<p>&ldquo;A&rdquo; &amp; B &AMP C & D &#8217;&#x2019;&#146;",
         "\u201CA\u201D & B & C & D \u2019\u2019\u2019");
    TEXT("<p>&notit; &notin; &not; &not &copy2021 &copy; &nosuch; &#; &#x; &",
         "\u00ACit; \u2209 \u00AC \u00AC \u00A92021 \u00A9 &nosuch; &#; &#x; &");
    TEXT("<p>&notin;in; &centerdot;erdot;", "\u2209in; \u00B7erdot;");
    TEXT("<p>&fjlig; &nvlt;x &acE; &nGg; &nGt; &bne;",
         "fj <\u20D2x \u223E\u0333 \u22D9\u0338 \u226B\u20D2 =\u20E5");
    TEXT("<p>&amp;amp; &lt;p&gt; a<b &amp;lt;", "&amp; <p> a");
    TEXT("<p>a < b <3 </> c", "a < b <3 c");
    TEXT("<p>x&#0;y&#xD800;z&#x110000;", "x\uFFFDy\uFFFDz\uFFFD");
    TEXT("<p title='&quot;>'>T&eacute;t&eacute", "T\u00E9t\u00E9");
}

static void strange_bytes(sf_arena *arena) {
    TEXT("<p>a\0b\0\x10r &\0amp;", "abr &amp;");
    TEXT("<title>a\0</title><math><mi>a\0b", "ab");
    TEXT("<p>a\x01\x7F\xC2\x80"
         "b",
         "ab");
    TEXT("<p>cut \xE2\x80", "cut \uFFFD");
    TEXT("<p>smile \xF0\x9F\x98 and \xF0\x9F\x98\x80 \xC3\xA9\xC3\xA9",
         "smile \uFFFD and \U0001F600 \u00E9\u00E9");
    TEXT("<p>never closed <b", "never closed");
    TEXT("<p a='x>never closed", "");
    TEXT("</p>a</b></div></body></html>b", "ab");
}

static void charsets(sf_arena *arena) {
    TEXT("\xEF\xBB\xBF<p>A\xC3\xA9", "A\u00E9");
    TEXT_AS("text/html; charset=ISO-8859-1",
            "<p>caf\xE9 \x93"
            "A\x94\xA0z",
            "caf\u00E9 \u201CA\u201D\u00A0z");
    TEXT("<meta charset=\"latin1\"><p>caf\xE9", "caf\u00E9");
    TEXT("<meta http-equiv=content-type content='text/html;charset=windows-1251'><p>\xC4\xE0",
         "\u0414\u0430");
    TEXT("<p>caf\xE9 au lait", "caf\u00E9 au lait");
    TEXT("<meta charset=utf-8><p>caf\xE9 au lait, na\xEFve", "caf\u00E9 au lait, na\u00EFve");
    TEXT("<meta charset=latin1><p>caf\xC3\xA9", "caf\u00E9");
    TEXT_AS("text/html; charset=gb2312", "<p>\xC4\xE3\xBA\xC3 \xA7\xA1\xA7\xA2 x",
            "\u4F60\u597D \u0410\u0411 x");
    TEXT_AS("text/html; charset=shift_jis", "<p>\x93\xFA\x96{", "\u65E5\u672C");
    TEXT_AS("text/plain;charset=big5", "\xA4\xA4!", "\u4E2D!");
    TEXT_AS("text/html; charset=iso-2022-jp", "<p>\x1B$BF|K\\\x1B(B!", "\u65E5\u672C!");
    TEXT("\xFF\xFE<\0p\0>\0A\0\xE9\0=\xD8\0\xDE", "A\u00E9\U0001F600");
    TEXT("\xFE\xFF\0<\0p\0>\0A\0\xE9\0 \0 \0b", "A\u00E9 b");
    TEXT("\xFE\xFF\x03\xB1\x03\xB2", "\u03B1\u03B2"); /* nothing around to tell rows apart by */
    TEXT_AS("text/html; charset=nonsense", "<p>caf\xC3\xA9", "caf\u00E9");

    sf_decoded d =
        sf_charset_decode(arena, SF_STR("<meta charset=utf-8>caf\xE9 na\xEFve"), SF_ABSENT, true);
    CHECK_STR(d.name, "windows-1252");
    CHECK(d.note.ptr != NULL);
    d = sf_charset_decode(arena, SF_STR("plain"), SF_STR("text/plain; charset=\"ISO-8859-1\""),
                          false);
    CHECK(!d.note.ptr && !d.origin);
    CHECK_STR(d.name, "UTF-8");
}

/* Rows as the contract has them: references, folded space and converted characters by themselves.
 */
static void map_rows(sf_arena *arena) {
    static const sofar_map_row wanted[] = {{0, 4, 3, 7},     {4, 7, 7, 14},    {7, 10, 14, 17},
                                           {10, 11, 17, 20}, {11, 12, 20, 21}, {14, 15, 28, 29}};
    sf_str html = SF_STR("<p>Low &rsquo;Tid   e</p><p>x");
    sofar_reading r;
    compose_all(arena, html, SF_ABSENT, &r);
    CHECK_STR(r.clipping.text, "Low \u2019Tid e\n\nx");
    CHECK_INT(r.clipping.map_count, SF_LEN(wanted));
    for (size_t i = 0; i < r.clipping.map_count && i < SF_LEN(wanted); i++)
        check_that(memcmp(&r.clipping.map[i], &wanted[i], sizeof wanted[i]) == 0,
                   "a row of the map", __FILE__, __LINE__);
}

static void kinds(sf_arena *arena) {
    static const struct {
        const char *html;
        sofar_block_kind kind;
    } cases[] = {
        {"<h2><span>A</span></h2>", SOFAR_BLOCK_HEADING},
        {"<ol><li><p>A</p></ol>", SOFAR_BLOCK_ITEM},
        {"<dl><dt>A</dl>", SOFAR_BLOCK_ITEM},
        {"<figure><img><figcaption>A</figcaption></figure>", SOFAR_BLOCK_CAPTION},
        {"<div class='wp-caption'><p class=wp-caption-text>A</p></div>", SOFAR_BLOCK_CAPTION},
        {"<article class=has-caption><p>A</p></article>", SOFAR_BLOCK_PARAGRAPH},
        {"<blockquote class=twitter-tweet><p>A</p></blockquote>", SOFAR_BLOCK_QUOTE},
        {"<blockquote><h3>A</h3></blockquote>", SOFAR_BLOCK_HEADING},
        {"<li><article><p>A</p></article>", SOFAR_BLOCK_PARAGRAPH},
        {"<div>A</div>", SOFAR_BLOCK_PARAGRAPH},
    };
    for (size_t i = 0; i < SF_LEN(cases); i++) {
        sofar_reading r;
        compose_all(arena, sf_str_of(cases[i].html), SF_ABSENT, &r);
        check_that(r.clipping.block_count == 1 && r.clipping.blocks[0].kind == cases[i].kind,
                   cases[i].html, __FILE__, __LINE__);
    }
}

static void tree(sf_arena *arena) {
    sf_dom *dom = sf_dom_parse(
        arena,
        SF_STR("<!-- c --><html lang=en><head><script type='Application/LD+json'>{\"a\":\"</p>\"}"
               "</script><script>no</script><title>A &amp; B</title>"
               "<body><x-Card DATA-a='1&amp;2'><picture><img></picture>t</x-Card><div>a</div>b"));
    uint32_t script = sf_dom_find(dom, 0, dom->count, SF_TAG_SCRIPT);
    CHECK_STR(sf_dom_attr(dom, 0, "lang"), "en");
    CHECK_STR(sf_dom_text(arena, dom, script), "{\"a\":\"</p>\"}");
    CHECK_STR(sf_span_of(dom->html, dom->nodes[script + 1].source), "{\"a\":\"</p>\"}");
    uint32_t second = sf_dom_find(dom, script, dom->count, SF_TAG_SCRIPT);
    CHECK_INT(dom->nodes[second].end, second + 1);
    uint32_t title = sf_dom_find(dom, 0, dom->count, SF_TAG_TITLE);
    CHECK_STR(sf_dom_text(arena, dom, title), "A & B");
    uint32_t card = sf_dom_find(dom, title, dom->count, SF_TAG_OTHER);
    CHECK_STR(dom->nodes[card].text, "x-card");
    CHECK_STR(sf_dom_attr(dom, card, "data-a"), "1&2");
    CHECK_STR(sf_span_of(dom->html, dom->nodes[card].source), "<x-Card DATA-a='1&amp;2'>");
    CHECK_INT(dom->nodes[card + 1].tag, SF_TAG_PICTURE);
    uint32_t body = sf_dom_find(dom, 0, dom->count, SF_TAG_BODY);
    CHECK_STR(sf_dom_text(arena, dom, body), "t a b");
    CHECK_INT(sf_dom_find(dom, body, dom->count, SF_TAG_H1), SF_NONE);
    for (uint32_t i = 1; i < dom->count; i++) {
        const sf_node *n = &dom->nodes[i], *up = &dom->nodes[n->parent];
        if (n->parent >= i || n->end <= i || n->end > up->end)
            CHECK(!"a node lies outside of its parent");
    }
}

/* ---- every page there is ---- */

static sf_str gunzip(sf_arena *arena, const char *path) {
    gzFile f = gzopen(path, "rb");
    sf_buf buf = sf_buf_new(arena);
    char part[65536];
    for (int n; f && (n = gzread(f, part, sizeof part)) > 0;)
        sf_buf_add(&buf, (sf_str){part, (size_t)n});
    if (f)
        gzclose(f);
    return sf_buf_str(&buf);
}

static void one_page(const char *path, uint32_t *bad) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_str bytes = gunzip(&arena, path);
    sofar_reading r;
    compose_all(&arena, bytes, SF_STR("text/html; charset=utf-8"), &r);
    const char *fault = sf_reading_check(&r, bytes);
    if (fault || r.stages) {
        printf("# %s: %s\n", path, fault ? fault : "traced only roughly");
        ++*bad;
    }
    sf_arena_clear(&arena);
}

static void all_pages(void) {
    const char *root = getenv("SOFAR_ROOT");
    uint32_t bad = 0, count = 0;
    for (unsigned i = 0; i < 10000; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/../shared/data/pages/html/%04u.html.gz", root ? root : ".",
                 i);
        FILE *f = fopen(path, "rb");
        if (!f)
            continue;
        fclose(f);
        count++;
        one_page(path, &bad);
    }
    if (count)
        CHECK_INT(bad, 0);
    else
        printf("ok %d - # SKIP no pages beside the source tree\n", ++check_count);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    blocks(&arena);
    order(&arena);
    spaces(&arena);
    references(&arena);
    strange_bytes(&arena);
    charsets(&arena);
    map_rows(&arena);
    kinds(&arena);
    tree(&arena);
    sf_arena_clear(&arena);
    all_pages();
    return check_done();
}
