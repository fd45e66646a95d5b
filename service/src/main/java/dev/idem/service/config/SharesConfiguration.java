package dev.idem.service.config;

import org.jspecify.annotations.Nullable;

/**
 * The {@code shares} section.
 *
 * @param events whether shares are handed on
 */
public record SharesConfiguration(@Nullable EventsConfiguration events) {

    /**
     * The hand-off of shares.
     *
     * @param enabled whether each share's event is written and delivered; false unless told otherwise, since without a
     *     consumer of one's own events are only logged
     */
    public record EventsConfiguration(@Nullable Boolean enabled) {}

    public boolean hasEvents() {
        return events != null && Boolean.TRUE.equals(events.enabled());
    }
}
