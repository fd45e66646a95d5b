package dev.idem.core.configfile;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads configuration files: one YAML document, parsed before its placeholders are filled in, so that no content of a variable
 * can change what the file says. <code>${NAME}</code> is the variable's content, <code>${NAME:-default}</code> has a default,
 * and <code>$${</code> stands for the characters themselves. An empty content without quotes is null. A variable that is not
 * set is an error, except in a comment. Immutable.
 *
 * @param variables the content of a variable; empty if it is not set
 */
public record ConfigFileReader(Function<String, Optional<String>> variables) {
    private static final int MOST_CHARACTERS = 16 << 20;
    private static final int MOST_LEVELS = 50;

    /** @throws ConfigFileException if the file is not one valid YAML document with keys, or a placeholder cannot be filled */
    public ConfigFile read(byte[] file) {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new ConfigFileException("it is not encoded in UTF-8");
        }
    }

    /** As {@link #read(byte[])}. */
    public ConfigFile read(String file) {
        if (file.length() > MOST_CHARACTERS) {
            throw new ConfigFileException("it has more than " + MOST_CHARACTERS + " characters, the most that is read");
        }
        MarkedText text = new MarkedText(file, variables);
        try {
            return new YamlTree(text).of(onlyDocument(text.marked()));
        } catch (ReaderException e) {
            throw new ConfigFileException("it is not valid YAML: it has a character that cannot be printed");
        } catch (MarkedYAMLException e) {
            throw new ConfigFileException(
                    malformed(e)); // whose own message quotes the text around, perhaps with a secret
        } catch (YAMLException e) {
            throw new ConfigFileException(
                    String.valueOf(e.getMessage()).startsWith("Nesting Depth exceeded")
                            ? "it has sections or lists within each other on more than " + MOST_LEVELS
                                    + " levels, the most that is read"
                            : "it is not valid YAML");
        }
    }

    /** Without a bound of aliases: {@link YamlTree} has one for what they stand for. Marks are longer than placeholders. */
    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(Integer.MAX_VALUE);
        limits.setCodePointLimit(Integer.MAX_VALUE);
        limits.setNestingDepthLimit(MOST_LEVELS);
        return limits;
    }

    private static Node onlyDocument(String text) {
        Iterator<Node> documents =
                new Yaml(limits()).composeAll(new StringReader(text)).iterator();
        if (!documents.hasNext()) {
            throw new ConfigFileException("it must not be empty");
        }
        Node document = documents.next();
        if (documents.hasNext()) {
            Node second = documents.next();
            throw new ConfigFileException("a second document begins near line "
                    + (second.getStartMark().getLine() + 1) + "; a configuration file is one document (---)");
        }
        if (!(document instanceof MappingNode)) {
            throw new ConfigFileException("it must be keys with their values, such as { key: value }");
        }
        return document;
    }

    private static String malformed(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        String line = mark == null ? "" : " near line " + (mark.getLine() + 1);
        return String.valueOf(e.getProblem()).startsWith("found undefined alias")
                ? "it is not valid YAML" + line
                        + ": an alias (*) needs its anchor (&) before it, and a text that begins with"
                        + " * needs quotes"
                : "it is not valid YAML" + line;
    }
}
