package dev.idem.admin.checkup;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The result of one check.
 *
 * @param subject what was examined: redis, postgresql, clocks, service
 * @param check the name of the check, which stays the same
 * @param seen what was found
 * @param advice what to do; empty if there is nothing to do
 */
public record CheckResult(Level level, String subject, String check, String seen, String advice) {
    /** How serious it is. */
    public enum Level {
        @JsonProperty("ok")
        OK,
        /** It works, but not as it should. */
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
