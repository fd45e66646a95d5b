package dev.idem.dropwizard.configfile;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.configfile.ConfigFile;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import io.dropwizard.configuration.ConfigurationValidationException;
import java.util.Collection;
import java.util.List;

/**
 * An invalid configuration file. The message names the key and the line, and no value: parsers quote the text around,
 * perhaps with a secret.
 */
public final class InvalidConfigurationException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    private InvalidConfigurationException(String path, Collection<String> errors) {
        super(path, errors);
    }

    /** @param error whose message quotes no value */
    static InvalidConfigurationException of(String path, RuntimeException error) {
        return new InvalidConfigurationException(path, List.of(String.valueOf(error.getMessage())));
    }

    static InvalidConfigurationException of(String path, ConfigFile file, ConfigurationValidationException error) {
        return new InvalidConfigurationException(
                path, error.getErrors().stream().map(file::shown).toList());
    }

    static InvalidConfigurationException of(
            String path, ConfigFile file, ObjectMapper mapper, ConfigurationParsingException error) {
        if (!(error.getCause() instanceof JsonMappingException cause)) {
            return new InvalidConfigurationException(path, List.of("it cannot be read"));
        }
        return new InvalidConfigurationException(
                path, List.of(file.shown(new ValueErrors(file, mapper).sentence(key(cause), cause))));
    }

    private static String key(JsonMappingException error) {
        StringBuilder key = new StringBuilder();
        for (Reference reference : error.getPath()) {
            if (reference.getFieldName() == null) {
                key.append('[').append(reference.getIndex()).append(']');
            } else {
                key.append(key.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return key.toString();
    }
}
