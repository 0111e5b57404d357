/* scan.h -- what strangers send is shown to a virus scanner before it is kept.
 *
 * Whoever opens an attachment is an officer at a desk; what harms their machine shall not come from
 * ours.  The scanner is clamd of ClamAV, beside this program or on another machine; the file goes
 * over its socket (command INSTREAM, clamd(8)) and no path of ours is told to it.
 *
 *  (1) Nobody scans unless an address is set; with one, nothing is kept unscanned: when the scanner
 *      does not answer the file is refused, and whoever sent it is told to come again.
 *  (2) Only "stream: OK" is a yes.  Whatever else is answered, and nothing at all, is a no.
 *  (3) It is asked once, within SCAN_SECONDS, from an act's prepare(): never in a transaction.
 */
#ifndef PLATFORM_SCAN_H
#define PLATFORM_SCAN_H

#include "platform/base.h"
#include "platform/out.h"

extern const struct reason scan_found; /* it carries malware */
extern const struct reason scan_away;  /* the scanner does not answer, or not with yes or no */

/* "/run/clamav/clamd.ctl", "127.0.0.1:3310" or "" for nobody; false: it is neither.  Once, before
 * other threads. */
bool scan_use(struct str address);
bool scan_is_used(void);
struct outcome scan_bytes(struct str bytes);
void scan_metrics(struct out *out);

#endif
