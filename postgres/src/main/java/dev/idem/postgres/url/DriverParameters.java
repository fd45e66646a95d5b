package dev.idem.postgres.url;

import static java.util.stream.Collectors.toMap;

import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that the driver knows, and what it takes as their values. The driver itself looks at a value only when it
 * connects, and then takes some that it does not know for another.
 */
final class DriverParameters {
    private static final String ANY = "jdbc:postgresql://host/database";
    private static final Set<String> OF_ADDRESS = Set.of("PGHOST", "PGPORT", "PGDBNAME");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,10}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}(?:\\.\\d{1,10})?");
    private static final Set<String> TRUE_OR_FALSE = Set.of("true", "false");

    /** A list, in which each may be negated. */
    private static final String LIST = "requireAuth";

    /** Written with hyphens or without. */
    private static final String WITH_HYPHENS = "targetServerType";

    /** In seconds and fractions of them. */
    private static final String WITH_FRACTION = "loginTimeout";

    private final Map<String, DriverPropertyInfo> known;

    DriverParameters() {
        try {
            known = Arrays.stream(DriverManager.getDriver(ANY).getPropertyInfo(ANY, new Properties()))
                    .filter(parameter -> !OF_ADDRESS.contains(parameter.name))
                    .collect(toMap(parameter -> parameter.name, Function.identity()));
        } catch (SQLException e) {
            throw new IllegalStateException("the PostgreSQL driver is on the class path", e);
        }
    }

    boolean has(String name) {
        return known.containsKey(name);
    }

    /**
     * What a parameter's value should be; empty if it may be this one.
     *
     * @param name one that the driver knows
     */
    Optional<String> expected(String name, String value) {
        DriverPropertyInfo parameter = known.get(name);
        if (parameter == null) {
            return Optional.empty();
        }
        @Nullable String[] choices = parameter.choices;
        if (choices != null) {
            Set<String> given = name.equals(LIST) ? Set.of(value.split("\\s*,\\s*", -1)) : Set.of(value);
            return given.stream().allMatch(one -> Arrays.stream(choices)
                            .anyMatch(choice -> written(name, one).equals(written(name, String.valueOf(choice)))))
                    ? Optional.empty()
                    : Optional.of("one of " + String.join(", ", choices));
        }
        String usual = String.valueOf(parameter.value);
        if (TRUE_OR_FALSE.contains(usual)) {
            return TRUE_OR_FALSE.contains(value.toLowerCase(Locale.ROOT)) || value.isEmpty()
                    ? Optional.empty()
                    : Optional.of("true or false");
        }
        if (name.equals(WITH_FRACTION)) {
            return NUMBER.matcher(value).matches() ? Optional.empty() : Optional.of("a number of seconds");
        }
        return !WHOLE_NUMBER.matcher(usual).matches()
                        || WHOLE_NUMBER.matcher(value).matches()
                ? Optional.empty()
                : Optional.of("a whole number");
    }

    private static String written(String name, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return name.equals(WITH_HYPHENS) ? lower.replace("-", "") : lower;
    }
}
