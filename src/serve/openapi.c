/* The description of the JSON interface and of the pages, out of the tables that answer. */
#include "serve/api.h"

static void key_word(sf_json *j, const char *key, const char *value) {
    sf_json_key_str(j, key, sf_str_of(value));
}

static void schema(sf_json *j, sf_takes takes, size_t most) {
    sf_json_key(j, "schema");
    sf_json_object(j);
    key_word(j, "type", takes == SF_TAKES_NUMBER ? "integer" : "string");
    if (takes == SF_TAKES_DAY)
        key_word(j, "pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$");
    if (takes == SF_TAKES_TEXT) {
        sf_json_key(j, "maxLength");
        sf_json_int(j, SF_LONGEST_NAME);
    }
    if (most) {
        sf_json_key(j, "minimum");
        sf_json_int(j, 1);
        sf_json_key(j, "maximum");
        sf_json_int(j, (int64_t)most);
    }
    sf_json_object_end(j);
}

static void parameter(sf_json *j, const char *name, const char *in, const char *help, bool needed,
                      sf_takes takes, size_t most) {
    sf_json_object(j);
    key_word(j, "name", name);
    key_word(j, "in", in);
    key_word(j, "description", help);
    sf_json_key(j, "required");
    sf_json_bool(j, needed);
    schema(j, takes, most);
    sf_json_object_end(j);
}

static void parameters(sf_json *j, unsigned takes, unsigned needs) {
    for (sf_parameter p = 0; p < SF_PARAMETERS; p++)
        if (takes >> p & 1)
            parameter(j, sf_parameters[p].name, "query", sf_parameters[p].help, needs >> p & 1,
                      sf_parameters[p].takes, sf_parameters[p].most);
}

static void response(sf_json *j, const char *code, const char *says, const char *type) {
    sf_json_key(j, code);
    sf_json_object(j);
    key_word(j, "description", says);
    if (type) {
        sf_json_key(j, "content");
        sf_json_object(j);
        sf_json_key(j, type);
        sf_json_object(j);
        sf_json_object_end(j);
        sf_json_object_end(j);
    }
    sf_json_object_end(j);
}

static void responses(sf_json *j, const char *type) {
    sf_json_key(j, "responses");
    sf_json_object(j);
    response(j, "200", "what is known", type);
    response(j, "304", "it is what If-None-Match names", NULL);
    response(j, "400", "the question makes no sense; the body says why", "text/plain");
    response(j, "404", "no page tells of it", "text/plain");
    response(j, "503", "the store cannot be read now", "text/plain");
    sf_json_object_end(j);
}

static void endpoint(sf_json *j, sf_arena *arena, const sf_endpoint *e) {
    sf_json_key(j, sf_str_format(arena, "/api/%s", e->name).ptr);
    sf_json_object(j);
    sf_json_key(j, "get");
    sf_json_object(j);
    key_word(j, "operationId", e->name);
    key_word(j, "summary", e->summary);
    sf_json_key(j, "parameters");
    sf_json_array(j);
    parameters(j, e->takes, e->needs);
    sf_json_array_end(j);
    responses(j, "application/json");
    sf_json_object_end(j);
    sf_json_object_end(j);
}

static void stem(sf_json *j) {
    parameter(j, "stem", "path", "as index.json has it", true, SF_TAKES_TEXT, 0);
}

static void place(sf_json *j, sf_arena *arena, const sf_place *p) {
    sf_json_key(j, sf_str_format(arena, "%s%s", p->subject ? "/{stem}" : "", p->path).ptr);
    sf_json_object(j);
    sf_json_key(j, "get");
    sf_json_object(j);
    key_word(j, "summary", p->summary);
    sf_json_key(j, "parameters");
    sf_json_array(j);
    if (p->subject)
        stem(j);
    parameters(j, p->takes, p->needs);
    sf_json_array_end(j);
    responses(j, p->type);
    sf_json_object_end(j);
    sf_json_object_end(j);
}

/* ---- deciding ---- */

static void member(sf_json *j, const char *name, const char *help) {
    sf_json_key(j, name);
    sf_json_object(j);
    key_word(j, "type", "string");
    key_word(j, "description", help);
    sf_json_object_end(j);
}

