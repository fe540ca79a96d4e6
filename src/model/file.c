/* The model's file: mapped read-only and used where it lies. A header of 128 bytes, a table of
 * named sections, the sections, each at a multiple of 64; little-endian throughout.
 *
 * A file is as hostile as a page. Opening checks everything that memory safety rests on: both
 * checksums, that every section lies inside and has the shape that the config asks for, that the
 * vocabulary's offsets and hash lead nowhere else, and that the lists have as many lines as there
 * are classes. The values of weights are not looked at: wrong ones give wrong answers, nothing
 * else. sf_model_check compares their checksums.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "model/inner.h"
#include "model/places.h"

#define AGAIN "; fetch the file again"

enum { VERSION = 1, ALIGNED = 64, CONFIG = 32, MOST_SECTIONS = 4096 };
enum { I8 = 1, I32, F32, U32, BYTES, PACKED }; /* a section's type */

typedef struct header {
    char magic[8];
    uint32_t version, section_count;
    uint64_t file_bytes, table_offset;
    uint32_t table_crc, header_crc;
    char zeros[88];
} header;
_Static_assert(sizeof(header) == 128, "as in the file");

typedef struct section {
    char name[48]; /* NUL to its end */
    uint32_t type, rank, shape[4];
    uint64_t offset, bytes;
    uint32_t crc, zero;
} section;
_Static_assert(sizeof(section) == 96, "as in the file");

typedef struct reader {
    sf_model *model;
    const section *table;
    uint32_t count;
    sofar_status status; /* the first failure; all that follows does nothing */
    sofar_error *err;
} reader;

#define FAIL(r, ...)                                                                               \
    do {                                                                                           \
        if (!(r)->status)                                                                          \
            (r)->status = sf_fail((r)->err, SOFAR_ERR_FORMAT, __VA_ARGS__);                        \
    } while (0)

static uint32_t crc_of(const void *bytes, size_t size) {
    uLong crc = crc32(0, NULL, 0);
    const Bytef *at = bytes;
    for (; size > 0;) {
        uInt some = size < 1u << 30 ? (uInt)size : 1u << 30;
        crc = crc32(crc, at, some);
        at += some, size -= some;
    }
    return (uint32_t)crc;
}

/* ---- header and table ---- */

static sofar_status read_header(sf_model *m, reader *r, sofar_error *err) {
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
        return sf_fail(err, SOFAR_ERR_FORMAT,
                       "%s: the language model needs a little-endian machine", m->name);
    header h;
    if (m->size < sizeof h || memcmp(m->bytes, "SOFARMDL", 8) != 0)
        return sf_fail(err, SOFAR_ERR_FORMAT,
                       "%s: this is no language model of sofar; is the path right?", m->name);
    memcpy(&h, m->bytes, sizeof h);
    uint32_t crc = h.header_crc;
    h.header_crc = 0;
    if (crc_of(&h, sizeof h) != crc)
        return sf_fail(err, SOFAR_ERR_FORMAT, "%s: the header is damaged" AGAIN, m->name);
    if (h.version != VERSION)
        return sf_fail(err, h.version > VERSION ? SOFAR_ERR_VERSION : SOFAR_ERR_FORMAT,
                       "%s: a model file of version %u, and this sofar reads version %u; use the "
                       "file and the sofar of one release",
                       m->name, h.version, (unsigned)VERSION);
    if (h.file_bytes != m->size)
        return sf_fail(err, SOFAR_ERR_FORMAT, "%s: %llu bytes long where %llu were written" AGAIN,
                       m->name, (unsigned long long)m->size, (unsigned long long)h.file_bytes);
    if (h.section_count > MOST_SECTIONS || h.table_offset % ALIGNED || h.table_offset > m->size ||
        (m->size - h.table_offset) / sizeof(section) < h.section_count)
        return sf_fail(err, SOFAR_ERR_FORMAT, "%s: the table of sections lies outside" AGAIN,
                       m->name);
    r->table = (const section *)(const void *)(m->bytes + h.table_offset);
    r->count = h.section_count;
    if (crc_of(r->table, r->count * sizeof(section)) != h.table_crc)
        return sf_fail(err, SOFAR_ERR_FORMAT, "%s: the table of sections is damaged" AGAIN,
                       m->name);
    for (uint32_t i = 0; i < r->count; i++) {
        const section *s = &r->table[i];
        if (s->name[sizeof s->name - 1] || s->rank > 4 || s->offset % ALIGNED ||
            s->offset > m->size || s->bytes > m->size - s->offset)
            return sf_fail(err, SOFAR_ERR_FORMAT, "%s: section %u lies outside" AGAIN, m->name, i);
    }
    return SOFAR_OK;
}

/* ---- sections ---- */

