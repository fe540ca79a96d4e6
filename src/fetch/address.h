/* address: which addresses belong to the public internet. Private to the fetch room. */
#ifndef SF_FETCH_ADDRESS_H
#define SF_FETCH_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* False for private, loopback, link-local, shared, multicast, reserved and documentation addresses,
 * also where an IPv6 address wraps one of IPv4, and for families that are neither. */
bool sf_address_public(const struct sockaddr *address);
/* The port, and whether the address is 127.0.0.1. */
bool sf_address_loopback_port(const struct sockaddr *address, int port);
/* "203.0.113.7" into text, for messages. */
void sf_address_text(const struct sockaddr *address, char *text, int room);

#endif
