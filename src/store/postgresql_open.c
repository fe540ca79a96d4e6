/* Connecting to a server: is the database a store, of this version? A new or older one is brought
 * up to date in one transaction, under a lock that lets one process do it. */
#include "store/postgresql.h"

#include <stdio.h>
#include <stdlib.h>

enum { OLDEST_SERVER = 130000 };
#define PATIENCE "10" /* seconds for a server to answer, unless the URL says otherwise */
#define MIGRATION_LOCK "1936680562" /* "sofr" */

/* ---- the name ---- */

static const char *option_of(const PQconninfoOption *options, const char *name) {
    for (; options->keyword; options++)
        if (strcmp(options->keyword, name) == 0)
            return options->val ? options->val : "";
    return "";
}

char *sf_pg_name_of(const char *url) {
    PQconninfoOption *o = PQconninfoParse(url, NULL);
    if (!o)
        return strdup("postgresql://...");
    const char *user = option_of(o, "user"), *host = option_of(o, "host");
    const char *port = option_of(o, "port"), *database = option_of(o, "dbname");
    size_t room = strlen(user) + strlen(host) + strlen(port) + strlen(database) + 32;
    char *name = malloc(room);
    if (name)
        snprintf(name, room,
                 strchr(host, ':') ? "postgresql://%s%s[%s]%s%s/%s" : "postgresql://%s%s%s%s%s/%s",
                 user, *user ? "@" : "", host, *port ? ":" : "", port, database);
    PQconninfoFree(o);
    return name;
}

/* ---- connecting ---- */

static const char *advice(const char *says) {
    if (strstr(says, "password"))
        return "check user and password; $PGPASSWORD or ~/.pgpass keep it out of the URL";
    if (strstr(says, "does not exist"))
        return "`createdb` makes a database, `createuser` a user";
    return "is the server running, and is the URL right?";
}

/* libpq's words in one line, without what is said already. */
static void tidy(const char *says, char *out, size_t room) {
    const char *fatal = strstr(says, "FATAL:  ");
    says = fatal ? fatal + strlen("FATAL:  ") : says;
    snprintf(out, room, "%.*s", (int)strcspn(says, "\n"), says);
}

static sofar_status connect(sf_store *store, sofar_error *err) {
    static const char *const keys[] = {"connect_timeout", "fallback_application_name", "dbname",
                                       "client_encoding", NULL};
    const char *const values[] = {PATIENCE, "sofar", store->where, "UTF8", NULL};
    sf_pg *pg = sf_pg_of(store);
    PQconninfoOption *understood = PQconninfoParse(store->where, NULL);
    if (!understood) /* libpq would tell why, and with it the password */
        return sf_fail(err, SOFAR_ERR_USAGE,
                       "%s: the store's URL cannot be understood; write it as "
                       "postgresql://user@host:port/database",
                       store->path);
    PQconninfoFree(understood);
    pg->conn = PQconnectdbParams(keys, values, 1);
    if (!pg->conn || !sf_pg_words_open(pg))
        return sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory while opening the store",
                       store->path);
    if (PQstatus(pg->conn) != CONNECTION_OK) {
        char why[256];
        tidy(PQerrorMessage(pg->conn), why, sizeof why);
        return sf_fail(err, SOFAR_ERR_STORE, "%s: cannot be opened: %s; %s", store->path, why,
                       advice(why));
    }
    return SOFAR_OK;
}

static void silent(void *ctx, const PGresult *result) { (void)ctx, (void)result; }

/* The first value that the SQL gives, as a number; 0 if there is none. */
static int number_of(sf_store *store, const char *sql) {
    int value = 0;
    if (store->trouble)
        return 0;
    PGresult *result = PQexec(sf_pg_of(store)->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK && PQntuples(result) > 0)
        value = atoi(PQgetvalue(result, 0, 0));
    else if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        sf_pg_note(store, result);
    PQclear(result);
    return value;
}