static const section *find(reader *r, const char *name) {
    for (uint32_t i = 0; i < r->count && !r->status; i++)
        if (strcmp(r->table[i].name, name) == 0)
            return &r->table[i];
    FAIL(r, "%s: section %s is missing; use the file and the sofar of one release", r->model->name,
         name);
    return NULL;
}

/* The section's bytes if it is `rows` times `columns` of the type (columns 0: of rank 1); NULL and
 * a failure otherwise. */
static const void *array(reader *r, const char *name, uint32_t type, uint32_t rows,
                         uint32_t columns) {
    const section *s = find(r, name);
    if (!s)
        return NULL;
    uint64_t wants = (uint64_t)rows * (columns ? columns : 1);
    wants *= type == I32 || type == F32 || type == U32 ? 4 : 1;
    if (s->type != type || s->rank != (columns ? 2u : 1u) || s->shape[0] != rows ||
        (columns && s->shape[1] != columns) || s->bytes != wants) {
        FAIL(r,
             "%s: section %s is not of the shape that the config asks for (%u x %u); use the "
             "file and the sofar of one release",
             r->model->name, name, rows, columns ? columns : 1);
        return NULL;
    }
    return r->model->bytes + s->offset;
}

static sf_str bytes_of(reader *r, const char *name) {
    const section *s = find(r, name);
    if (s && s->type != BYTES)
        FAIL(r, "%s: section %s is no text" AGAIN, r->model->name, name);
    return s ? (sf_str){(const char *)r->model->bytes + s->offset, (size_t)s->bytes} : SF_ABSENT;
}

/* A text of `count` lines. */
static sf_str lines(reader *r, const char *name, uint32_t count) {
    sf_str text = bytes_of(r, name);
    uint32_t ends = 0;
    for (size_t i = 0; i < text.len; i++)
        ends += text.ptr[i] == '\n';
    if (!r->status && (ends != count || (text.len && text.ptr[text.len - 1] != '\n')))
        FAIL(r,
             "%s: section %s has %u lines where the config asks for %u; use the file and the "
             "sofar of one release",
             r->model->name, name, ends, count);
    return text;
}

static const float *floats(reader *r, const char *name, uint32_t count) {
    return array(r, name, F32, count, 0);
}

static const float *floats_of(reader *r, const char *name, const char *part, uint32_t count) {
    char full[96];
    snprintf(full, sizeof full, "%s.%s", name, part);
    return floats(r, full, count);
}

static sf_linear linear(reader *r, const char *name, uint32_t outputs, uint32_t inputs) {
    char sum[96];
    snprintf(sum, sizeof sum, "%s.sum", name);
    return (sf_linear){
        .weights = array(r, name, PACKED, outputs, inputs),
        .scale = floats_of(r, name, "scale", outputs),
        .bias = floats_of(r, name, "bias", outputs),
        .sum = array(r, sum, I32, outputs, 0),
        .outputs = outputs,
        .inputs = inputs,
    };
}

/* ---- the parts ---- */

static uint32_t padded(uint32_t count) { return (count + 15) / 16 * 16; }

static bool between(uint32_t value, uint32_t least, uint32_t most) {
    return least <= value && value <= most;
}

/* Outside, and a begin and an inside of every kind: few enough for a byte. */
static bool is_bio(uint32_t count) { return between(count, 1, 255) && count % 2 == 1; }

static void read_config(reader *r) {
    sf_model *m = r->model;
    const uint32_t *c = array(r, "config", U32, CONFIG, 0);
    if (!c)
        return;
    m->layer_count = c[0], m->hidden = c[1], m->heads = c[2], m->inner = c[3];
    m->vocab.count = c[4], m->positions = c[5], m->shapes = c[6];
    m->tag_count = c[7], m->lemma_count = c[8], m->name_count = c[9];
    m->attribution_count = c[10], m->end_count = c[11];
    m->arc_width = c[12], m->label_width = c[13], m->label_count = c[14];
    m->max_pieces = c[15], m->max_tokens = c[16];
    bool encoder = between(m->layer_count, 1, 64) && between(m->hidden, SF_HEAD, 4096) &&
                   m->hidden % SF_HEAD == 0 && m->heads == m->hidden / SF_HEAD &&
                   between(m->inner, 16, 16384) && m->inner % 16 == 0 &&
                   between(m->vocab.count, SF_PIECE_END + 1, 1 << 20) &&
                   between(m->positions, 3, 1 << 16) && between(m->shapes, 25, 256);
    bool heads = between(m->arc_width, 16, 4096) && m->arc_width % 16 == 0 &&
                 between(m->label_width, 16, 4096) && m->label_width % 16 == 0 &&
                 between(m->tag_count, 1, 1 << 14) && between(m->lemma_count, 1, 1 << 14) &&
                 is_bio(m->name_count) && is_bio(m->attribution_count) &&
                 between(m->end_count, 2, 2) && between(m->label_count, 1, 1 << 10);
    bool limits =
        between(m->max_pieces, 3, m->positions) && between(m->max_tokens, 1, m->max_pieces);
    if (!encoder || !heads || !limits)
        FAIL(r,
             "%s: the config asks for a model that this sofar cannot run; use the file and the "
             "sofar of one release",
             m->name);
}

