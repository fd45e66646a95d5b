package dev.idem.core.configfile;

import dev.idem.core.configfile.Placeholder.Content;
import dev.idem.core.configfile.Placeholder.Open;
import dev.idem.core.configfile.Placeholder.Piece;
import dev.idem.core.configfile.Placeholder.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * A file in which each placeholder is replaced by a mark: a word that no file contains and that means nothing in YAML. So a
 * placeholder can stand wherever a word can, and what it stands for is never parsed. Read-only once it is made.
 */
final class MarkedText {
    private static final String ESCAPED = "$${";
    private static final String OPENING = "${";
    private static final String DEFAULT = ":-";

    private final String text;
    private final Function<String, Optional<String>> variables;
    private final String mark = "place-" + UUID.randomUUID() + '-';
    private final Pattern marks = Pattern.compile(mark + "(\\d+)-");
    private final List<Placeholder> placeholders = new ArrayList<>();
    private final String marked;
    private int at;

    MarkedText(String text, Function<String, Optional<String>> variables) {
        this.text = text;
        this.variables = variables;
        this.marked = readAll();
    }

    /** The text with marks. */
    String marked() {
        return marked;
    }

    /** The placeholders in a part of the parsed text. */
    List<Placeholder> in(String part) {
        return marks.matcher(part)
                .results()
                .map(found -> placeholders.get(Integer.parseInt(found.group(1))))
                .toList();
    }

    /** What fills a part of the parsed text in; empty if no variable does. */
    Optional<KeyVariable> variable(String part) {
        return marks.matcher(part)
                .results()
                .flatMap(found -> placeholders.get(Integer.parseInt(found.group(1))).variable().stream()
                        .map(variable -> new KeyVariable(
                                variable, part.substring(0, found.start()), part.substring(found.end()))))
                .findFirst();
    }

    /** A part of the parsed text, filled in. */
    String filled(String part, ScalarStyle style) {
        return marks.matcher(part)
                .replaceAll(found -> Matcher.quoteReplacement(
                        placeholders.get(Integer.parseInt(found.group(1))).text(style)));
    }

    private String readAll() {
        StringBuilder written = new StringBuilder();
        while (at < text.length()) {
            if (isEscaped()) {
                written.append(marked(List.of(escaped())));
            } else if (text.startsWith(OPENING, at)) {
                List<Piece> pieces = new ArrayList<>();
                String rest = placeholder(pieces);
                written.append(marked(pieces)).append(rest);
            } else {
                written.append(text.charAt(at++));
            }
        }
        return written.toString();
    }

    /** Reads to the end of the enclosing default. */
    private List<Piece> defaultPieces() {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder written = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '}' && text.charAt(at) != '\n') {
            if (isEscaped() || text.startsWith(OPENING, at)) {
                pieces.add(new Written(written.toString()));
                written.setLength(0);
                if (isEscaped()) {
                    pieces.add(escaped());
                } else {
                    written.append(placeholder(pieces));
                }
            } else {
                written.append(text.charAt(at++));
            }
        }
        pieces.add(new Written(written.toString()));
        return pieces;
    }

    /**
     * Reads one placeholder into its pieces.
     *
     * @return what belongs to the text after it; a default without an end may contain the quote that ends the value
     */
    private String placeholder(List<Piece> pieces) {
        at += OPENING.length();
        String name = name();
        int begin = at;
        Optional<List<Piece>> otherwise = Optional.empty();
        if (text.startsWith(DEFAULT, at)) {
            at += DEFAULT.length();
            begin = at;
            otherwise = Optional.of(defaultPieces());
        }
        if (name.isEmpty() || !text.startsWith("}", at)) {
            pieces.add(new Open(""));
            return text.substring(begin, at);
        }
        at++;
        Optional<String> content = variables.apply(name);
        if (content.isPresent()) {
            pieces.add(new Content(name, content.get()));
        } else {
            pieces.addAll(otherwise.orElse(List.of(new Open(name))));
        }
        return "";
    }

    private boolean isEscaped() {
        return text.startsWith(ESCAPED, at);
    }

    private Piece escaped() {
        at += ESCAPED.length();
        return new Written(OPENING);
    }

    private String name() {
        int begin = at;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        return text.substring(begin, at);
    }

    /** Letters, digits and other characters of variable names, such as in PROGRAMFILES(X86). */
    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || "_.()-".indexOf(c) >= 0;
    }

    private String marked(List<Piece> pieces) {
        placeholders.add(new Placeholder(pieces));
        return mark + (placeholders.size() - 1) + '-';
    }
}
