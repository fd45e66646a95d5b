package dev.idem.service.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.idem.core.placeholder.Placeholders;
import dev.idem.core.placeholder.UnsetVariableException;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Fills environment variables into the <code>${…}</code> placeholders of the configuration, each time it is read.
 * Dropwizard's own substitution leaves a placeholder as it is if its variable is missing. Immutable.
 */
public final class EnvironmentSourceProvider implements ConfigurationSourceProvider {
    private final ConfigurationSourceProvider files;
    private final Placeholders placeholders =
            new Placeholders(name -> Optional.ofNullable(System.getenv(name)), new YAMLFactory());

    public EnvironmentSourceProvider(ConfigurationSourceProvider files) {
        this.files = files;
    }

    /** @throws ConfigurationFileException if a placeholder cannot be filled */
    @Override
    public InputStream open(String path) throws IOException {
        try (InputStream written = files.open(path)) {
            String filled = placeholders.fill(new String(written.readAllBytes(), UTF_8));
            return new ByteArrayInputStream(filled.getBytes(UTF_8));
        } catch (UnsetVariableException e) {
            throw new ConfigurationFileException(path + ": " + e.getMessage());
        } catch (JsonProcessingException e) {
            // without its message, which quotes the text around, perhaps with a secret
            throw new ConfigurationFileException(
                    path + " is not valid YAML near line " + e.getLocation().getLineNr() + '.');
        }
    }
}