/* Memory safety of everyone who looks pieces up rests on this. */
static void read_vocab(reader *r) {
    sf_model *m = r->model;
    sf_str bytes = bytes_of(r, "vocab.bytes");
    m->vocab.bytes = bytes.ptr;
    m->vocab.offsets = array(r, "vocab.offsets", U32, m->vocab.count + 1, 0);
    m->vocab.hash = array(r, "vocab.hash", U32, SF_VOCAB_SLOTS, 0);
    if (r->status)
        return;
    const uint32_t *offsets = m->vocab.offsets;
    bool sound = offsets[0] == 0 && offsets[m->vocab.count] <= bytes.len;
    for (uint32_t i = 0; i < m->vocab.count; i++)
        sound &= offsets[i] <= offsets[i + 1];
    uint32_t empty = 0;
    for (uint32_t i = 0; i < SF_VOCAB_SLOTS; i++) {
        sound &= m->vocab.hash[i] <= m->vocab.count;
        empty += m->vocab.hash[i] == 0;
    }
    if (!sound || !empty)
        FAIL(r, "%s: the vocabulary is damaged" AGAIN, m->name);
}

static void read_encoder(reader *r) {
    sf_model *m = r->model;
    uint32_t h = m->hidden;
    m->word = array(r, "embed.word", I8, m->vocab.count, h);
    m->word_scale = floats(r, "embed.word.scale", m->vocab.count);
    m->position = array(r, "embed.position", F32, m->positions, h);
    m->shape = array(r, "embed.shape", F32, m->shapes, h);
    m->embed_gain = floats(r, "embed.norm.gain", h);
    m->embed_bias = floats(r, "embed.norm.bias", h);
    for (uint32_t i = 0; i < m->layer_count && !r->status; i++) {
        char name[48];
        sf_layer *l = &m->layers[i];
#define NAMED(part) (snprintf(name, sizeof name, "layer.%u." part, i), name)
        l->qkv = linear(r, NAMED("qkv"), 3 * h, h);
        l->out = linear(r, NAMED("out"), h, h);
        l->up = linear(r, NAMED("up"), m->inner, h);
        l->down = linear(r, NAMED("down"), h, m->inner);
        l->gain1 = floats(r, NAMED("norm1.gain"), h);
        l->bias1 = floats(r, NAMED("norm1.bias"), h);
        l->gain2 = floats(r, NAMED("norm2.gain"), h);
        l->bias2 = floats(r, NAMED("norm2.bias"), h);
#undef NAMED
    }
}

static void read_heads(reader *r) {
    sf_model *m = r->model;
    uint32_t width = 0;
    m->at.tag = width, width += padded(m->tag_count);
    m->at.lemma = width, width += padded(m->lemma_count);
    m->at.name = width, width += padded(m->name_count);
    m->at.attribution = width, width += padded(m->attribution_count);
    m->at.end = width, width += padded(m->end_count);
    m->at.arc_dep = width, width += m->arc_width;
    m->at.arc_head = width, width += m->arc_width;
    m->at.label_dep = width, width += m->label_width;
    m->at.label_head = width, width += m->label_width;
    m->word_head = linear(r, "head.word", width, m->hidden);
    m->arc = linear(r, "head.arc", m->arc_width, m->arc_width);
    m->arc_bias_head = floats(r, "head.arc.bias_head", m->arc_width);
    m->arc_root = floats(r, "head.arc.root", m->arc_width);
    m->label = linear(r, "head.label", padded(m->label_count), m->label_width);
    m->label_root = floats(r, "head.label.root", m->label_width);
    m->tags = lines(r, "tags.text", m->tag_count);
    m->lemmas = lines(r, "lemmas.text", m->lemma_count);
    m->names = lines(r, "names.text", m->name_count);
    m->attributions = lines(r, "attributions.text", m->attribution_count);
    m->labels = lines(r, "labels.text", m->label_count);
    m->card = bytes_of(r, "card.text");
}

static sofar_status no_memory(const char *name, sofar_error *err) {
    return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory", name);
}

