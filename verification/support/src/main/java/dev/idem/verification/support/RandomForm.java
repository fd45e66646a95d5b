package dev.idem.verification.support;

import java.util.Random;

/**
 * How long random tests run, and from which seed. Every build runs their short form, which draws the same each time; the
 * nightly one runs the full form, from another seed each night. Immutable.
 *
 * @param full whether it is the full form
 * @param seed what all that is random begins from; the build prints it
 */
public record RandomForm(boolean full, long seed) {
    private static final long USUAL_SEED = 20_260_101;

    /**
     * As the build was asked for: {@code -Dtest.form=short} or {@code full}, and {@code -Dtest.seed}.
     *
     * @throws IllegalArgumentException if one of them is something else
     */
    public static RandomForm asked() {
        String form = System.getProperty("test.form", "short");
        if (!form.equals("short") && !form.equals("full")) {
            throw new IllegalArgumentException("test.form must be short or full, not " + form);
        }
        return new RandomForm(form.equals("full"), seed(System.getProperty("test.seed", "" + USUAL_SEED)));
    }

    private static long seed(String written) {
        try {
            return Long.parseLong(written);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("test.seed must be a whole number, not " + written, e);
        }
    }

    /** The one of two lengths (rounds, tries, seconds) that this form has. */
    public int length(int inShort, int inFull) {
        return full ? inFull : inShort;
    }

    /** A source of its own for each caller; safe for use by several threads, which then share its order. */
    public Random random() {
        return new Random(seed);
    }
}
