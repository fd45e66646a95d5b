package dev.idem.dropwizard.configfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.configfile.ConfigFile;
import dev.idem.core.configfile.ConfigFileException;
import dev.idem.core.configfile.ConfigFileReader;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.configuration.ConfigurationValidationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Binds a file that {@link ConfigFileReader} has read. Thread-safe. */
final class ConfigFileFactory<C> extends YamlConfigurationFactory<C> {
    private final ConfigFileReader reader;
    private final UnaryOperator<ConfigFile> completion;

    ConfigFileFactory(
            ConfigFileReader reader,
            Class<C> type,
            @Nullable Validator validator,
            ObjectMapper mapper,
            String prefix,
            UnaryOperator<ConfigFile> completion) {
        super(type, validator, mapper, prefix);
        this.reader = reader;
        this.completion = completion;
    }

    /** @throws InvalidConfigurationException saying what is wrong, without a value */
    @Override
    public C build(ConfigurationSourceProvider provider, String path) throws IOException, ConfigurationException {
        ConfigFile file = read(provider, path);
        try {
            file = completion.apply(file);
            return build(file.root(), path);
        } catch (OverrideException | ConfigFileException e) {
            throw InvalidConfigurationException.of(path, e);
        } catch (ConfigurationParsingException e) {
            throw InvalidConfigurationException.of(path, file, mapper, e);
        } catch (ConfigurationValidationException e) {
            throw InvalidConfigurationException.of(path, file, e);
        }
    }

    @Override
    protected void addOverride(JsonNode root, String name, String value) {
        try {
            super.addOverride(root, name, value);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new OverrideException(e);
        }
    }

    /** A system property overrides a key that cannot be there. */
    private static final class OverrideException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OverrideException(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private ConfigFile read(ConfigurationSourceProvider provider, String path)
            throws IOException, InvalidConfigurationException {
        try (InputStream input = provider.open(path)) {
            return reader.read(input.readAllBytes());
        } catch (ConfigFileException e) {
            throw InvalidConfigurationException.of(path, e);
        }
    }
}
