package dev.idem.core.rollout;

import dev.idem.core.record.Scope;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A share of the callers. Sticky and monotonic: it depends on the scope alone. A caller that is included at one
 * percentage is included at every higher one.
 *
 * @param hundredths of a percent, 0 to 10,000
 */
public record Percentage(int hundredths) {
    /** All callers. */
    public static final Percentage ALL = new Percentage(10_000);

    private static final int SCALE = 2;
    private static final int STEPS = 100;

    public Percentage {
        if (hundredths < 0 || hundredths > STEPS * STEPS) {
            throw new IllegalArgumentException("percent must be 0 to 100, not " + hundredths / 100.0);
        }
    }

    /**
     * Reads a percentage.
     *
     * @throws IllegalArgumentException if it is not from 0 to 100, or has more than two decimals
     */
    public static Percentage of(BigDecimal percent) {
        // The magnitude is checked first: writing out 1e999999999 would take all memory.
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(STEPS)) > 0) {
            throw new IllegalArgumentException("percent must be 0 to 100, not " + percent);
        }
        if (percent.signum() != 0 && percent.stripTrailingZeros().scale() > SCALE) {
            throw new IllegalArgumentException("percent must have at most two decimals, not " + percent);
        }
        return new Percentage(percent.movePointRight(SCALE).intValue());
    }

    /** The text that {@link #of} reads, without superfluous zeros. */
    public BigDecimal percent() {
        BigDecimal stripped = BigDecimal.valueOf(hundredths, SCALE).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Whether this caller is included. */
    public boolean includes(Scope scope) {
        return place(scope) < hundredths;
    }

    /** Whole percents use the hash's lowest part, as in earlier releases, so that finer steps move no caller. */
    private static long place(Scope scope) {
        CRC32 crc = new CRC32();
        crc.update(scope.value().getBytes(StandardCharsets.US_ASCII));
        long hash = crc.getValue();
        return hash % STEPS * STEPS + hash / STEPS % STEPS;
    }

    /** Such as {@code 12.5}. */
    @Override
    public String toString() {
        return percent().toPlainString();
    }
}
