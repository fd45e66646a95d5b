package dev.idem.service.config;

import org.jspecify.annotations.Nullable;

/**
 * The {@code shares} section, of which nothing is left to configure.
 *
 * @param events delivered by releases up to 0.9
 */
public record SharesConfiguration(@Nullable EventsConfiguration events) {

    /** @param enabled must not be true */
    public record EventsConfiguration(@Nullable Boolean enabled) {

        /** @throws IllegalArgumentException if events are to be delivered: nobody would notice that they are not */
        public EventsConfiguration {
            if (Boolean.TRUE.equals(enabled)) {
                throw new IllegalArgumentException(
                        "events of shares are no longer written or delivered: remove shares.events from the"
                                + " configuration, and read the table shares instead");
            }
        }
    }
}
