package dev.idem.service.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.idem.core.configfile.ConfigFile;
import dev.idem.core.configfile.ConfigFileReader;
import dev.idem.dropwizard.configfile.ConfigFileFactories;
import io.dropwizard.configuration.ConfigurationFactoryFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the {@code config.yml} of this project reads from the environment counts also where another file does not mention it.
 * Otherwise a file without the stores would start embedded ones although {@code DATABASE_URL} is set. A file's own value takes
 * precedence. Thread-safe.
 */
public final class EnvironmentDefaults {
    /** Sections of Dropwizard, whose keys belong together. */
    private static final Set<String> WHOLE = Set.of("server", "logging");

    private static final String REQUEST_LOG = "requestLog";

    /** Keys whose origin an operator wants to know, and their variables. */
    private static final Map<String, String> STORES = Map.of("redis", "REDIS_URL", "database", "DATABASE_URL");

    /** Keys of {@code redis} whose variables are for REDIS_URL, not for the URL of a file. */
    private static final Set<String> OF_REDIS_URL = Set.of("mode", "caFile", "certFile", "keyFile");

    /** What stands in config.yml wherever a variable is read. */
    private static final String OF_ENVIRONMENT = "of the environment";

    private final Function<String, Optional<String>> environment;
    private volatile List<String> chosen = List.of();
    private volatile Set<String> sections = Set.of();

    public EnvironmentDefaults(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** Where the stores' URLs come from, as lines for the log; empty if the last file that was read contains both. */
    public List<String> chosen() {
        return chosen;
    }

    /** The sections of the last file that was read; one without content counts as missing. */
    public Set<String> sections() {
        return sections;
    }

    /** The factories of this project's configuration files, with these defaults. */
    public ConfigurationFactoryFactory<IdemConfiguration> factories() {
        return new ConfigFileFactories<>(environment) {
            @Override
            protected ConfigFile completed(ConfigFile file, String prefix) {
                return file.with(addTo((ObjectNode) file.root(), prefix));
            }
        };
    }

    /** @return the file whose variables may have been used */
    private ConfigFile addTo(ObjectNode keys, String prefix) {
        sections = keys.properties().stream()
                .filter(section -> !section.getValue().isNull())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        chosen = STORES.entrySet().stream()
                .filter(store -> !keys.path(store.getKey()).hasNonNull("url")
                        && System.getProperty(prefix + '.' + store.getKey() + ".url") == null)
                .map(store -> origin(store.getKey() + ".url", store.getValue()))
                .sorted()
                .toList();
        if (keys.get("redis") instanceof ObjectNode redis && redis.hasNonNull("url")) {
            OF_REDIS_URL.stream().filter(key -> !redis.hasNonNull(key)).forEach(key -> redis.put(key, ""));
        }
        String text = text();
        ConfigFile ours = new ConfigFileReader(environment).read(text);
        JsonNode filled = ours.root();
        JsonNode unset = new ConfigFileReader(name -> Optional.of(OF_ENVIRONMENT))
                .read(text)
                .root();
        for (Map.Entry<String, JsonNode> section : unset.properties()) {
            String name = section.getKey();
            if (!WHOLE.contains(name)) {
                fill(keys, name, section.getValue(), filled.path(name));
            } else if (!keys.hasNonNull(name)) {
                keys.set(name, filled.path(name));
            }
        }
        keepQueriesOutOfTheLog(keys, filled);
        return ours;
    }

    /** Dropwizard's own request log, which a server section without one would get, has queries and headers. */
    private static void keepQueriesOutOfTheLog(ObjectNode keys, JsonNode filled) {
        if (keys.get("server") instanceof ObjectNode server && !server.hasNonNull(REQUEST_LOG)) {
            server.set(REQUEST_LOG, filled.path("server").path(REQUEST_LOG));
        }
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
        } else if (!file.hasNonNull(name) && template.asText().contains(OF_ENVIRONMENT)) {
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
