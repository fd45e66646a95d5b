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
import java.util.function.UnaryOperator;

/**
 * The service's config.yml, of which only a few settings matter here; the rest is not judged, but that every variable is set.
 *
 * @param describe a prefix for messages that says which file, or nothing if there is none
 * @param content after substitution
 * @param safe a message without the contents of variables
 */
record ServiceFile(String describe, JsonNode content, UnaryOperator<String> safe) {

    static ServiceFile none() {
        return new ServiceFile("", MissingNode.getInstance(), message -> message);
    }

    /** @throws SettingsException if the file cannot be read, or uses a variable that is not set */
    static ServiceFile read(Path path, Map<String, String> environment) {
        try {
            ConfigFile file = new ConfigFileReader(name -> Optional.ofNullable(environment.get(name)))
                    .read(Files.readAllBytes(path));
            return new ServiceFile(path + ": ", file.root(), file::withoutContents);
        } catch (ConfigFileException e) {
            throw new SettingsException(path + ": " + e.getMessage());
        } catch (IOException e) {
            throw new SettingsException(path + " cannot be read: name another file with -c (" + e + ").");
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