static void decision_schema(sf_json *j) {
    key_word(j, "type", "object");
    sf_json_key(j, "required");
    sf_json_array(j);
    sf_json_str(j, SF_STR("verdict"));
    sf_json_array_end(j);
    sf_json_key(j, "properties");
    sf_json_object(j);
    member(j, "verdict", "accept, reject, correct or undo");
    member(j, "subject", "whose fact it is; as the next two of all but undo");
    member(j, "fact", "its id, as /api/review has it");
    member(j, "seen", "likewise: how the fact stood when the decision was made");
    sf_json_key(j, "should");
    sf_json_object(j);
    key_word(j, "type", "array");
    key_word(j, "description",
             "of correct: changes, as sofar review takes them: as=Mira, when=2021-08");
    sf_json_key(j, "items");
    sf_json_object(j);
    key_word(j, "type", "string");
    sf_json_object_end(j);
    sf_json_object_end(j);
    member(j, "decision", "of undo: the id of the decision");
    member(j, "who", "whose decision it is");
    member(j, "why", "the reason");
    sf_json_object_end(j);
}

static void decide(sf_json *j) {
    sf_json_key(j, "/api/decide");
    sf_json_object(j);
    sf_json_key(j, "post");
    sf_json_object(j);
    key_word(j, "operationId", "decide");
    key_word(j, "summary",
             "Decides on a fact, or takes a decision back. Origin must be the server's address");
    sf_json_key(j, "parameters");
    sf_json_array(j);
    parameter(j, "X-Sofar-Token", "header", "as the server printed it when it started", true,
              SF_TAKES_TEXT, 0);
    sf_json_array_end(j);
    sf_json_key(j, "requestBody");
    sf_json_object(j);
    sf_json_key(j, "required");
    sf_json_bool(j, true);
    sf_json_key(j, "content");
    sf_json_object(j);
    sf_json_key(j, "application/json");
    sf_json_object(j);
    sf_json_key(j, "schema");
    sf_json_object(j);
    decision_schema(j);
    sf_json_object_end(j);
    sf_json_object_end(j);
    sf_json_object_end(j);
    sf_json_object_end(j);
    sf_json_key(j, "responses");
    sf_json_object(j);
    response(j, "200", "the decision, as it stands in the log", "application/json");
    response(j, "400", "it is no decision; the body says why", "text/plain");
    response(j, "403", "token or Origin is not right", "text/plain");
    response(j, "404", "no such subject or decision", "text/plain");
    response(j, "409", "the fact is not what was seen any more; nothing was written", "text/plain");
    response(j, "413", "longer than 64 KB", "text/plain");
    response(j, "415", "no application/json", "text/plain");
    response(j, "503", "the store cannot be written now", "text/plain");
    sf_json_object_end(j);
    sf_json_object_end(j);
    sf_json_object_end(j);
}

/* ---- all ---- */

static void page(sf_json *j, sf_arena *arena, const sf_twin *twin, bool index) {
    sf_json_key(j, sf_str_format(arena, "/%s%s", index ? "index" : "{stem}", twin->suffix).ptr);
    sf_json_object(j);
    sf_json_key(j, "get");
    sf_json_object(j);
    sf_json_key_str(j, "summary",
                    sf_str_format(arena, "%s as %s", index ? "The list of subjects" : "A subject",
                                  twin->title));
    sf_json_key(j, "parameters");
    sf_json_array(j);
    if (!index)
        stem(j);
    parameters(j, 1u << SF_AS_OF, 0);
    sf_json_array_end(j);
    responses(j, twin->type);
    sf_json_object_end(j);
    sf_json_object_end(j);
}

void sf_api_describe(sf_buf *out, bool desk) {
    sf_json json = sf_json_new(out), *j = &json;
    sf_json_object(j);
    key_word(j, "openapi", "3.0.3");
    sf_json_key(j, "info");
    sf_json_object(j);
    key_word(j, "title", "Everything we know so far");
    key_word(j, "version", SOFAR_VERSION);
    key_word(j, "description",
             "What pages say, with the words that say it. The objects are those "
             "of doc/formats.md.");
    sf_json_object_end(j);
    sf_json_key(j, "paths");
    sf_json_object(j);
    for (size_t i = 0; i < sf_endpoint_count; i++)
        if (desk || !sf_endpoints[i].desk)
            endpoint(j, out->arena, &sf_endpoints[i]);
    if (desk)
        decide(j);
    for (size_t i = 0; i < sf_place_count; i++)
        if (desk || !sf_places[i].desk)
            place(j, out->arena, &sf_places[i]);
    for (size_t i = 0; i < sf_twin_count; i++)
        page(j, out->arena, &sf_twins[i], false);
    for (size_t i = 0; i < sf_twin_count; i++)
        if (sf_twins[i].index)
            page(j, out->arena, &sf_twins[i], true);
    sf_json_object_end(j);
    sf_json_object_end(j);
}