/* Reads m->bytes. */
static sofar_status read_model(sf_model *m, sofar_error *err) {
    reader r = {.model = m, .err = err};
    r.status = read_header(m, &r, err);
    if (!r.status)
        read_config(&r);
    if (!r.status) {
        m->layers = calloc(m->layer_count, sizeof *m->layers);
        if (!m->layers)
            return no_memory(m->name, err);
        read_vocab(&r);
    }
    if (!r.status)
        read_encoder(&r);
    if (!r.status)
        read_heads(&r);
    if (!r.status && (!sf_classes_open(m) || !sf_grammar_open(m)))
        return no_memory(m->name, err);
    return r.status;
}

/* ---- opening ---- */

static sofar_status new_model(const char *name, sf_model **out, sofar_error *err) {
    sf_model *m = calloc(1, sizeof *m);
    char *copy = strdup(name);
    if (!m || !copy) {
        free(m);
        free(copy);
        return no_memory(name, err);
    }
    m->name = copy;
    m->kernel = sf_kernel_best();
    *out = m;
    return SOFAR_OK;
}

static sofar_status map(sf_model *m, sofar_error *err) {
    int file = open(m->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not hold us up */
    struct stat st = {0};
    if (file < 0 || fstat(file, &st)) {
        sofar_status status =
            sf_fail(err, SOFAR_ERR_IO,
                    "%s: the language model cannot be opened: %s; name it with --model or in "
                    "SOFAR_MODEL",
                    m->name, strerror(errno));
        if (file >= 0)
            close(file);
        return status;
    }
    sofar_status status = SOFAR_OK;
    if (!S_ISREG(st.st_mode) || st.st_size < (off_t)sizeof(header)) {
        status = sf_fail(err, SOFAR_ERR_FORMAT,
                         "%s: this is no language model of sofar; is the path right?", m->name);
    } else {
        void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, file, 0);
        if (at == MAP_FAILED) {
            status = sf_fail(err, SOFAR_ERR_IO, "%s: cannot map the language model: %s", m->name,
                             strerror(errno));
        } else {
            m->bytes = at, m->size = (size_t)st.st_size;
            m->mapped = true;
        }
    }
    close(file);
    return status;
}

/* Where the build says the model is: the first of the places that can be read, else the last. */
static const char *usual_path(void) {
    static const char *const places[] = {SF_MODEL_PLACES};
    for (size_t i = 0; i + 1 < SF_LEN(places); i++)
        if (access(places[i], R_OK) == 0)
            return places[i];
    return places[SF_LEN(places) - 1];
}

sofar_status sf_model_open(const char *path, sf_model **out, sofar_error *err) {
    sf_model *m = NULL;
    sofar_status status = new_model(path ? path : usual_path(), &m, err);
    if (status)
        return status;
    status = map(m, err);
    if (!status)
        status = read_model(m, err);
    if (status)
        sf_model_close(m);
    else
        *out = m;
    return status;
}

sofar_status sf_model_open_bytes(sf_str bytes, const char *name, sf_model **out, sofar_error *err) {
    sf_model *m = NULL;
    sofar_status status = new_model(name, &m, err);
    if (status)
        return status;
    m->bytes = (const unsigned char *)bytes.ptr, m->size = bytes.len;
    status = read_model(m, err);
    if (status)
        sf_model_close(m);
    else
        *out = m;
    return status;
}

void sf_model_close(sf_model *model) {
    if (!model)
        return;
    if (model->mapped)
        munmap((void *)(uintptr_t)model->bytes, model->size);
    sf_classes_close(model);
    sf_grammar_close(model);
    free(model->layers);
    free(model->name);
    free(model);
}

sofar_status sf_model_check(const sf_model *model, sofar_error *err) {
    header h;
    memcpy(&h, model->bytes, sizeof h);
    const section *table = (const section *)(const void *)(model->bytes + h.table_offset);
    for (uint32_t i = 0; i < h.section_count; i++)
        if (crc_of(model->bytes + table[i].offset, (size_t)table[i].bytes) != table[i].crc)
            return sf_fail(err, SOFAR_ERR_FORMAT, "%s: section %s is damaged" AGAIN, model->name,
                           table[i].name);
    return SOFAR_OK;
}

const sf_vocab *sf_model_vocab(const sf_model *model) { return &model->vocab; }

const char *sf_model_kernel_name(const sf_model *model) { return model->kernel->name; }

sf_model_facts sf_model_about(const sf_model *m) {
    return (sf_model_facts){.path = m->name,
                            .kernel = m->kernel->name,
                            .bytes = {(const char *)m->bytes, m->size},
                            .card = m->card,
                            .layers = m->layer_count,
                            .hidden = m->hidden,
                            .vocabulary = m->vocab.count,
                            .tags = m->tag_count,
                            .lemmas = m->lemma_count,
                            .labels = m->label_count,
                            .names = m->name_count,
                            .attributions = m->attribution_count};
}
