package dev.idem.service.share.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to a share.
 *
 * @param kind {@code share.created}
 * @param derivedKey what the consumer tells repeats by, and sends on as its own idempotency key: the same each time that
 *     this event is delivered
 * @param attempt 1 for the first delivery, one more for each that follows
 */
public record ShareEvent(long id, UUID shareId, String kind, String derivedKey, Instant createdAt, int attempt) {}
