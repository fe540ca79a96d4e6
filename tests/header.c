/* include/sofar.h stands alone, as strict C. */
#include "sofar.h"

#include <stdio.h>
#include <string.h>

int main(void) {
    int same = strcmp(sofar_version(), SOFAR_VERSION) == 0;
    printf("%sok 1 - the linked library has the header's version\n1..1\n", same ? "" : "not ");
    return !same;
}
