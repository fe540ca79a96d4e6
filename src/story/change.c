/* A correction, a change at a time, as reviewers write it. */
#include "story/desk.h"

static sf_decided_role *role_of(sf_arena *arena, sf_decided_fact *f, sf_str name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, name))
            return &f->roles[i];
    sf_decided_role *more = SF_ARRAY(arena, sf_decided_role, f->role_count + 1);
    for (size_t i = 0; i < f->role_count; i++)
        more[i] = f->roles[i];
    f->roles = more;
    more[f->role_count] = (sf_decided_role){.name = sf_str_copy(arena, name)};
    return &more[f->role_count++];
}

static void drop(sf_decided_fact *f, const sf_decided_role *role) {
    size_t at = (size_t)(role - f->roles);
    memmove(&f->roles[at], &f->roles[at + 1], (--f->role_count - at) * sizeof *role);
}

static sofar_status set_status(sf_decided_fact *f, sf_str word, sofar_error *err) {
    for (int i = 0; i <= SOFAR_DENIED; i++)
        if (sf_str_equal(word, sf_str_of(sf_claim_word((sofar_claim)i)))) {
            f->status = (sofar_claim)i;
            return SOFAR_OK;
        }
    return sf_fail(err, SOFAR_ERR_USAGE, "status is stated, planned, rumoured or denied");
}

static sofar_status set_day(sf_decided_fact *f, sf_str day, sofar_error *err) {
    sf_interval days;
    if (day.len && !sf_interval_parse(day, &days))
        return sf_fail(err, SOFAR_ERR_USAGE, "'%.*s' is no day; write 2021, 2021-10 or 2021-10-15",
                       SF_ARG(day));
    f->when = day.len ? day : SF_ABSENT;
    return SOFAR_OK;
}

/* A role's name: letters, as in beats. */
static bool is_role(sf_str name) {
    for (size_t i = 0; i < name.len; i++)
        if (!sf_is_alpha(name.ptr[i]) && name.ptr[i] != '_')
            return false;
    return name.len > 0;
}

static sofar_status set_kind(sf_decided_fact *f, sf_str word, sofar_error *err) {
    if (!is_role(word))
        return sf_fail(err, SOFAR_ERR_USAGE, "'%.*s' is no type of fact, such as plays or cast",
                       SF_ARG(word));
    f->type = word;
    return SOFAR_OK;
}

static sofar_status read_type(sf_str word, sofar_subject_type *out, sofar_error *err) {
    for (int i = 0; i <= SOFAR_OTHER; i++)
        if (sf_str_equal(word, sf_str_of(sf_subject_word((sofar_subject_type)i)))) {
            *out = (sofar_subject_type)i;
            return SOFAR_OK;
        }
    return sf_fail(err, SOFAR_ERR_USAGE, "'%.*s' is no type of subject, such as person or work",
                   SF_ARG(word));
}

static sofar_status set_role(sf_arena *arena, sf_decided_fact *f, sf_str name, sf_str type,
                             sf_str value, sofar_error *err) {
    sofar_subject_type typed = SOFAR_OTHER;
    if (value.len && type.ptr && read_type(type, &typed, err))
        return SOFAR_ERR_USAGE;
    sf_decided_role *role = role_of(arena, f, name);
    role->value = value;
    if (!value.len) {
        drop(f, role);
    } else if (type.ptr) {
        role->subject = true;
        role->type = typed;
    }
    return SOFAR_OK;
}

sofar_status sf_decided_change(sf_arena *arena, sf_decided_fact *f, sf_str change,
                               sofar_error *err) {
    size_t equal = sf_str_find(change, SF_STR("="), 0);
    sf_str name = sf_str_trim(sf_str_sub(change, 0, equal == SIZE_MAX ? change.len : equal));
    size_t colon = sf_str_find(name, SF_STR(":"), 0);
    sf_str type = colon == SIZE_MAX ? SF_ABSENT : sf_str_sub(name, colon + 1, name.len);
    name = sf_str_sub(name, 0, colon == SIZE_MAX ? name.len : colon);
    if (equal == SIZE_MAX || !is_role(name))
        return sf_fail(err, SOFAR_ERR_USAGE,
                       "'%.*s' is no change; write ROLE=VALUE, or ROLE:TYPE=NAME for a new subject",
                       SF_ARG(change));
    sf_str value = sf_str_fold_space(arena, sf_str_sub(change, equal + 1, change.len));
    if (sf_str_equal(name, SF_STR("status")))
        return set_status(f, value, err);
    if (sf_str_equal(name, SF_STR("when")))
        return set_day(f, value, err);
    if (sf_str_equal(name, SF_STR("type")))
        return set_kind(f, value, err);
    return set_role(arena, f, name, type, value, err);
}
