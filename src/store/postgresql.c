/* PostgreSQL: many writers at once, each page a transaction of its own.
 *
 * A page's transaction locks the capture's row, else its unique key decides who was first: who
 * comes second waits, and then judges again. Pages of a batch need not share a transaction: it
 * would hold its locks long, and two batches could wait for each other. They are committed without
 * waiting for the disk; the end of the batch waits once for all of them. */
#include "store/postgresql.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* folded: the words of title and text, a full stop between them. position() finds a phrase in it;
 * the index finds the pages that have its words. A page with more words than an index takes has no
 * `words` and is always looked at. */
#define HOLDS(query, phrase)                                                                       \
    "(w.words @@ CAST(" query " AS tsquery) OR w.words IS NULL) AND position(' ' || " phrase       \
    " || ' ' IN ' ' || w.folded || ' ') > 0"

#define KEYED "string_to_array(keys, ' ') && string_to_array(CAST($1 AS text), ' ')"

static const char *const own[SF_SQL_COUNT] = {
    [SF_SQL_FIND_CAPTURE] =
        ("SELECT id, published, published_from, file, captured, updated FROM captures "
         "WHERE identity = $1 FOR UPDATE"),
    [SF_SQL_LOCK_CAPTURE] =
        ("SELECT c.identity, coalesce(k.guessed, 0) FROM captures AS c "
         "LEFT JOIN circumstances AS k ON k.capture_id = c.id WHERE c.id = $1 FOR UPDATE OF c"),
    [SF_SQL_LOCK_DECISIONS] = "LOCK TABLE decisions IN SHARE ROW EXCLUSIVE MODE",
    [SF_SQL_SEARCH] = SF_SQL_SEARCH_IN(
        "SELECT w.capture_id FROM json_array_elements(CAST($1 AS json)) AS j "
        "JOIN captures_search AS w ON " HOLDS(
            "(j ->> 0)",
            "(j ->> 1)") " UNION "
                         "SELECT s.capture_id FROM json_array_elements_text(CAST($2 AS json)) AS n "
                         "(name) "
                         "JOIN subjects AS s ON lower(s.name) = lower(n.name COLLATE \"C\")",
        "$3"),
    [SF_SQL_WORDS] = SF_SQL_SEARCH_IN(
        "SELECT w.capture_id FROM captures_search AS w "
        "WHERE CAST($1 AS text) IS NOT NULL AND (w.words @@ CAST(CAST($1 AS json) ->> 'query' AS "
        "tsquery) OR w.words IS NULL) "
        "AND NOT EXISTS (SELECT 1 FROM json_array_elements_text(CAST($1 AS json) -> 'phrases') AS "
        "j (phrase) WHERE position(' ' || j.phrase || ' ' IN ' ' || w.folded || ' ') = 0)",
        "$2"),
    [SF_SQL_KEYED] = "SELECT id FROM captures WHERE " KEYED,
    [SF_SQL_KEYED_IN_ORDER] = SF_SQL_ORDERED_IN("SELECT id FROM captures WHERE " KEYED),
    [SF_SQL_NEAR] = SF_SQL_NEAR_IN("SELECT capture_id AS id FROM captures_search "
                                   "WHERE words @@ CAST(CAST($1 AS text) AS tsquery) "
                                   "ORDER BY capture_id"),
    [SF_SQL_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    [SF_SQL_BEGIN_WRITE] = "BEGIN",
    /* Writes something, so that the commit waits until all of this handle is on the disk. */
    [SF_SQL_FLUSH] = "SELECT pg_current_xact_id(), set_config('synchronous_commit', 'on', true)",
    [SF_SQL_INDEX] = ("INSERT INTO captures_search (capture_id, folded) VALUES ($1, $2) "
                      "ON CONFLICT (capture_id) DO UPDATE SET folded = excluded.folded"),
    [SF_SQL_SEEN] = "SELECT CAST(pg_current_snapshot() AS text)",
    [SF_SQL_INDEXED] =
        ("SELECT c.id, c.title, c.text, w.folded FROM captures AS c "
         "LEFT JOIN captures_search AS w ON w.capture_id = c.id WHERE c.id > $1 ORDER BY c.id "
         "LIMIT 50"),
};

/* ---- failures ---- */

static sf_trouble trouble_of(const char *state) {
    static const struct {
        const char *state; /* SQLSTATE, or its class */
        sf_trouble trouble;
    } troubles[] = {
        {"40001", SF_CONFLICT},    /* serialization_failure */
        {"40P01", SF_CONFLICT},    /* deadlock_detected */
        {"23505", SF_CONFLICT},    /* unique_violation: two readings again came to one capture */
        {"53100", SF_DISK_FULL},   /* disk_full */
        {"53200", SF_NO_MEMORY},   /* out_of_memory */
        {"53300", SF_CANNOT_OPEN}, /* too_many_connections */
        {"25006", SF_READONLY},    /* read_only_sql_transaction */
        {"42501", SF_READONLY},    /* insufficient_privilege */
        {"55P03", SF_BUSY},        /* lock_not_available */
        {"54", SF_TOO_LARGE},      /* program_limit_exceeded */
        {"57P", SF_LOST},          /* the server shuts down */
        {"08", SF_LOST},           /* connection_exception */
        {"58", SF_DISK_FAILED},    /* system_error */
        {"XX001", SF_DAMAGED},     /* data_corrupted */
        {"XX002", SF_DAMAGED},     /* index_corrupted */
    };
    for (size_t i = 0; i < SF_LEN(troubles); i++)
        if (sf_str_starts(sf_str_of(state), sf_str_of(troubles[i].state)))
            return troubles[i].trouble;
    return SF_OTHER;
}

/* The first line of what libpq or the server say. */
static void first_line(const char *says, char out[256]) {
    sf_str s = sf_str_of(says ? says : "");
    s = sf_str_trim(sf_str_sub(s, 0, sf_str_find(s, SF_STR("\n"), 0)));
    snprintf(out, 256, "%.*s", SF_ARG(s));
}

void sf_pg_note(sf_store *store, const PGresult *result) {
    char why[256];
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (state) {
        first_line(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY), why);
        sf_store_note(store, trouble_of(state), state, why);
    } else {
        first_line(PQerrorMessage(sf_pg_of(store)->conn), why);
        sf_store_note(store, SF_LOST, "libpq", why);
    }
}

