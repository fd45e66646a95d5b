package dev.idem.gateway.config;

import dev.idem.gateway.body.MinimumBodyRate;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import org.jspecify.annotations.Nullable;

/** A route's {@code requestBody}, as configured; docs/gateway.md describes each key. */
public record BodyConfiguration(
        @Nullable DataSize minRate,
        @Nullable Duration within,
        @Nullable Duration longest) {
    private static final long MOST_RATE = 1L << 30;

    /** @throws IllegalArgumentException if a key is wrong; the message names it and what it should be */
    MinimumBodyRate pace() {
        MinimumBodyRate usual = MinimumBodyRate.DEFAULT;
        long rate = minRate == null ? usual.minRate() : minRate.toBytes();
        if (rate < 0 || rate > MOST_RATE) {
            throw new IllegalArgumentException("requestBody.minRate must be 0B to 1GiB a second, not " + minRate);
        }
        if (rate == 0 && within != null) {
            throw new IllegalArgumentException(
                    "requestBody.within must be left out where requestBody.minRate is 0B: no rate is asked for");
        }
        return new MinimumBodyRate(
                rate, length("within", within, usual.within(), 1), length("longest", longest, usual.longest(), 24));
    }

    private static java.time.Duration length(
            String key, @Nullable Duration written, java.time.Duration otherwise, int mostHours) {
        java.time.Duration length = written == null ? otherwise : written.toJavaDuration();
        if (length.toMillis() < 1 || length.compareTo(java.time.Duration.ofHours(mostHours)) > 0) {
            throw new IllegalArgumentException(
                    "requestBody." + key + " must be 1ms to " + mostHours + "h, not " + written);
        }
        return length;
    }
}
