/* The JSON writer: compact, RFC 8259. */
#include "base/base.h"

sf_json sf_json_new(sf_buf *buf) { return (sf_json){.buf = buf}; }

static void before_value(sf_json *json) {
    if (json->comma)
        sf_buf_char(json->buf, ',');
    json->comma = true;
}

static void open(sf_json *json, char c) {
    before_value(json);
    sf_buf_char(json->buf, c);
    json->comma = false;
}

static void close(sf_json *json, char c) {
    sf_buf_char(json->buf, c);
    json->comma = true;
}

void sf_json_object(sf_json *json) { open(json, '{'); }
void sf_json_object_end(sf_json *json) { close(json, '}'); }
void sf_json_array(sf_json *json) { open(json, '['); }
void sf_json_array_end(sf_json *json) { close(json, ']'); }

static void string(sf_buf *buf, sf_str s) {
    sf_buf_char(buf, '"');
    size_t plain = 0; /* bytes from here to i go out as they are */
    size_t bytes;
    for (size_t i = 0; i < s.len; i += bytes) {
        unsigned char c = (unsigned char)s.ptr[i];
        bytes = 1;
        if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        if (c >= 0x80) {
            uint32_t code = sf_utf8_at(s, i, &bytes);
            bool broken = code == 0xFFFD && bytes == 1;
            /* U+2028 and U+2029 end a line in JavaScript, where JSON may be pasted. */
            if (!broken && code != 0x2028 && code != 0x2029)
                continue;
            sf_buf_add(buf, sf_str_sub(s, plain, i));
            if (broken)
                sf_buf_add(buf, SF_STR("\xEF\xBF\xBD"));
            else
                sf_buf_printf(buf, "\\u%04x", (unsigned)code);
        } else {
            sf_buf_add(buf, sf_str_sub(s, plain, i));
            const char *at = c == '\n'   ? "\\n"
                             : c == '\t' ? "\\t"
                             : c == '\r' ? "\\r"
                             : c == '"'  ? "\\\""
                             : c == '\\' ? "\\\\"
                                         : NULL;
            if (at)
                sf_buf_add(buf, (sf_str){at, 2});
            else
                sf_buf_printf(buf, "\\u%04x", c);
        }
        plain = i + bytes;
    }
    sf_buf_add(buf, sf_str_sub(s, plain, s.len));
    sf_buf_char(buf, '"');
}

void sf_json_key(sf_json *json, const char *key) {
    before_value(json);
    string(json->buf, sf_str_of(key));
    sf_buf_char(json->buf, ':');
    json->comma = false;
}

void sf_json_str(sf_json *json, sf_str value) {
    before_value(json);
    if (value.ptr)
        string(json->buf, value);
    else
        sf_buf_add(json->buf, SF_STR("null"));
}

void sf_json_key_str(sf_json *j, const char *key, sf_str value) {
    sf_json_key(j, key);
    sf_json_str(j, value);
}

void sf_json_int(sf_json *json, int64_t value) {
    before_value(json);
    sf_buf_printf(json->buf, "%lld", (long long)value);
}

void sf_json_bool(sf_json *json, bool value) {
    before_value(json);
    sf_buf_add(json->buf, value ? SF_STR("true") : SF_STR("false"));
}

void sf_json_null(sf_json *json) { sf_json_str(json, SF_ABSENT); }

void sf_json_span(sf_json *json, sf_span span) {
    before_value(json);
    sf_buf_printf(json->buf, "[%u,%u]", span.begin, span.end);
}
