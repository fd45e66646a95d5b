package dev.idem.service.reload;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.service.stores.StartupException;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationFactoryFactory;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration as Dropwizard does, and again on request: the same file with the same substitutions. Replaces
 * Dropwizard's factories. Thread-safe.
 *
 * @param <C> the configuration
 */
public final class ConfigReloader<C> implements ConfigurationFactoryFactory<C> {
    private final ConfigurationFactoryFactory<C> factories;
    private volatile Optional<Source<C>> source = Optional.empty();

    /** The source of the configuration. */
    private record Source<C>(ConfigurationFactory<C> factory, ConfigurationSourceProvider provider, String path) {}

    public ConfigReloader(ConfigurationFactoryFactory<C> factories) {
        this.factories = factories;
    }

    @Override
    public ConfigurationFactory<C> create(
            Class<C> type, @Nullable Validator validator, ObjectMapper mapper, String prefix) {
        ConfigurationFactory<C> factory = factories.create(type, validator, mapper, prefix);
        return new ConfigurationFactory<>() {
            @Override
            public C build(ConfigurationSourceProvider provider, String path) throws ConfigurationException {
                C configuration = read(provider, path);
                source = Optional.of(new Source<>(factory, provider, path));
                return configuration;
            }

            /** Dropwizard calls this for a command line without a file. */
            @Override
            public C build() {
                throw new StartupException(
                        "name the configuration file, such as: java -jar service.jar server config.yml");
            }

            private C read(ConfigurationSourceProvider provider, String path) throws ConfigurationException {
                try {
                    return factory.build(provider, path);
                } catch (IOException e) {
                    throw new StartupException("the configuration file cannot be read: " + e.getMessage(), e);
                }
            }
        };
    }

    /**
     * Reads the configuration again.
     *
     * @throws ConfigurationException if it is not valid
     */
    C read() throws IOException, ConfigurationException {
        Source<C> read = source.orElseThrow(
                () -> new IllegalArgumentException("the service was started without a configuration file"));
        return read.factory().build(read.provider(), read.path());
    }
}
