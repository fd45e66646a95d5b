package dev.idem.dropwizard.configfile;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what a value must be. Libraries quote the value that they refuse; these sentences do not. */
final class ValueErrors {
    private static final Set<Class<?>> WITH_FRACTIONS =
            Set.of(double.class, Double.class, float.class, Float.class, BigDecimal.class);

    private static final Map<String, String> UNITS = Map.of(
            Duration.class.getName(), "a time such as 100ms, 30s, 5m or 24h",
            DataSize.class.getName(), "a size such as 64KiB or 1MiB");

    private static final Pattern KNOWN_TYPES = Pattern.compile("known type ids = \\[([^\\]]*)]");

    private ValueErrors() {}

    /** @param place where in the file, as the end of a message */
    static String sentence(String key, String place, JsonMappingException error) {
        String where = (key.isEmpty() ? "the file" : key) + place;
        if (error instanceof UnrecognizedPropertyException unknown) {
            return "Unrecognized field at: " + where + ". Known here: " + known(unknown);
        }
        if (error instanceof InvalidTypeIdException) {
            Matcher types = KNOWN_TYPES.matcher(String.valueOf(error.getOriginalMessage()));
            return (key.isEmpty() ? "" : key + '.') + "type" + place
                    + (types.find() ? ": the value must be one of " + types.group(1) : ": it must be set");
        }
        return where + ": " + ours(error).orElseGet(() -> "the value must be " + expected(error));
    }

    private static String known(UnrecognizedPropertyException error) {
        return error.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    /** What our own validation says of a value. */
    private static Optional<String> ours(JsonMappingException error) {
        return error.getCause() instanceof IllegalArgumentException refused && isOfOurs(refused)
                ? Optional.ofNullable(refused.getMessage())
                : Optional.empty();
    }

    private static boolean isOfOurs(IllegalArgumentException refused) {
        StackTraceElement[] thrown = refused.getStackTrace();
        return thrown.length > 0 && thrown[0].getClassName().startsWith("dev.idem.");
    }

    private static String expected(JsonMappingException error) {
        if (error instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return expected(mismatch.getTargetType());
        }
        return error instanceof ValueInstantiationException refused
                ? expected(refused.getType().getRawClass())
                : "valid for this key";
    }

    private static String expected(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return WITH_FRACTIONS.contains(type) ? "a number" : "a whole number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type.isEnum()) {
            return "one of "
                    + Stream.of(type.getEnumConstants())
                            .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return Map.class.isAssignableFrom(type) || type.getName().startsWith("dev.idem.")
                ? "keys with values of their own, such as { key: value }"
                : Optional.ofNullable(UNITS.get(type.getName())).orElse("valid for this key");
    }
}
