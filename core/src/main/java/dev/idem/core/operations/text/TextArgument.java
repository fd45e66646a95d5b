package dev.idem.core.operations.text;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One argument of an operation as text: of a task, a query or a body. Methods throw {@link IllegalArgumentException}
 * with a sentence that names what is allowed and never repeats the text.
 *
 * @param name the argument's name for the caller
 * @param text as sent; null if absent
 */
public record TextArgument(String name, @Nullable String text) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** {@code true} or {@code false}; false if absent. */
    public boolean flag() {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw wrong("must be true or false");
    }

    /** Such as {@code 100ms}, {@code 30s}, {@code 5m}, {@code 1h} or {@code 2d}; empty if absent. */
    public Optional<Duration> duration() {
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(text);
        @Nullable ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw wrong("must be a duration such as 100ms, 30s, 5m, 1h or 2d");
        }
        return Optional.of(Duration.of(Long.parseLong(matcher.group(1)), unit));
    }

    private IllegalArgumentException wrong(String rule) {
        return new IllegalArgumentException("The parameter " + name + ' ' + rule + '.');
    }
}
