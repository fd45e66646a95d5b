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
public record CheckResult(Level level, String subject, String check, String seen, String advice) {
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

    static CheckResult ok(String subject, String check, String seen) {
        return new CheckResult(Level.OK, subject, check, seen, "");
    }

    static CheckResult warning(String subject, String check, String seen, String advice) {
        return new CheckResult(Level.WARNING, subject, check, seen, advice);
    }

    static CheckResult error(String subject, String check, String seen, String advice) {
        return new CheckResult(Level.ERROR, subject, check, seen, advice);
    }
}
