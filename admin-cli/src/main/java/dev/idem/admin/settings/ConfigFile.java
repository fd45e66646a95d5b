package dev.idem.admin.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.idem.core.placeholder.Placeholders;
import dev.idem.core.placeholder.UnsetVariableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The service's config.yml, of which only a few settings matter here; the rest is not judged, but that every variable is set.
 *
 * @param describe a prefix for messages that says which file, or nothing if there is none
 * @param content after substitution
 */
record ConfigFile(String describe, JsonNode content) {

    static ConfigFile none() {
        return new ConfigFile("", MissingNode.getInstance());
    }

    /** @throws SettingsException if the file cannot be read, or uses a variable that is not set */
    static ConfigFile read(Path path, Map<String, String> environment) {
        try {
            YAMLMapper yaml = new YAMLMapper();
            String text = new Placeholders(name -> Optional.ofNullable(environment.get(name)), yaml.getFactory())
                    .fill(Files.readString(path));
            return new ConfigFile(path + ": ", yaml.readTree(text));
        } catch (UnsetVariableException e) {
            throw new SettingsException(path + ": " + e.getMessage());
        } catch (JsonProcessingException e) {
            // Not its whole message, which quotes the text around, and with it perhaps a password.
            throw new SettingsException(
                    path + " is not valid YAML near line " + e.getLocation().getLineNr() + ".");
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
