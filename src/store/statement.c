/* The SQL that both engines understand, and what failures mean to a person. */
#include "store/inner.h"

#include <stdio.h>

/* A capture's lists are asked for by the capture: one question a list, however long it is.
 * Parentheses: strings in pieces, on purpose. */
const char *const sf_store_sql_text[SF_SQL_COUNT] = {
    [SF_SQL_FIND_MAKER] = "SELECT id FROM makers WHERE reader = $1 AND model = $2 AND beats = $3",
    [SF_SQL_ADD_MAKER] = ("INSERT INTO makers (reader, model, beats) VALUES ($1, $2, $3) "
                          "ON CONFLICT (reader, model, beats) DO NOTHING RETURNING id"),
    [SF_SQL_FIND_CAPTURE] =
        ("SELECT id, published, published_from, file, captured, updated FROM captures "
         "WHERE identity = $1"),
    [SF_SQL_FIND_ORIGINAL] = "SELECT id FROM originals WHERE sha256 = $1",
    [SF_SQL_ADD_ORIGINAL] = ("INSERT INTO originals (sha256, length, zstd) VALUES ($1, $2, $3) "
                             "ON CONFLICT (sha256) DO NOTHING RETURNING id"),
    [SF_SQL_ADD_CAPTURE] =
        ("INSERT INTO captures (original_id, title, outlet, published, published_from, updated, "
         "captured, url, file, lang, maker_id, identity, text, source_map, gist, keys) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
         "ON CONFLICT (identity) DO NOTHING RETURNING id"),
    [SF_SQL_PUT_CAPTURE] =
        ("UPDATE captures SET original_id = $1, title = $2, outlet = $3, published = $4, "
         "published_from = $5, updated = $6, captured = $7, url = $8, file = $9, lang = $10, "
         "maker_id = $11, identity = $12, text = $13, source_map = $14, gist = $15, keys = $16 "
         "WHERE id = $17"),
    [SF_SQL_DROP_CAPTURE] = "DELETE FROM captures WHERE id = $1",
    [SF_SQL_ADD_CIRCUMSTANCES] =
        ("INSERT INTO circumstances (capture_id, guessed, url, content_type, given, title, byline, "
         "outlet, published, updated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
    [SF_SQL_ADD_BYLINE] = "INSERT INTO bylines (id, capture_id, name) VALUES ($1, $2, $3)",
    [SF_SQL_ADD_NOTE] = "INSERT INTO notes (id, capture_id, note) VALUES ($1, $2, $3)",
    [SF_SQL_ADD_BLOCK] = ("INSERT INTO blocks (id, capture_id, kind, span_begin, span_end) "
                          "VALUES ($1, $2, $3, $4, $5)"),
    [SF_SQL_ADD_SUBJECT] =
        "INSERT INTO subjects (id, capture_id, name, type) VALUES ($1, $2, $3, $4)",
    [SF_SQL_ADD_ALIAS] = "INSERT INTO aliases (id, subject_id, alias) VALUES ($1, $2, $3)",
    [SF_SQL_ADD_NAME] = ("INSERT INTO names (id, subject_id, form, span_begin, span_end) "
                         "VALUES ($1, $2, $3, $4, $5)"),
    [SF_SQL_ADD_TIME] = ("INSERT INTO times (id, capture_id, type, value, span_begin, span_end) "
                         "VALUES ($1, $2, $3, $4, $5, $6)"),
    [SF_SQL_ADD_QUOTE] =
        ("INSERT INTO quotes (id, capture_id, text, kind, speaker_id, to_id, via, said_when, "
         "speaker_begin, speaker_end, cue_begin, cue_end) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
    [SF_SQL_ADD_QUOTE_SPAN] =
        "INSERT INTO quote_spans (id, quote_id, span_begin, span_end) VALUES ($1, $2, $3, $4)",
    [SF_SQL_ADD_FACT] = ("INSERT INTO facts (id, capture_id, type, status, happened, by_id) "
                         "VALUES ($1, $2, $3, $4, $5, $6)"),
    [SF_SQL_ADD_ROLE] = ("INSERT INTO roles (id, fact_id, role, subject_id, value) "
                         "VALUES ($1, $2, $3, $4, $5)"),
    [SF_SQL_ADD_RECEIPT] =
        "INSERT INTO receipts (id, fact_id, span_begin, span_end) VALUES ($1, $2, $3, $4)",
    [SF_SQL_DROP_CIRCUMSTANCES] = "DELETE FROM circumstances WHERE capture_id = $1",
    [SF_SQL_DROP_BYLINES] = "DELETE FROM bylines WHERE capture_id = $1",
    [SF_SQL_DROP_NOTES] = "DELETE FROM notes WHERE capture_id = $1",
    [SF_SQL_DROP_BLOCKS] = "DELETE FROM blocks WHERE capture_id = $1",
    [SF_SQL_DROP_TIMES] = "DELETE FROM times WHERE capture_id = $1",
    [SF_SQL_DROP_FACTS] = "DELETE FROM facts WHERE capture_id = $1",
    [SF_SQL_DROP_QUOTES] = "DELETE FROM quotes WHERE capture_id = $1",
    [SF_SQL_DROP_SUBJECTS] = "DELETE FROM subjects WHERE capture_id = $1",
    [SF_SQL_IN_ORDER] =
        ("SELECT c.id FROM captures AS c JOIN originals AS o ON o.id = c.original_id" SF_SQL_ORDER),
    [SF_SQL_ALL_CAPTURES] = "SELECT id FROM captures ORDER BY id",
    [SF_SQL_CAPTURE] =
        ("SELECT o.sha256, c.file, c.url, c.outlet, c.title, c.published, c.published_from, "
         "c.updated, c.lang, c.text, c.captured, c.identity, c.gist "
         "FROM captures AS c JOIN originals AS o ON o.id = c.original_id WHERE c.id = $1"),
    [SF_SQL_BYLINES] = "SELECT name FROM bylines WHERE capture_id = $1 ORDER BY id",
    [SF_SQL_BLOCKS] =
        "SELECT kind, span_begin, span_end FROM blocks WHERE capture_id = $1 ORDER BY id",
    [SF_SQL_SUBJECTS] = "SELECT id, name, type FROM subjects WHERE capture_id = $1 ORDER BY id",
    [SF_SQL_ALIASES] =
        ("SELECT s.id, a.alias FROM subjects AS s JOIN aliases AS a ON a.subject_id = s.id "
         "WHERE s.capture_id = $1 ORDER BY s.id, a.id"),
    [SF_SQL_NAMES] = ("SELECT s.id, n.form, n.span_begin, n.span_end "
                      "FROM subjects AS s JOIN names AS n ON n.subject_id = s.id "
                      "WHERE s.capture_id = $1 ORDER BY s.id, n.id"),
    [SF_SQL_TIMES] =
        "SELECT type, value, span_begin, span_end FROM times WHERE capture_id = $1 ORDER BY id",
    [SF_SQL_QUOTES] =
        ("SELECT id, kind, speaker_id, to_id, via, said_when, speaker_begin, speaker_end, "
         "cue_begin, cue_end FROM quotes WHERE capture_id = $1 ORDER BY id"),
    [SF_SQL_QUOTE_SPANS] = ("SELECT q.id, p.span_begin, p.span_end "
                            "FROM quotes AS q JOIN quote_spans AS p ON p.quote_id = q.id "
                            "WHERE q.capture_id = $1 ORDER BY q.id, p.id"),
    [SF_SQL_FACTS] =
        ("SELECT id, type, status, happened, by_id FROM facts WHERE capture_id = $1 ORDER BY id"),
    [SF_SQL_ROLES] = ("SELECT f.id, r.role, r.subject_id, r.value "
                      "FROM facts AS f JOIN roles AS r ON r.fact_id = f.id "
                      "WHERE f.capture_id = $1 ORDER BY f.id, r.id"),
    [SF_SQL_RECEIPTS] = ("SELECT f.id, r.span_begin, r.span_end "
                         "FROM facts AS f JOIN receipts AS r ON r.fact_id = f.id "
                         "WHERE f.capture_id = $1 ORDER BY f.id, r.id"),
    [SF_SQL_QUOTE_TEXTS] = "SELECT text FROM quotes WHERE capture_id = $1 ORDER BY id",
    [SF_SQL_SOURCE_MAP] = "SELECT source_map FROM captures WHERE id = $1",
    [SF_SQL_ORIGINAL] = "SELECT length, zstd FROM originals WHERE sha256 = $1",
    [SF_SQL_TOLD] = ("SELECT s.name, s.type, count(DISTINCT r.fact_id), "
                     "max(CASE WHEN f.type = 'renamed' THEN 1 ELSE 0 END) "
                     "FROM roles AS r JOIN subjects AS s ON s.id = r.subject_id "
                     "JOIN facts AS f ON f.id = r.fact_id GROUP BY s.name, s.type"),
    [SF_SQL_STAMP] = ("SELECT identity, published, file, updated, captured, "
                      "(SELECT m.reader || ' ' || m.model || ' ' || m.beats FROM makers AS m "
                      "WHERE m.id = maker_id) FROM captures WHERE id = $1"),
    [SF_SQL_COUNTS] = ("SELECT (SELECT count(*) FROM captures), "
                       "(SELECT count(*) FROM captures WHERE published IS NULL), "
                       "(SELECT count(*) FROM originals), (SELECT count(*) FROM quotes), "
                       "(SELECT count(*) FROM times)"),
    [SF_SQL_GIST] = "SELECT gist, keys FROM captures WHERE id = $1",
    [SF_SQL_WITHOUT_GIST] = "SELECT id FROM captures WHERE gist IS NULL ORDER BY id",
    [SF_SQL_PUT_GIST] = "UPDATE captures SET gist = $1, keys = $2 WHERE id = $3",
    /* captures behind $1 that have another maker than $2 */
    [SF_SQL_OUTDATED] = ("SELECT count(*), min(id), max(id) FROM captures "
                         "WHERE id > $1 AND coalesce(maker_id, 0) <> $2"),
    [SF_SQL_NEXT_OUTDATED] =
        ("SELECT id FROM captures WHERE id > $1 AND coalesce(maker_id, 0) <> $2 AND id <= $3 "
         "ORDER BY id LIMIT 64"),
    [SF_SQL_OUTDATED_PAGE] =
        ("SELECT o.sha256, c.file, c.captured, k.url, k.content_type, k.given, k.title, k.byline, "
         "k.outlet, k.published, k.updated "
         "FROM captures AS c JOIN originals AS o ON o.id = c.original_id "
         "LEFT JOIN circumstances AS k ON k.capture_id = c.id WHERE c.id = $1"),
    [SF_SQL_LOCK_CAPTURE] = ("SELECT c.identity, coalesce(k.guessed, 0) FROM captures AS c "
                             "LEFT JOIN circumstances AS k ON k.capture_id = c.id WHERE c.id = $1"),
    [SF_SQL_REREADING] = "SELECT done_id FROM rereading WHERE maker_id = $1",
    [SF_SQL_BEGIN_REREADING] = "INSERT INTO rereading (maker_id, done_id) VALUES ($1, 0)",
    [SF_SQL_REREAD] = "UPDATE rereading SET done_id = $1",
    [SF_SQL_END_REREADING] = "DELETE FROM rereading",
    [SF_SQL_ADD_DECISION] = ("INSERT INTO decisions (id, made, who, body) VALUES ($1, $2, $3, $4) "
                             "ON CONFLICT (id) DO NOTHING RETURNING id"),
    [SF_SQL_DECISIONS] = "SELECT id, made, who, body FROM decisions ORDER BY made, id",
    [SF_SQL_SIZE] = "SELECT count(*) FROM captures",
    [SF_SQL_COUNT_DECISIONS] = "SELECT count(*) FROM decisions",
    [SF_SQL_LOCK_DECISIONS] = "SELECT 1", /* where who writes is alone anyway */
    [SF_SQL_COMMIT] = "COMMIT",
    [SF_SQL_ROLLBACK] = "ROLLBACK",
};

const char *sf_store_words(const sf_store *store, sf_sql which) {
    const char *own = store->engine->sql[which];
    return own ? own : sf_store_sql_text[which];
}

void sf_store_settle(sf_store *store) {
    store->trouble = SF_FINE;
    store->why[0] = store->code[0] = '\0';
    store->engine->settle(store);
}

void sf_store_end_reading(sf_store *store) {
    sf_trouble kept = store->trouble;
    store->engine->settle(store);
    store->trouble = kept;
}

void sf_store_note(sf_store *store, sf_trouble trouble, const char *code, const char *why) {
    if (store->trouble || !trouble)
        return;
    store->trouble = trouble;
    snprintf(store->code, sizeof store->code, "%s", code);
    snprintf(store->why, sizeof store->why, "%s", why);
}

void sf_bind_str(sf_store *store, sf_stmt *s, int at, sf_str value) {
    if (!s)
        return;
    if (value.ptr)
        store->engine->bind_bytes(store, s, at, value, true);
    else
        store->engine->bind_null(store, s, at);
}

void sf_bind_word(sf_store *store, sf_stmt *s, int at, const char *value) {
    sf_bind_str(store, s, at, sf_str_of(value));
}

void sf_bind_blob(sf_store *store, sf_stmt *s, int at, sf_str value) {
    if (s)
        store->engine->bind_bytes(store, s, at, value.len ? value : SF_STR(""), false);
}

sf_str sf_column_str(sf_store *store, sf_stmt *s, int at) {
    return store->engine->is_null(s, at) ? SF_ABSENT : store->engine->bytes(s, at);
}

sf_str sf_column_copy(sf_store *store, sf_arena *arena, sf_stmt *s, int at) {
    return sf_str_copy(arena, sf_column_str(store, s, at));
}

sf_span sf_column_span(sf_store *store, sf_stmt *s, int at) {
    if (store->engine->is_null(s, at))
        return (sf_span){0, 0};
    int64_t begin = store->engine->number(s, at), end = store->engine->number(s, at + 1);
    if (begin < 0 || end < 0 || begin >= UINT32_MAX || end >= UINT32_MAX)
        return (sf_span){UINT32_MAX - 1, UINT32_MAX};
    return (sf_span){(uint32_t)begin, (uint32_t)end};
}

sofar_status sf_store_fail(sf_store *store, sofar_error *err, const char *doing) {
    const char *path = store->path, *why = store->why;
    const char *system = store->system_errno ? strerror(store->system_errno) : why;
    switch (store->trouble) {
    case SF_DISK_FULL:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: the disk is full while %s; free some space and run the same command "
                       "again: what the store holds stays whole",
                       path, doing);
    case SF_NO_MEMORY:
        return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory while %s", path, doing);
    case SF_NO_STORE:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: is no sofar store (%s); name another with --store", path, why);
    case SF_DAMAGED:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: is damaged, seen while %s (%s); `sofar doctor` tells more; restore a "
                       "copy, or add the pages to a new store",
                       path, doing, why);
    case SF_BUSY:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: another process is writing to the store; try again when it is done",
                       path);
    case SF_READONLY:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: cannot be written: %s; or name another with --store", path, why);
    case SF_CANNOT_OPEN:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: cannot be opened: %s; or name another with --store", path, why);
    case SF_LOST:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: the server went away while %s (%s); when it is back, run the same "
                       "command again: what the store holds stays whole",
                       path, doing, why);
    case SF_DISK_FAILED:
        return sf_fail(err, SOFAR_ERR_STORE, "%s: the disk failed while %s: %s (%s)", path, doing,
                       system, store->code);
    case SF_TOO_LARGE:
        return sf_fail(err, SOFAR_ERR_LIMIT, "%s: too large for a store while %s", path, doing);
    case SF_CONFLICT:
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: other writers came between again and again while %s; run the same "
                       "command again",
                       path, doing);
    case SF_FINE:
    case SF_OTHER: break;
    }
    return sf_fail(err, SOFAR_ERR_STORE, "%s: %s (%s) while %s", path, why, store->code, doing);
}
