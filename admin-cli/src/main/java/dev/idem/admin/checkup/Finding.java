package dev.idem.admin.checkup;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What one check has found.
 *
 * @param subject who was looked at: redis, postgresql, clocks, service
 * @param check what was looked at, in one or two words that stay the same
 * @param seen what there is
 * @param advice what to do; empty if nothing
 */
public record Finding(Level level, String subject, String check, String seen, String advice) {
    /** How bad it is. */
    public enum Level {
        @JsonProperty("ok")
        OK,
        /** Works, and is not as it should be. */
        @JsonProperty("warning")
        WARNING,
        /** Requests may execute twice, or are not served. */
        @JsonProperty("error")
        ERROR
    }

    static Finding ok(String subject, String check, String seen) {
        return new Finding(Level.OK, subject, check, seen, "");
    }

    static Finding warning(String subject, String check, String seen, String advice) {
        return new Finding(Level.WARNING, subject, check, seen, advice);
    }

    static Finding error(String subject, String check, String seen, String advice) {
        return new Finding(Level.ERROR, subject, check, seen, advice);
    }
}
