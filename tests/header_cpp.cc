// include/sofar.h compiles as C++.
#include "sofar.h"

#include <cstdio>

int main() {
    sofar_page page = SOFAR_PAGE_INIT;
    std::printf("%sok 1 - the header compiles as C++\n1..1\n", page.bytes.ptr == nullptr ? "" : "not ");
    return page.bytes.ptr != nullptr;
}