/* ---- the pipeline ---- */

static void take(sf_store *store, sf_sent sent, PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    bool well = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!well && status != PGRES_PIPELINE_ABORTED) /* aborted: what came before has failed */
        sf_pg_note(store, result);
    if (!well && sent.what == SF_PREPARED)
        sent.statement->prepared = false;
    if (status == PGRES_TUPLES_OK && sent.what == SF_ASKED) {
        sent.statement->rows = result;
        sent.statement->row = -1;
    } else {
        PQclear(result);
    }
}

void sf_pg_drain(sf_store *store) {
    sf_pg *pg = sf_pg_of(store);
    size_t count = pg->sent_count;
    if (!count)
        return;
    pg->sent_count = 0;
    if (!PQpipelineSync(pg->conn)) {
        sf_pg_note(store, NULL);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        PGresult *result = PQgetResult(pg->conn);
        if (!result) {
            sf_pg_note(store, NULL);
            return;
        }
        take(store, pg->sent[i], result);
        PQclear(PQgetResult(pg->conn)); /* NULL: the end of this answer */
    }
    PQclear(PQgetResult(pg->conn)); /* the synchronization point */
}

static void await(sf_store *store, sf_stmt *s, int what, int ok) {
    sf_pg *pg = sf_pg_of(store);
    if (!ok)
        sf_pg_note(store, NULL);
    else
        pg->sent[pg->sent_count++] = (sf_sent){s, what};
}

