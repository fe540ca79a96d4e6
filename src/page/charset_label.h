/* page/charset_label: what a charset's label means to a browser. */
#ifndef SF_PAGE_CHARSET_LABEL_H
#define SF_PAGE_CHARSET_LABEL_H

#include "base/base.h"

typedef struct sf_charset {
    const char *name;      /* WHATWG's: "UTF-8", "windows-1252" ...; NULL: none */
    const char *converter; /* ICU's; NULL for UTF-8 and windows-1252, which we read ourselves */
} sf_charset;

/* "latin1" -> windows-1252; case and white space around do not matter. False: unknown label. */
bool sf_charset_label(sf_str label, sf_charset *out);

#endif
