/* The special-purpose registries of IANA (RFC 6890 and its successors). For IPv6 the public space
 * is 2000::/3 and all else is refused; within it, what is set aside or wraps IPv4. */
#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool public_v4(uint32_t a) {
    static const struct {
        uint32_t net;
        int bits;
    } special[] = {
        {0x00000000, 8},  /* this network */
        {0x0A000000, 8},  /* private */
        {0x64400000, 10}, /* shared: carrier-grade NAT */
        {0x7F000000, 8},  /* loopback */
        {0xA9FE0000, 16}, /* link-local; clouds keep their metadata there */
        {0xAC100000, 12}, /* private */
        {0xC0000000, 24}, /* protocol assignments */
        {0xC0000200, 24}, /* documentation */
        {0xC0586300, 24}, /* 6to4 relays, withdrawn */
        {0xC0A80000, 16}, /* private */
        {0xC6120000, 15}, /* benchmarking */
        {0xC6336400, 24}, /* documentation */
        {0xCB007100, 24}, /* documentation */
        {0xE0000000, 4},  /* multicast */
        {0xF0000000, 4},  /* reserved, broadcast */
    };
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (a >> (32 - special[i].bits) == special[i].net >> (32 - special[i].bits))
            return false;
    return true;
}

static uint32_t v4_in(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool public_v6(const uint8_t a[16]) {
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    static const uint8_t nat64[12] = {0, 0x64, 0xFF, 0x9B};
    if (memcmp(a, mapped, 12) == 0 || memcmp(a, nat64, 12) == 0)
        return public_v4(v4_in(a + 12));
    if (a[0] >> 5 != 1) /* 2000::/3 */
        return false;
    if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 */
        return public_v4(v4_in(a + 2));
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] < 2) /* 2001::/23: Teredo, ORCHID, protocols */
        return false;
    if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8) /* documentation */
        return false;
    return !(a[0] == 0x3F && a[1] == 0xFF && a[2] >> 4 == 0); /* documentation */
}

bool sf_address_public(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return public_v4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return public_v6(in.sin6_addr.s6_addr);
    }
    return false;
}

bool sf_address_loopback_port(const struct sockaddr *address, int port) {
    struct sockaddr_in in;
    if (address->sa_family != AF_INET)
        return false;
    memcpy(&in, address, sizeof in);
    return ntohl(in.sin_addr.s_addr) == INADDR_LOOPBACK && ntohs(in.sin_port) == port;
}

void sf_address_text(const struct sockaddr *address, char *text, int room) {
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    const void *bytes = NULL;
    if (address->sa_family == AF_INET) {
        memcpy(&v4, address, sizeof v4);
        bytes = &v4.sin_addr;
    } else if (address->sa_family == AF_INET6) {
        memcpy(&v6, address, sizeof v6);
        bytes = &v6.sin6_addr;
    }
    if (!bytes || !inet_ntop(address->sa_family, bytes, text, (socklen_t)room))
        snprintf(text, (size_t)room, "?");
}
