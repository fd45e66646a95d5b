package dev.idem.dropwizard.sections;

import dev.idem.http.config.IdempotencyConfiguration;

/** What {@link SectionsBundle} reads of an application's configuration. An extension point; {@link IdempotentConfiguration} has it all. */
public interface IdempotencySections {

    /** The section {@code redis}. */
    RedisSection redis();

    /** The section {@code database}. */
    DatabaseSection database();

    /** The section {@code idempotency}. */
    IdempotencyConfiguration idempotency();
}
