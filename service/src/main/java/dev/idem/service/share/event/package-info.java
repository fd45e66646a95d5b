/**
 * The hand-off of shares to whoever works on them: {@link dev.idem.service.share.event.ShareEvents} writes an event in the
 * transaction that makes a share, {@link dev.idem.service.share.event.ShareEventDelivery} brings it to the {@link
 * dev.idem.service.share.event.ShareEventConsumer}. An event exists exactly once; its consumer tells repeats by its key.
 */
@NullMarked
package dev.idem.service.share.event;

import org.jspecify.annotations.NullMarked;
