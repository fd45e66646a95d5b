package dev.idem.service.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An invalid configuration file. The message names the key and the line, and no value: parsers quote the text around,
 * perhaps with a secret.
 */
public final class InvalidConfigurationException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    private InvalidConfigurationException(String path, String error) {
        super(path, List.of(error));
    }

    /** The same error without values; errors that quote none are unchanged. */
    public static ConfigurationException of(String path, ConfigurationParsingException error) {
        @Nullable Throwable cause = error.getCause();
        if (cause instanceof UnrecognizedPropertyException || cause instanceof InvalidFormatException) {
            return error; // names and types
        }
        if (cause instanceof JsonMappingException mapping) {
            return new InvalidConfigurationException(path, place(mapping) + ": " + reason(mapping));
        }
        return cause instanceof JsonProcessingException syntax
                ? malformed(path, syntax)
                : new InvalidConfigurationException(path, "it cannot be read");
    }

    /** A file that is not YAML. */
    public static ConfigurationException malformed(String path, JsonProcessingException error) {
        return new InvalidConfigurationException(path, "it is not valid YAML" + line(error.getLocation()));
    }

    /** Our own validation says what a value should be; libraries quote the value. */
    private static String reason(JsonMappingException error) {
        return error.getCause() instanceof IllegalArgumentException refused
                        && refused.getMessage() != null
                        && isOfOurs(refused)
                ? refused.getMessage()
                : error instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                        ? "the value must be " + expected(mismatch.getTargetType())
                        : "the value is not valid for this key";
    }

    private static String expected(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isEnum()
                ? "one of "
                        + String.join(
                                ", ",
                                Stream.of(type.getEnumConstants())
                                        .map(String::valueOf)
                                        .toList())
                : "keys with values of their own, such as { key: value }";
    }

    private static boolean isOfOurs(IllegalArgumentException refused) {
        StackTraceElement[] thrown = refused.getStackTrace();
        return thrown.length > 0 && thrown[0].getClassName().startsWith("dev.idem.");
    }

    private static String place(JsonMappingException error) {
        StringBuilder key = new StringBuilder();
        for (Reference reference : error.getPath()) {
            if (reference.getFieldName() == null) {
                key.append('[').append(reference.getIndex()).append(']');
            } else {
                key.append(key.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return (key.isEmpty() ? "the file" : key) + line(error.getLocation());
    }

    private static String line(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1 ? "" : " near line " + location.getLineNr();
    }
}
