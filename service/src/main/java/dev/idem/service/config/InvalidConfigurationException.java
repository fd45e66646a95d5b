package dev.idem.service.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file that cannot be read. Names the key and the line, and never what stands there: parsers quote the text
 * around, and with it perhaps a secret.
 */
public final class InvalidConfigurationException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    private InvalidConfigurationException(String path, String error) {
        super(path, List.of(error));
    }

    /** The same error without values; errors that quote none stay as they are. */
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

    /** What is no YAML. */
    public static ConfigurationException malformed(String path, JsonProcessingException error) {
        return new InvalidConfigurationException(path, "it is not valid YAML" + line(error.getLocation()));
    }

    /** What our own settings refuse says itself what they should be; libraries' refusals quote what they were given. */
    private static String reason(JsonMappingException error) {
        return error.getCause() instanceof IllegalArgumentException refused
                        && refused.getMessage() != null
                        && isOfOurs(refused)
                ? refused.getMessage()
                : "what stands there is not what this key takes";
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