static void submit(sf_store *store, sf_stmt *s, int what) {
    sf_pg *pg = sf_pg_of(store);
    char name[16];
    int formats[SF_PG_PARAMETERS];
    if (pg->sent_count + 2 > SF_PG_AHEAD)
        sf_pg_drain(store);
    if (store->trouble)
        return;
    snprintf(name, sizeof name, "s%d", (int)s->which);
    if (!s->prepared) {
        s->prepared = true;
        await(store, s, SF_PREPARED,
              PQsendPrepare(pg->conn, name, sf_store_words(store, s->which), 0, NULL));
    }
    for (int i = 0; i < s->count; i++)
        formats[i] = 1;
    if (!store->trouble)
        await(store, s, what,
              PQsendQueryPrepared(pg->conn, name, s->count, s->values, s->lengths, formats, 1));
}

/* ---- statements ---- */

static sf_stmt *statement(sf_store *store, sf_sql which) {
    sf_stmt *s = &sf_pg_of(store)->statements[which];
    if (s->asked && !s->rows)
        sf_pg_drain(store);
    PQclear(s->rows);
    s->rows = NULL;
    s->which = which;
    s->asked = false;
    s->count = 0;
    return s;
}

static void bind(sf_stmt *s, int at, const char *value, size_t len) {
    s->values[at - 1] = value;
    s->lengths[at - 1] = (int)len;
    if (at > s->count)
        s->count = at;
}

static void bind_null(sf_store *store, sf_stmt *s, int at) {
    (void)store;
    bind(s, at, NULL, 0);
}

/* As bigint goes over the wire. */
static void bind_int(sf_store *store, sf_stmt *s, int at, int64_t value) {
    (void)store;
    char *p = s->numbers[at - 1];
    for (int i = 0; i < 8; i++)
        p[i] = (char)((uint64_t)value >> (56 - 8 * i));
    bind(s, at, p, 8);
}

static void bind_bytes(sf_store *store, sf_stmt *s, int at, sf_str value, bool text) {
    (void)text;
    if (value.len > INT32_MAX / 2)
        sf_store_note(store, SF_TOO_LARGE, "", "");
    else
        bind(s, at, value.ptr, value.len);
}

static void run(sf_store *store, sf_stmt *s) { submit(store, s, SF_RUN); }

static void ask(sf_store *store, sf_stmt *s) {
    s->asked = true;
    submit(store, s, SF_ASKED);
}

static bool row(sf_store *store, sf_stmt *s) {
    if (!s->asked)
        ask(store, s);
    if (!s->rows)
        sf_pg_drain(store);
    if (store->trouble || !s->rows)
        return false;
    if (++s->row < PQntuples(s->rows))
        return true;
    PQclear(s->rows);
    s->rows = NULL;
    s->asked = false;
    return false;
}

static void finish(sf_store *store, sf_stmt *s) {
    (void)store;
    PQclear(s->rows);
    s->rows = NULL;
    s->asked = false;
}

static bool is_null(sf_stmt *s, int at) { return PQgetisnull(s->rows, s->row, at); }

static int64_t number(sf_stmt *s, int at) {
    const unsigned char *p = (const unsigned char *)PQgetvalue(s->rows, s->row, at);
    int len = PQgetlength(s->rows, s->row, at);
    uint64_t value = len && p[0] & 0x80 ? UINT64_MAX : 0; /* integers of any width */
    for (int i = 0; i < len && i < 8; i++)
        value = value << 8 | p[i];
    return (int64_t)value;
}

static sf_str bytes(sf_stmt *s, int at) {
    return (sf_str){PQgetvalue(s->rows, s->row, at), (size_t)PQgetlength(s->rows, s->row, at)};
}

/* ---- transactions ---- */

/* Said even when the call has failed. */
static void roll_back(sf_store *store) {
    sf_trouble kept = store->trouble;
    sf_pg_drain(store);
    store->trouble = SF_FINE;
    if (PQtransactionStatus(sf_pg_of(store)->conn) != PQTRANS_IDLE) {
        sf_store_do(store, SF_SQL_ROLLBACK);
        sf_pg_drain(store);
    }
    if (kept)
        store->trouble = kept;
}

