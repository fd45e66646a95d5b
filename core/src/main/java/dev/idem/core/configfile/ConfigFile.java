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
 * @param writtenKeys the keys whose names have variables in them, and how the file writes these names
 */
public record ConfigFile(
        JsonNode root,
        Map<String, Integer> lines,
        Map<String, String> contents,
        KeyVariables variables,
        Map<String, String> writtenKeys) {
    /** What our sentences put before the value that they refuse; nothing follows the value. */
    private static final String VALUE = ", not ";

    /** A shorter content is a common word or number, which may be part of a value for another reason. */
    private static final int TELLING = 6;

    public ConfigFile {
        lines = Map.copyOf(lines);
        contents = Map.copyOf(contents);
        writtenKeys = Map.copyOf(writtenKeys);
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

    /** A key as the file writes it: with the variables in its name, not their contents. For a key that may be anything. */
    public String writtenKey(String key) {
        return writtenKeys.getOrDefault(key, key);
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
                root, lines, all, variables.with(more.variables.ofKeys(), key -> !lines.containsKey(key)), writtenKeys);
    }

    /**
     * A message for people. A key that has its value from a variable is followed by the variable's name, which also stands for
     * the value that the message refuses. Everything else stays as it is, also where it looks like a content.
     *
     * @param message which ends in {@code ", not "} and the value if it quotes one, and quotes none elsewhere
     */
    public String shown(String message) {
        String named = variables.named(message);
        int value = named.indexOf(VALUE);
        if (value < 0) {
            return named;
        }
        String ours = named.substring(0, value);
        return ours
                + VALUE
                + variables
                        .subject(ours)
                        .map(ConfigFile::placeholder)
                        .orElseGet(() -> withoutContents(named.substring(value + VALUE.length())));
    }

    private String withoutContents(String value) {
        List<Map.Entry<String, String>> longestFirst = contents.entrySet().stream()
                .filter(variable -> variable.getValue().length() >= TELLING
                        || variable.getValue().equals(value))
                .sorted(Comparator.comparing(variable -> -variable.getValue().length()))
                .toList();
        String safe = value;
        for (Map.Entry<String, String> variable : longestFirst) {
            safe = safe.replace(variable.getValue(), placeholder(variable.getKey()));
        }
        return safe;
    }

    private static String placeholder(String variable) {
        return "${" + variable + '}';
    }

    /** Without the contents, which may be secrets. */
    @Override
    public String toString() {
        return "ConfigFile[keys=" + lines.keySet() + "]";
    }
}
