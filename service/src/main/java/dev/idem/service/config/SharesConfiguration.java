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

        /** @throws IllegalArgumentException if events are enabled, because an operator would not notice that none arrive */
        public EventsConfiguration {
            if (Boolean.TRUE.equals(enabled)) {
                throw new IllegalArgumentException(
                        "events of shares are no longer written or delivered. Remove shares.events from the"
                                + " configuration, and read the table shares instead");
            }
        }
    }
}