static void settle(sf_store *store) {
    sf_pg *pg = sf_pg_of(store);
    sf_trouble kept = store->trouble;
    roll_back(store);
    store->trouble = kept; /* a lost connection tells at the next statement */
    for (size_t i = 0; i < SF_SQL_COUNT; i++)
        finish(store, &pg->statements[i]);
}

static void begin_page(sf_store *store) { sf_store_do(store, SF_SQL_BEGIN_WRITE); }

static void commit_page(sf_store *store) {
    sf_store_do(store, SF_SQL_COMMIT);
    sf_pg_drain(store);
}

static void begin_batch(sf_store *store) { (void)store; }

static void end_batch(sf_store *store) {
    begin_page(store);
    sf_stmt *s = sf_store_sql(store, SF_SQL_FLUSH);
    while (sf_store_row(store, s))
        ;
    if (!store->trouble)
        commit_page(store);
}

static bool batch_lost(sf_store *store) { return (void)store, false; }

/* ---- search ---- */

static void index_capture(sf_store *store, int64_t capture, const sofar_clipping *c) {
    sf_stmt *s = sf_store_sql(store, SF_SQL_INDEX);
    if (!s)
        return;
    sf_str folded = sf_pg_fold_page(sf_pg_of(store), c->title, c->text);
    if (!folded.ptr)
        sf_store_note(store, SF_NO_MEMORY, "", "");
    sf_bind_int(store, s, 1, capture);
    sf_bind_str(store, s, 2, folded);
    sf_store_run(store, s);
}

/* The words of a phrase as a tsquery: 'one' & 'another', with what stands behind the last. They
 * hold letters and digits only, but for U+0027 and U+005C no locale may say otherwise. */
static void query(sf_buf *buf, sf_str phrase, const char *behind) {
    while (phrase.len) {
        sf_str word = sf_str_take_word(&phrase);
        sf_buf_char(buf, '\'');
        for (size_t i = 0; i < word.len; i++) {
            if (word.ptr[i] == '\'' || word.ptr[i] == '\\')
                sf_buf_char(buf, word.ptr[i]);
            sf_buf_char(buf, word.ptr[i]);
        }
        sf_buf_add(buf, phrase.len ? SF_STR("' & ") : SF_STR("'"));
    }
    sf_buf_add(buf, sf_str_of(behind));
}

static void bind_keys(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *keys,
                      size_t count) {
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (i)
            sf_buf_char(&buf, ' ');
        sf_buf_add(&buf, keys[i]);
    }
    sf_bind_str(store, s, 1, sf_buf_str(&buf));
}

/* $1: [["'ana' & 'ruiz'", "ana ruiz"], ...] */
static void bind_search(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *names,
                        size_t count) {
    sf_buf buf = sf_buf_new(arena);
    sf_json j = sf_json_new(&buf);
    sf_json_array(&j);
    for (size_t i = 0; i < count && s; i++) {
        sf_str phrase = sf_pg_fold(sf_pg_of(store), names[i]);
        if (!phrase.ptr)
            sf_store_note(store, SF_NO_MEMORY, "", "");
        if (!phrase.len)
            continue;
        sf_buf words = sf_buf_new(arena);
        query(&words, phrase, "");
        sf_json_array(&j);
        sf_json_str(&j, sf_buf_str(&words));
        sf_json_str(&j, phrase);
        sf_json_array_end(&j);
    }
    sf_json_array_end(&j);
    sf_bind_str(store, s, 1, sf_buf_str(&buf));
    sf_bind_str(store, s, 2, sf_store_name_list(arena, names, count));
}