static sofar_status check_server(sf_store *store, sofar_error *err) {
    PGconn *conn = sf_pg_of(store)->conn;
    const char *encoding = PQparameterStatus(conn, "server_encoding");
    const char *version = PQparameterStatus(conn, "server_version");
    snprintf(store->about, sizeof store->about, "PostgreSQL %.*s",
             version ? (int)strcspn(version, " ") : 0, version ? version : "");
    if (PQserverVersion(conn) < OLDEST_SERVER)
        return sf_fail(err, SOFAR_ERR_STORE, "%s: %s is too old; sofar wants 13 or newer",
                       store->path, store->about);
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: the database has the encoding %s; make one with `createdb -E UTF8`",
                       store->path, encoding ? encoding : "of nobody knows what");
    return SOFAR_OK;
}

/* ---- what is there ---- */

/* *version is 0 where there is no store yet. */
static sofar_status identify(sf_store *store, int *version, sofar_error *err) {
    int ours = number_of(store, "SELECT count(to_regclass('sofar_store'))");
    int others = number_of(store, "SELECT count(to_regclass('captures'))");
    *version = ours ? number_of(store, "SELECT max(version) FROM sofar_store") : 0;
    if (store->trouble)
        return sf_store_fail(store, err, "opening the store");
    if (!ours && others)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: has tables of another program by the names of a store's; use another "
                       "database",
                       store->path);
    if (ours && *version < 1)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: its table sofar_store tells no version; restore a copy, or add the "
                       "pages to a new database",
                       store->path);
    if (*version > sf_store_version)
        return sf_fail(err, SOFAR_ERR_VERSION,
                       "%s: was written by a newer sofar (store version %d, this sofar %s reads up "
                       "to %d); use that one",
                       store->path, *version, sofar_version(), sf_store_version);
    return SOFAR_OK;
}

/* The lock is the session's, taken before the transaction: only at its beginning a session learns
 * of tables that others made. Should this fail, the lock goes with the connection. */
static sofar_status upgrade(sf_store *store, sofar_error *err) {
    int version = 0;
    char sql[64];
    number_of(store, "SELECT pg_advisory_lock(" MIGRATION_LOCK ")");
    number_of(store, "BEGIN");
    if (store->trouble)
        return sf_store_fail(store, err, "making the store");
    sofar_status status = identify(store, &version, err); /* another process may have been faster */
    if (status)
        return status;
    for (int i = version; i < sf_store_version; i++)
        number_of(store, sf_migrations_postgresql[i]);
    snprintf(sql, sizeof sql, "UPDATE sofar_store SET version = %d", sf_store_version);
    number_of(store, sql);
    number_of(store, "COMMIT");
    number_of(store, "SELECT pg_advisory_unlock(" MIGRATION_LOCK ")");
    return store->trouble ? sf_store_fail(store, err, "making the store") : SOFAR_OK;
}

static sofar_status prepare(sf_store *store, sf_store_mode mode, sofar_error *err) {
    int version = 0;
    sofar_status status = identify(store, &version, err);
    if (status)
        return status;
    if (mode == SF_STORE_WRITE) {
        if (version < sf_store_version)
            status = upgrade(store, err);
        /* sf_store_commit waits for the disk; a page of its own need not. */
        number_of(store, "SET synchronous_commit = off");
        return status;
    }
    if (version == 0)
        return sf_fail(err, SOFAR_ERR_STORE,
                       "%s: there is no store in this database; `sofar add` makes one",
                       store->path);
    if (version < sf_store_version)
        return sf_fail(err, SOFAR_ERR_VERSION,
                       "%s: is a store of version %d; `sofar doctor` brings it up to %d",
                       store->path, version, sf_store_version);
    number_of(store, "SET default_transaction_read_only = on");
    return SOFAR_OK;
}

sofar_status sf_pg_open(sf_store *store, sf_store_mode mode, sofar_error *err) {
    store->readonly = mode == SF_STORE_READ;
    store->version = sf_store_version;
    sofar_status status = connect(store, err);
    if (status)
        return status;
    PGconn *conn = sf_pg_of(store)->conn;
    PQsetNoticeReceiver(conn, silent, NULL);
    status = check_server(store, err);
    if (!status)
        status = prepare(store, mode, err);
    if (status)
        return status;
    if (!store->trouble && !PQenterPipelineMode(conn))
        sf_pg_note(store, NULL);
    return store->trouble ? sf_store_fail(store, err, "opening the store") : SOFAR_OK;
}
