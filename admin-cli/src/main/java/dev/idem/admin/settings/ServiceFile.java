package dev.idem.admin.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.idem.core.configfile.ConfigFile;
import dev.idem.core.configfile.ConfigFileException;
import dev.idem.core.configfile.ConfigFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The service's config.yml, of which only a few settings matter here. Of the rest only its variables are judged, which must all be
 * set. A key of the stores' sections that nobody knows is an error: the tool would else look into other stores than the service.
 *
 * @param describe a prefix for messages that says which file, or nothing if there is none
 * @param content after substitution
 * @param safe a message without the contents of variables
 */
record ServiceFile(String describe, JsonNode content, UnaryOperator<String> safe) {

    private static final Set<String> OF_REDIS = Set.of("url", "mode", "keyPrefix", "caFile", "certFile", "keyFile");
    private static final Set<String> OF_DATABASE = Set.of("url", "poolSize", "timeout", "user", "password");

    static ServiceFile none() {
        return new ServiceFile("", MissingNode.getInstance(), message -> message);
    }

    /** @throws SettingsException if the file cannot be read, uses a variable that is not set, or has an unknown key of a store */
    static ServiceFile read(Path path, Map<String, String> environment) {
        try {
            ConfigFile file = new ConfigFileReader(name -> Optional.ofNullable(environment.get(name)))
                    .read(Files.readAllBytes(path));
            requireKnown(path, file, "redis", OF_REDIS);
            // An application with the bundle has other keys too, and always a URL.
            if (!file.root().path("database").has("url")) {
                requireKnown(path, file, "database", OF_DATABASE);
            }
            return new ServiceFile(path + ": ", file.root(), file::shown);
        } catch (ConfigFileException e) {
            throw new SettingsException(path + ": " + e.getMessage());
        } catch (IOException e) {
            throw new SettingsException(
                    path + " cannot be read: " + FileFailure.why(e) + ". Name another file with -c.");
        }
    }

    private static void requireKnown(Path path, ConfigFile file, String section, Set<String> known) {
        for (Map.Entry<String, JsonNode> child : file.root().path(section).properties()) {
            if (!known.contains(child.getKey())) {
                String key = section + '.' + child.getKey();
                throw new SettingsException(path + ": Unrecognized field at: " + file.writtenKey(key) + file.place(key)
                        + ". Known here: " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /**
     * One setting, if the file has it.
     *
     * @param key such as {@code redis.url}
     */
    Optional<String> value(String key) {
        JsonNode node = content.at("/" + key.replace('.', '/'));
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isValueNode()) {
            throw new SettingsException(describe + key + " is a single value, not a list or a section.");
        }
        return Optional.of(node.asText());
    }
}