/* $1: {"phrases": ["ana", "low tide"], "query": "'ana' & 'low' & 'tide'"} */
static void bind_words(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *all,
                       size_t count) {
    sf_buf words = sf_buf_new(arena), buf = sf_buf_new(arena);
    sf_json j = sf_json_new(&buf);
    bool missing = !count; /* only marks: no page has them as words, as FTS5 says too */
    sf_json_object(&j);
    sf_json_key(&j, "phrases");
    sf_json_array(&j);
    for (size_t i = 0; i < count && s; i++) {
        sf_str phrase = sf_pg_fold(sf_pg_of(store), all[i]);
        if (!phrase.ptr)
            sf_store_note(store, SF_NO_MEMORY, "", "");
        missing |= !phrase.len;
        if (words.len)
            sf_buf_add(&words, SF_STR(" & "));
        query(&words, phrase, "");
        sf_json_str(&j, phrase);
    }
    sf_json_array_end(&j);
    sf_json_key_str(&j, "query", sf_buf_str(&words));
    sf_json_object_end(&j);
    sf_bind_str(store, s, 1, missing ? SF_ABSENT : sf_buf_str(&buf));
}

/* $1: ('ana':*) | ('rui':*) */
static void bind_near(sf_store *store, sf_arena *arena, sf_stmt *s, const sf_str *beginnings,
                      size_t count) {
    sf_buf buf = sf_buf_new(arena);
    for (size_t i = 0; i < count && s; i++) {
        sf_str phrase = sf_pg_fold(sf_pg_of(store), beginnings[i]);
        if (!phrase.ptr)
            sf_store_note(store, SF_NO_MEMORY, "", "");
        if (!phrase.len)
            continue;
        sf_buf_add(&buf, buf.len ? SF_STR(" | (") : SF_STR("("));
        query(&buf, phrase, ":*)");
    }
    sf_bind_str(store, s, 1, sf_buf_str(&buf));
}

/* ---- the doctor ---- */

/* The server sees to references itself; the words of each page are ours. */
static void examine(sf_store *store, sf_doctor *d) {
    sf_pg *pg = sf_pg_of(store);
    int64_t last = INT64_MIN, before;
    do {
        before = last;
        sf_stmt *s = sf_store_sql(store, SF_SQL_INDEXED);
        sf_bind_int(store, s, 1, last);
        while (sf_store_row(store, s)) {
            last = sf_column_int(store, s, 0);
            sf_str folded =
                sf_pg_fold_page(pg, sf_column_str(store, s, 1), sf_column_str(store, s, 2));
            if (!folded.ptr)
                sf_store_note(store, SF_NO_MEMORY, "", "");
            else if (!sf_str_equal(folded, sf_column_str(store, s, 3)))
                sf_store_finding(d, "search index: does not match the text of capture %lld",
                                 (long long)last);
        }
    } while (last != before && !store->trouble);
    sf_store_failure(store, d, "search index");
}

static void close_store(sf_store *store) {
    sf_pg *pg = sf_pg_of(store);
    for (size_t i = 0; i < SF_SQL_COUNT; i++)
        PQclear(pg->statements[i].rows);
    PQfinish(pg->conn); /* the server rolls back what was not committed */
    sf_pg_words_close(pg);
    free(pg);
}

static const sf_engine engine = {
    .sql = own,
    .handle_size = sizeof(sf_pg),
    .name_of = sf_pg_name_of,
    .open = sf_pg_open,
    .close = close_store,
    .settle = settle,
    .statement = statement,
    .bind_null = bind_null,
    .bind_int = bind_int,
    .bind_bytes = bind_bytes,
    .run = run,
    .ask = ask,
    .row = row,
    .finish = finish,
    .is_null = is_null,
    .number = number,
    .bytes = bytes,
    .begin_batch = begin_batch,
    .end_batch = end_batch,
    .batch_lost = batch_lost,
    .begin_page = begin_page,
    .commit_page = commit_page,
    .undo_page = roll_back,
    .index = index_capture,
    .bind_search = bind_search,
    .bind_words = bind_words,
    .bind_keys = bind_keys,
    .bind_near = bind_near,
    .examine = examine,
};

const sf_engine *const sf_engine_postgresql = &engine;
