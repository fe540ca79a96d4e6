/* The description of the JSON interface and of the pages, out of the tables that answer. */
#include "serve/api.h"

static void key_word(sf_json *j, const char *key, const char *value) {
    sf_json_key_str(j, key, sf_str_of(value));
}

static void schema(sf_json *j, sf_takes takes) {
    sf_json_key(j, "schema");
    sf_json_object(j);
    key_word(j, "type", takes == SF_TAKES_NUMBER ? "integer" : "string");
    if (takes == SF_TAKES_DAY)
        key_word(j, "pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$");
    if (takes == SF_TAKES_TEXT) {
        sf_json_key(j, "maxLength");
        sf_json_int(j, SF_LONGEST_NAME);
    }
    if (takes == SF_TAKES_NUMBER) {
        sf_json_key(j, "minimum");
        sf_json_int(j, 1);
        sf_json_key(j, "maximum");
        sf_json_int(j, SF_MOST_FOUND);
        sf_json_key(j, "default");
        sf_json_int(j, SF_USUALLY_FOUND);
    }
    sf_json_object_end(j);
}

static void parameter(sf_json *j, const char *name, const char *in, const char *help, bool needed,
                      sf_takes takes) {
    sf_json_object(j);
    key_word(j, "name", name);
    key_word(j, "in", in);
    key_word(j, "description", help);
    sf_json_key(j, "required");
    sf_json_bool(j, needed);
    schema(j, takes);
    sf_json_object_end(j);
}

static void parameters(sf_json *j, unsigned takes, unsigned needs) {
    for (sf_parameter p = 0; p < SF_PARAMETERS; p++)
        if (takes >> p & 1)
            parameter(j, sf_parameters[p].name, "query", sf_parameters[p].help, needs >> p & 1,
                      sf_parameters[p].takes);
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
        parameter(j, "stem", "path", "as index.json has it", true, SF_TAKES_TEXT);
    parameters(j, 1u << SF_AS_OF, 0);
    sf_json_array_end(j);
    responses(j, twin->type);
    sf_json_object_end(j);
    sf_json_object_end(j);
}

void sf_api_describe(sf_buf *out) {
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
        endpoint(j, out->arena, &sf_endpoints[i]);
    for (size_t i = 0; i < sf_twin_count; i++)
        page(j, out->arena, &sf_twins[i], false);
    for (size_t i = 0; i < sf_twin_count; i++)
        if (sf_twins[i].index)
            page(j, out->arena, &sf_twins[i], true);
    sf_json_object_end(j);
    sf_json_object_end(j);
}
