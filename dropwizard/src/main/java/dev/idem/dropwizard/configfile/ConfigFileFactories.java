package dev.idem.dropwizard.configfile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.configfile.ConfigFile;
import dev.idem.core.configfile.ConfigFileReader;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import jakarta.validation.Validator;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces Dropwizard's factories, and with them its substitution of variables: {@link ConfigFileReader} reads the file, and an
 * error is an {@link InvalidConfigurationException}. For {@code bootstrap.setConfigurationFactoryFactory}, without a
 * {@code SubstitutingSourceProvider}. Thread-safe.
 *
 * @param <C> the configuration
 */
public class ConfigFileFactories<C> extends DefaultConfigurationFactoryFactory<C> {
    private final ConfigFileReader reader;

    /** @param variables the content of a variable; empty if it is not set */
    public ConfigFileFactories(Function<String, Optional<String>> variables) {
        this.reader = new ConfigFileReader(variables);
    }

    @Override
    public ConfigurationFactory<C> create(
            Class<C> type, @Nullable Validator validator, ObjectMapper mapper, String prefix) {
        ObjectMapper strict = StrictValues.on(configureObjectMapper(mapper.copy()));
        return new ConfigFileFactory<>(reader, type, validator, strict, prefix, file -> completed(file, prefix));
    }

    /**
     * What a subclass adds to the keys of a file. The contents of variables that it uses belong to the result, so that no
     * message shows them.
     *
     * @param file whose keys may be changed
     * @param prefix of the system properties that override keys
     */
    protected ConfigFile completed(ConfigFile file, String prefix) {
        return file;
    }
}
