package dev.idem.core.configfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.idem.core.configfile.Placeholder.Content;
import dev.idem.core.configfile.Placeholder.Open;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns one parsed document into a tree, and fills its scalars in. For one document and one thread. */
final class YamlTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> NULL = Set.of("~", "null", "Null", "NULL");

    /** An alias stands for all that its anchor has, so a short file could be a tree without an end. */
    private static final int MOST_VALUES = 200_000;

    private final MarkedText text;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, String> contents = new HashMap<>();
    private final Map<String, KeyVariable> variables = new HashMap<>();
    private final Map<String, String> writtenKeys = new HashMap<>();
    private final Set<String> complaints = new LinkedHashSet<>();
    private final Set<Node> around = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    YamlTree(MarkedText text) {
        this.text = text;
    }

    /** @throws ConfigFileException if a key is there twice, or a placeholder cannot be filled */
    ConfigFile of(Node document) {
        JsonNode root = node(document, "");
        if (!complaints.isEmpty()) {
            throw new ConfigFileException(
                    String.join("; ", complaints)
                            + ". Set the variable, or give it a default as in ${NAME:-x}; for the characters ${ themselves write $${.");
        }
        return new ConfigFile(root, lines, contents, new KeyVariables(variables), writtenKeys);
    }

    private JsonNode node(Node node, String key) {
        if (++values > MOST_VALUES) {
            throw new ConfigFileException(
                    "line " + line(node) + ": with what its aliases (*) stand for, the file has more than "
                            + MOST_VALUES + " values, the most that is read");
        }
        lines.putIfAbsent(key, line(node));
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, key);
        }
        if (!around.add(node)) {
            throw new ConfigFileException("line " + line(node) + ": " + key + " contains itself, by an alias (*)");
        }
        JsonNode tree = node instanceof SequenceNode list ? list(list, key) : section((MappingNode) node, key);
        around.remove(node);
        return tree;
    }

    private JsonNode scalar(ScalarNode scalar, String key) {
        String value = filled(scalar, key);
        text.variable(scalar.getValue()).ifPresent(variable -> variables.putIfAbsent(key, variable));
        List<Placeholder> placeholders = text.in(scalar.getValue());
        boolean isNull = placeholders.isEmpty()
                ? scalar.getTag().equals(Tag.NULL)
                : scalar.getScalarStyle() == ScalarStyle.PLAIN
                        && (value.isEmpty()
                                || (NULL.contains(value)
                                        && placeholders.stream().allMatch(Placeholder::isWritten)));
        return isNull ? NODES.nullNode() : NODES.textNode(value);
    }

    private String filled(ScalarNode scalar, String key) {
        for (Placeholder placeholder : text.in(scalar.getValue())) {
            for (Placeholder.Piece piece : placeholder.pieces()) {
                if (piece instanceof Content content) {
                    contents.put(content.variable(), content.text());
                    if (!content.isReadable()) {
                        throw new ConfigFileException(key + " has ${" + content.variable()
                                + "}, whose content cannot be read in this process's encoding ("
                                + System.getProperty("sun.jnu.encoding", "unknown")
                                + "). Set a locale that uses UTF-8, such as LC_ALL=C.UTF-8");
                    }
                } else if (piece instanceof Open open) {
                    complaints.add(
                            (key.isEmpty() ? "The file" : key) + open.complaint() + " (line " + line(scalar) + ')');
                }
            }
        }
        return text.filled(scalar.getValue(), scalar.getScalarStyle());
    }

    private ArrayNode list(SequenceNode list, String key) {
        ArrayNode elements = NODES.arrayNode();
        for (Node element : list.getValue()) {
            String index = "[" + elements.size() + ']';
            write(key + index, written(key) + index);
            elements.add(node(element, key + index));
        }
        return elements;
    }

    private ObjectNode section(MappingNode section, String key) {
        ObjectNode keys = NODES.objectNode();
        List<Node> merged = new ArrayList<>();
        Map<String, Integer> written = new HashMap<>();
        for (NodeTuple tuple : section.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged.add(tuple.getValueNode());
                continue;
            }
            String name = name(tuple.getKeyNode(), key);
            String child = child(key, name);
            write(child, child(written(key), written((ScalarNode) tuple.getKeyNode(), name)));
            Integer before = written.put(name, line(tuple.getKeyNode()));
            if (before != null) {
                throw new ConfigFileException("line " + line(tuple.getKeyNode()) + ": " + written(child)
                        + " is already on line " + before + "; a key must be there once");
            }
            lines.putIfAbsent(child, line(tuple.getKeyNode()));
            keys.set(name, node(tuple.getValueNode(), child));
        }
        merged.forEach(other -> merge(other, key, keys));
        return keys;
    }

    private String name(Node node, String key) {
        if (!(node instanceof ScalarNode scalar)) {
            throw new ConfigFileException("line " + line(node) + ": a key must be a word, not a list or a section");
        }
        String written = text.filled(scalar.getValue(), scalar.getScalarStyle());
        String unused = filled(scalar, key.isEmpty() ? written : key + '.' + written);
        return written;
    }

    private static String child(String section, String name) {
        return section.isEmpty() ? name : section + '.' + name;
    }

    private void write(String key, String written) {
        if (!written.equals(key)) {
            writtenKeys.putIfAbsent(key, written);
        }
    }

    private String written(String key) {
        return writtenKeys.getOrDefault(key, key);
    }

    private String written(ScalarNode key, String name) {
        return text.variable(key.getValue())
                .map(variable -> "${" + variable.variable() + '}')
                .orElse(name);
    }

    /** {@code <<: *anchor}: the keys of another section, where this one has none of its own. */
    private void merge(Node other, String key, ObjectNode keys) {
        if (other instanceof SequenceNode several) {
            several.getValue().forEach(each -> merge(each, key, keys));
        } else if (other instanceof MappingNode section && node(section, key) instanceof ObjectNode theirs) {
            theirs.properties().forEach(entry -> keys.putIfAbsent(entry.getKey(), entry.getValue()));
        } else {
            throw new ConfigFileException(
                    "line " + line(other) + ": << must be followed by the alias (*) of a section, or a list of these");
        }
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
