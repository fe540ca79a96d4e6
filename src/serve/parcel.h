/* serve's own: an answer as it goes out. The bytes, their type, and a strong ETag made of them;
 * compressed for those who take it; only the news that nothing has changed for those who have it.
 */
#ifndef SF_SERVE_PARCEL_H
#define SF_SERVE_PARCEL_H

#include <microhttpd.h>

#include "base/base.h"

typedef struct sf_parcel sf_parcel;

/* Takes a copy of the body. type: a media type, without charset. page: the body is one of the
 * gallery's pages, which may run their own script. NULL if memory ran out. */
sf_parcel *sf_parcel_new(unsigned status, const char *type, sf_str body, bool page);
/* For those in the midst of being sent nothing changes. NULL does nothing. */
void sf_parcel_free(sf_parcel *parcel);
/* Roughly its memory. */
size_t sf_parcel_size(const sf_parcel *parcel);
bool sf_parcel_is_good(const sf_parcel *parcel); /* status 200 */

/* A header beside those that all have, for one that is not kept. False if memory ran out. */
bool sf_parcel_header(sf_parcel *parcel, const char *name, const char *value);
/* Gives a response the headers that keep browsers from doing anything with it. */
bool sf_parcel_guard(struct MHD_Response *response);

/* Sends it, as the request's If-None-Match and Accept-Encoding want it. */
enum MHD_Result sf_parcel_send(sf_parcel *parcel, struct MHD_Connection *connection);

#endif
