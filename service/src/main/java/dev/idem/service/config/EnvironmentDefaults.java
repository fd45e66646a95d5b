package dev.idem.service.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.idem.core.placeholder.Placeholders;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationFactoryFactory;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.configuration.YamlConfigurationFactory;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code config.yml} of this project reads from the environment counts also where another file does not mention it.
 * Otherwise a file without the stores would start embedded ones although {@code DATABASE_URL} is set. A file's own value takes
 * precedence. Thread-safe.
 */
public final class EnvironmentDefaults {
    /** Sections of Dropwizard, whose keys belong together. */
    private static final Set<String> WHOLE = Set.of("server", "logging");

    /** Keys whose origin an operator wants to know, and their variables. */
    private static final Map<String, String> STORES = Map.of("redis", "REDIS_URL", "database", "DATABASE_URL");

    private final Function<String, Optional<String>> environment;
    private volatile List<String> chosen = List.of();

    public EnvironmentDefaults(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** Where the stores' URLs come from, as lines for the log; empty if the last file that was read contains both. */
    public List<String> chosen() {
        return chosen;
    }

    /** Dropwizard's factories, with these defaults. */
    public ConfigurationFactoryFactory<IdemConfiguration> factories() {
        return new DefaultConfigurationFactoryFactory<>() {
            @Override
            public ConfigurationFactory<IdemConfiguration> create(
                    Class<IdemConfiguration> type, @Nullable Validator validator, ObjectMapper mapper, String prefix) {
                // the mapper that refuses unknown keys
                return factory(type, validator, configureObjectMapper(mapper.copy()), prefix);
            }
        };
    }

    private ConfigurationFactory<IdemConfiguration> factory(
            Class<IdemConfiguration> type, @Nullable Validator validator, ObjectMapper mapper, String prefix) {
        return new YamlConfigurationFactory<>(type, validator, mapper, prefix) {
            @Override
            protected IdemConfiguration build(JsonNode file, String path) throws IOException, ConfigurationException {
                return super.build(under(file, prefix), path);
            }
        };
    }

    private JsonNode under(JsonNode file, String prefix) throws IOException {
        if (!(file instanceof ObjectNode keys)) {
            return file;
        }
        chosen = STORES.entrySet().stream()
                .filter(store -> !keys.path(store.getKey()).hasNonNull("url")
                        && System.getProperty(prefix + '.' + store.getKey() + ".url") == null)
                .map(store -> origin(store.getKey() + ".url", store.getValue()))
                .sorted()
                .toList();
        String text = text();
        if (keys.path("redis").hasNonNull("url") && !keys.path("redis").hasNonNull("mode")) {
            ((ObjectNode) keys.get("redis"))
                    .put("mode", RedisConfiguration.USUAL_MODE); // the variable is for REDIS_URL
        }
        YAMLMapper yaml = new YAMLMapper();
        JsonNode filled = yaml.readTree(new Placeholders(environment, new YAMLFactory()).fill(text));
        for (Map.Entry<String, JsonNode> section : yaml.readTree(text).properties()) {
            String name = section.getKey();
            if (!WHOLE.contains(name)) {
                fill(keys, name, section.getValue(), filled.path(name));
            } else if (!keys.hasNonNull(name)) {
                keys.set(name, filled.path(name));
            }
        }
        return keys;
    }

    private String origin(String key, String variable) {
        return key + " is not in the configuration file: "
                + (environment.apply(variable).filter(value -> !value.isBlank()).isPresent()
                        ? variable + " is used"
                        : variable + " is not set either, so it is embedded");
    }

    /** Sets what the file leaves out and the environment may say. */
    private static void fill(ObjectNode file, String name, JsonNode template, JsonNode filled) {
        if (template.isObject()) {
            ObjectNode section =
                    file.get(name) instanceof ObjectNode present ? present : JsonNodeFactory.instance.objectNode();
            if (file.hasNonNull(name) && !file.get(name).isObject()) {
                return; // wrong, which the parser says better
            }
            for (Map.Entry<String, JsonNode> child : template.properties()) {
                fill(section, child.getKey(), child.getValue(), filled.path(child.getKey()));
            }
            if (!section.isEmpty()) {
                file.set(name, section);
            }
        } else if (!file.hasNonNull(name) && template.asText().contains("${")) {
            file.set(name, filled);
        }
    }

    private static String text() {
        try (InputStream resource =
                Objects.requireNonNull(EnvironmentDefaults.class.getResourceAsStream("config.yml"), "config.yml")) {
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
