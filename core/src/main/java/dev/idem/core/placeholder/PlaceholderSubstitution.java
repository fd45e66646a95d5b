package dev.idem.core.placeholder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One pass over a text. A placeholder that cannot be filled gets a mark that no file can contain, so that it can be
 * found after parsing. For one thread.
 */
final class PlaceholderSubstitution {
    private static final String ESCAPED = "$${";
    private static final String OPENING = "${";
    private static final String DEFAULT = ":-";

    private final String text;
    private final Function<String, Optional<String>> variables;
    private final String mark = "open-place-" + UUID.randomUUID() + '-';
    private final List<OpenPlace> open = new ArrayList<>();
    private int at;

    PlaceholderSubstitution(String text, Function<String, Optional<String>> variables) {
        this.text = text;
        this.variables = variables;
    }

    /**
     * A placeholder that cannot be filled.
     *
     * @param name the variable's name; empty if none is given, or the placeholder has no end
     */
    record OpenPlace(String name) {

        String complaint() {
            return name.isEmpty()
                    ? " has ${ without the name of a variable and }"
                    : " has ${" + name + "}, and there is no variable " + name;
        }
    }

    /** Returns the text with all placeholders filled that can be. Call it once. */
    String result() {
        return read(false);
    }

    boolean hasOpenPlaces() {
        return !open.isEmpty();
    }

    /** The placeholders whose marks are in a text. */
    List<OpenPlace> openIn(String part) {
        return part.contains(mark)
                ? IntStream.range(0, open.size())
                        .filter(place -> part.contains(markOf(place)))
                        .mapToObj(open::get)
                        .toList()
                : List.of();
    }

    /** A text without marks, for display. */
    String readable(String part) {
        String readable = part;
        for (int place = 0; place < open.size(); place++) {
            readable = readable.replace(markOf(place), OPENING + open.get(place).name() + '}');
        }
        return readable;
    }

    /** Reads to the end of the text, or of the enclosing default. */
    private String read(boolean inDefault) {
        StringBuilder filled = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at);
            if (text.startsWith(ESCAPED, at)) {
                filled.append(OPENING);
                at += ESCAPED.length();
            } else if (text.startsWith(OPENING, at)) {
                filled.append(place());
            } else if (inDefault && (next == '}' || next == '\n')) {
                break;
            } else {
                filled.append(next);
                at++;
            }
        }
        return filled.toString();
    }

    private String place() {
        at += OPENING.length();
        String name = name();
        Optional<String> otherwise = Optional.empty();
        if (text.startsWith(DEFAULT, at)) {
            at += DEFAULT.length();
            otherwise = Optional.of(read(true));
        }
        if (name.isEmpty() || !text.startsWith("}", at)) {
            return marked("") + otherwise.orElse(""); // which may contain the quote that ends the value
        }
        at++;
        Optional<String> fallback = otherwise;
        return variables.apply(name).or(() -> fallback).orElseGet(() -> marked(name));
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

    private String marked(String name) {
        open.add(new OpenPlace(name));
        return markOf(open.size() - 1);
    }

    /** With an end, so that no mark is a prefix of another. */
    private String markOf(int place) {
        return mark + place + '-';
    }
}
