/* robots.txt after RFC 9309: the groups that name our product token count together; if none does,
 * those of "*". Of all rules that match, the longest pattern decides, and Allow where two are as
 * long. "*" in a pattern stands for any bytes and a "$" at its end for the end of the target.
 * Unknown lines are passed over and do not end a group. */
#include "fetch/robots.h"

enum { LONGEST_PATTERN = 2048 };

typedef struct line {
    sf_str key, value;
} line;

/* The next "key: value", its comment off; lines without a colon are passed over. */
static bool next_line(sf_str *rest, line *out) {
    while (rest->len > 0) {
        size_t end = 0;
        while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r')
            end++;
        sf_str s = sf_str_sub(*rest, 0, end);
        *rest = sf_str_sub(*rest, end + 1, rest->len);
        s = sf_str_sub(s, 0, sf_str_find(s, SF_STR("#"), 0));
        size_t colon = sf_str_find(s, SF_STR(":"), 0);
        if (colon == SIZE_MAX)
            continue;
        out->key = sf_str_trim(sf_str_sub(s, 0, colon));
        out->value = sf_str_trim(sf_str_sub(s, colon + 1, s.len));
        return true;
    }
    return false;
}

static bool is_token(char c) { return sf_is_alpha(c) || c == '_' || c == '-'; }

/* Does "User-agent: value" name this product? What follows the token ("/1.0") does not matter. */
static bool names(sf_str value, sf_str agent) {
    size_t end = 0;
    while (end < value.len && is_token(value.ptr[end]))
        end++;
    return end > 0 && sf_str_equal_ci(sf_str_sub(value, 0, end), agent);
}

static bool is_rest(sf_str value) {
    return value.len > 0 && value.ptr[0] == '*' && (value.len == 1 || sf_is_space(value.ptr[1]));
}

/* ---- patterns ---- */

static bool unreserved(unsigned char c) {
    return sf_is_alpha((char)c) || sf_is_digit((char)c) || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

/* The spelling in which targets and patterns are compared: "%7e" and "~" are one, "\xC3" is "%C3".
 */
static sf_str normal(sf_arena *arena, sf_str s) {
    char *out = sf_alloc(arena, s.len * 3 + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool encoded = c == '%' && i + 2 < s.len && sf_hex_digit(s.ptr[i + 1]) >= 0 &&
                       sf_hex_digit(s.ptr[i + 2]) >= 0;
        if (encoded) {
            c = (unsigned char)(sf_hex_digit(s.ptr[i + 1]) << 4 | sf_hex_digit(s.ptr[i + 2]));
            i += 2;
        }
        if (encoded ? !unreserved(c) : c >= 0x7F || c <= 0x20) {
            out[len++] = '%';
            out[len++] = "0123456789ABCDEF"[c >> 4];
            out[len++] = "0123456789ABCDEF"[c & 15];
        } else {
            out[len++] = (char)c;
        }
    }
    return (sf_str){out, len};
}

/* Piece after piece between the stars, each at the first place where it fits; the last one at the
 * end where the pattern ends with "$". */
static bool matches(sf_str pattern, sf_str target) {
    bool anchored = pattern.len > 0 && pattern.ptr[pattern.len - 1] == '$';
    if (anchored)
        pattern.len--;
    size_t star = sf_str_find(pattern, SF_STR("*"), 0),
           at = star < pattern.len ? star : pattern.len;
    if (!sf_str_starts(target, sf_str_sub(pattern, 0, at)))
        return false;
    if (star == SIZE_MAX)
        return !anchored || target.len == pattern.len;
    while (star < pattern.len) {
        size_t next = sf_str_find(pattern, SF_STR("*"), star + 1);
        sf_str piece = sf_str_sub(pattern, star + 1, next);
        if (next == SIZE_MAX && anchored)
            return sf_str_ends(sf_str_sub(target, at, target.len), piece);
        size_t found = sf_str_find(target, piece, at);
        if (found == SIZE_MAX)
            return false;
        at = found + piece.len;
        star = next;
    }
    return true;
}

/* ---- groups ---- */

typedef struct verdict {
    size_t longest; /* pattern that matched */
    bool allow;
} verdict;

static void weigh(verdict *v, sf_arena *arena, const line *rule, sf_str target) {
    bool allow = sf_str_equal_ci(rule->key, SF_STR("allow"));
    if (rule->value.len == 0 || rule->value.len > LONGEST_PATTERN)
        return;
    sf_str pattern = normal(arena, rule->value);
    if (pattern.len < v->longest || !matches(pattern, target))
        return;
    v->allow = allow || (pattern.len == v->longest && v->allow);
    v->longest = pattern.len;
}

/* Goes through the file for the groups of agent, or of "*" where agent is absent. True if there are
 * any. */
static bool judge(sf_arena *arena, sf_str robots, sf_str agent, sf_str target, verdict *v) {
    bool in_group = false, in_agents = false, any = false;
    line l;
    while (next_line(&robots, &l)) {
        if (sf_str_equal_ci(l.key, SF_STR("user-agent"))) {
            bool us = agent.ptr ? names(l.value, agent) : is_rest(l.value);
            in_group = us || (in_agents && in_group);
            in_agents = true;
            any = any || us;
        } else if (sf_str_equal_ci(l.key, SF_STR("allow")) ||
                   sf_str_equal_ci(l.key, SF_STR("disallow"))) {
            in_agents = false;
            if (in_group)
                weigh(v, arena, &l, target);
        }
    }
    return any;
}

bool sf_robots_allow(sf_arena *arena, sf_str robots, sf_str agent, sf_str target) {
    robots = sf_str_sub(robots, 0, SF_ROBOTS_BYTES);
    if (sf_str_starts(robots, SF_STR("\xEF\xBB\xBF")))
        robots = sf_str_sub(robots, 3, robots.len);
    target = target.len ? normal(arena, target) : SF_STR("/");
    if (sf_str_equal(target, SF_STR("/robots.txt")))
        return true;
    verdict v = {0, true};
    if (!judge(arena, robots, agent, target, &v))
        judge(arena, robots, SF_ABSENT, target, &v);
    return v.allow;
}
