package dev.idem.core.configfile;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What stands for one placeholder: pieces that follow each other. */
record Placeholder(List<Piece> pieces) {

    sealed interface Piece {}

    /** What the file itself says: a default, or an escaped opening. Quotes around it hold for it, too. */
    record Written(String text) implements Piece {}

    /** What a variable contains: text, never YAML. */
    record Content(String variable, String text) implements Piece {
        /** In the C locale Java reads each byte beyond ASCII as U+FFFD: a secret would be another one. */
        boolean isReadable() {
            return text.indexOf('\uFFFD') < 0;
        }
    }

    /**
     * A variable that is not set.
     *
     * @param variable empty if none is named, or the placeholder has no end
     */
    record Open(String variable) implements Piece {

        String complaint() {
            return variable.isEmpty()
                    ? " has ${ without the name of a variable and }"
                    : " has ${" + variable + "}, and there is no variable " + variable;
        }
    }

    Placeholder {
        pieces = List.copyOf(pieces);
    }

    /** The text, in a scalar of this style. */
    String text(ScalarStyle style) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece instanceof Written written) {
                text.append(unquoted(written.text(), style));
            } else if (piece instanceof Content content) {
                text.append(content.text());
            } else if (piece instanceof Open open) {
                text.append("${").append(open.variable()).append('}');
            }
        }
        return text.toString();
    }

    /** Whose content it is; empty if none is set. */
    Optional<String> variable() {
        return pieces.stream()
                .filter(Content.class::isInstance)
                .map(piece -> ((Content) piece).variable())
                .findFirst();
    }

    boolean isWritten() {
        return pieces.stream().allMatch(Written.class::isInstance);
    }

    private static String unquoted(String text, ScalarStyle style) {
        return switch (style) {
            case SINGLE_QUOTED -> text.replace("''", "'");
            case DOUBLE_QUOTED -> text.indexOf('\\') < 0 ? text : unescaped(text);
            default -> text;
        };
    }

    private static String unescaped(String text) {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new java.io.StringReader('"' + text + '"'));
            return node instanceof ScalarNode scalar ? scalar.getValue() : text;
        } catch (YAMLException notEscaped) {
            return text;
        }
    }
}
