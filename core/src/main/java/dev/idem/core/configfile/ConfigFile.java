package dev.idem.core.configfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration file whose placeholders are filled in. Each scalar is a text, which the type of its key turns into what it
 * asks for; null stays null.
 *
 * @param root the file's keys; for one reader, who may change them
 * @param lines the line of each key and list element, such as {@code gateway.routes[0].prefix}
 * @param contents the variables that were filled in, and their contents
 * @param variables which keys have their values from them
 */
public record ConfigFile(
        JsonNode root, Map<String, Integer> lines, Map<String, String> contents, KeyVariables variables) {
    /** A shorter content is a common word or number, which a message may contain for another reason. */
    private static final int TELLING = 6;

    public ConfigFile {
        lines = Map.copyOf(lines);
        contents = Map.copyOf(contents);
    }

    /**
     * Where to look for a key, as the end of a message: {@code " near line 3"}. A key that the file lacks has the line of the
     * section around it; without one, the result is empty.
     */
    public String place(String key) {
        for (String around = key; !around.isEmpty(); around = parent(around)) {
            Integer line = lines.get(around);
            if (line != null) {
                return " near line " + line;
            }
        }
        return "";
    }

    static String parent(String key) {
        int end = Math.max(key.lastIndexOf('.'), key.lastIndexOf('['));
        return end < 0 ? "" : key.substring(0, end);
    }

    /**
     * This file, with the variables of what was added to its keys.
     *
     * @param more which has the added keys
     */
    public ConfigFile with(ConfigFile more) {
        Map<String, String> all = new HashMap<>(more.contents);
        all.putAll(contents);
        return new ConfigFile(
                root, lines, all, variables.with(more.variables.ofKeys(), key -> !lines.containsKey(key)));
    }

    /**
     * A message for people. No content of a variable can be read in it: its name stands there instead. A key that has its
     * value from a variable is followed by the variable's name.
     */
    public String shown(String message) {
        return variables.named(withoutContents(message));
    }

    private String withoutContents(String message) {
        List<Map.Entry<String, String>> longestFirst = contents.entrySet().stream()
                .filter(variable -> variable.getValue().length() >= TELLING)
                .sorted(Comparator.comparing(variable -> -variable.getValue().length()))
                .toList();
        String safe = message;
        for (Map.Entry<String, String> variable : longestFirst) {
            safe = safe.replace(variable.getValue(), "${" + variable.getKey() + '}');
        }
        return safe;
    }

    /** Without the contents, which may be secrets. */
    @Override
    public String toString() {
        return "ConfigFile[keys=" + lines.keySet() + "]";
    }
}
