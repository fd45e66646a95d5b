package dev.idem.dropwizard.configfile;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.idem.core.configfile.ConfigFile;
import dev.idem.core.configfile.KeyVariable;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what a value must be. Libraries quote the value that they refuse; these sentences do not. */
final class ValueErrors {
    private static final Set<Class<?>> WITH_FRACTIONS =
            Set.of(double.class, Double.class, float.class, Float.class, BigDecimal.class);

    private static final Map<String, String> UNITS = Map.of(
            Duration.class.getName(), "a time such as 100ms, 30s, 5m or 24h",
            DataSize.class.getName(), "a size such as 64KiB or 1MiB");

    private final ConfigFile file;
    private final ObjectMapper mapper;

    /** @param mapper by which the file is bound */
    ValueErrors(ConfigFile file, ObjectMapper mapper) {
        this.file = file;
        this.mapper = mapper;
    }

    /** @param key whose value is wrong; empty for the file itself */
    String sentence(String key, JsonMappingException error) {
        String where = (key.isEmpty() ? "the file" : key) + file.place(key);
        if (error instanceof UnrecognizedPropertyException unknown) {
            return "Unrecognized field at: " + file.writtenKey(key) + file.place(key) + ". Known here: "
                    + known(unknown);
        }
        if (error instanceof InvalidTypeIdException type) {
            return typeSentence((key.isEmpty() ? "" : key + '.') + "type", type);
        }
        return where + ": "
                + ours(error)
                        .map(message -> file.variables().named(message, key))
                        .orElseGet(() -> "the value must be " + expected(error));
    }

    /** A variable may be a part of the value; then it is told what the variable must contain. */
    private String typeSentence(String key, InvalidTypeIdException error) {
        KeyVariable variable = file.variables().of(key).orElse(new KeyVariable("", "", ""));
        String value = variable.before().isEmpty() && variable.after().isEmpty() ? "the value" : variable.variable();
        String known = types(error.getBaseType())
                .filter(id -> id.startsWith(variable.before()) && id.endsWith(variable.after()))
                .map(id -> id.substring(
                        variable.before().length(),
                        id.length() - variable.after().length()))
                .collect(Collectors.joining(", "));
        return key + file.place(key) + ": " + value + " must be one of " + known;
    }

    private Stream<String> types(JavaType base) {
        DeserializationConfig config = mapper.getDeserializationConfig();
        return mapper
                .getSubtypeResolver()
                .collectAndResolveSubtypesByTypeId(
                        config, AnnotatedClassResolver.resolveWithoutSuperTypes(config, base.getRawClass()))
                .stream()
                .filter(NamedType::hasName)
                .map(NamedType::getName)
                .distinct()
                .sorted();
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
        if (error instanceof InvalidNullException) {
            return "given, or its place be left out";
        }
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
