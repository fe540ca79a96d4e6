/* Strings that pages may hold and no output may fall for. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "base/base.h"

static const sf_str hostile[] = {
    {NULL, 0},
    {"", 0},
    {" \t\r\n ", 5},
#define H(literal)                                                                                 \
    { literal, sizeof(literal) - 1 }
    H("<script>alert(1)</script>"),
    H("</style></title></textarea><script>alert(1)</script>"),
    H("\"><img src=x onerror=alert(1)>"),
    H("' onmouseover='alert(1)"),
    H("` onmouseover=`alert(1)"),
    H("<!-- --!> ]]> <![CDATA[ <?xml ?>"),
    H("&lt;script&gt; &amp; &#x3c; &notanentity"),
    H("javascript:alert(1)"),
    H("https://a.example/\"><script>alert(1)</script>"),
    H("https://a.example/ javascript:x"),
    H("https://\x1b]0;x\x07.example/"),
    H("abc\xE2\x80\xAE"
      "fed\xE2\x80\xAC \xE2\x81\xA6iso\xE2\x81\xA9"),
    H("\x1b[2J\x1b]0;owned\x07\x1b[31mred\x9b"
      "31m \xC2\x9B"
      "31m \x7f\x08\x08"),
    H("nul\0inside \0"),
    H("\xFF\xFE broken \xC0\x80 \xED\xA0\x80 \xF4\x90\x80\x80 \xE2\x80"),
    H("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80 \xF0\x9F\x87\xB3\xF0\x9F\x87\xB4 "
      "e\xCC\x81\xCC\x81\xCC\x81"),
    H("\xEF\xB7\x90\xEF\xBF\xBF\xEF\xBB\xBF\xEF\xBF\xB9x\xEF\xBF\xBA\xF3\xA0\x80\x81"),
    H("\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 abc \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"),
    H("\n\n\n\n<p>\n\n</mark></p></blockquote>\n\n"),
    H("../../../etc/passwd"),
    H("2021-10-15\"><b>"),
    H("2021-10-15T<script>"),
    H("2021-<script>alert(1)</script>/2022"),
    H("%s%n%100000d"),
};

#undef H

#endif
