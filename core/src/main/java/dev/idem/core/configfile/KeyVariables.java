package dev.idem.core.configfile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which keys have their values from variables. An operator who has set a variable looks for its name in an error. Immutable.
 *
 * @param ofKeys such as {@code server.applicationConnectors[0].port}
 */
public record KeyVariables(Map<String, KeyVariable> ofKeys) {
    /** No key has its value from a variable. */
    public static final KeyVariables NONE = new KeyVariables(Map.of());

    /** What may follow a key in a message: an index in it, then the variable that a sentence names by itself. */
    private static final String TAIL = "((?:\\[\\d+])*)(?![\\w\\[-]|\\.\\w)(?: \\([A-Z][A-Z0-9_]*\\))?";

    public KeyVariables {
        ofKeys = Map.copyOf(ofKeys);
    }

    /** Empty if the file itself says the value. */
    public Optional<KeyVariable> of(String key) {
        return Optional.ofNullable(ofKeys.get(key));
    }

    /** These and more; these take precedence. */
    KeyVariables with(Map<String, KeyVariable> more, Predicate<String> wanted) {
        Map<String, KeyVariable> all = new HashMap<>(more);
        all.keySet().removeIf(wanted.negate());
        all.putAll(ofKeys);
        return new KeyVariables(all);
    }

    /**
     * A message that names the variable after each key, where it has one.
     *
     * @param message with whole keys
     */
    public String named(String message) {
        String named = message;
        for (Map.Entry<String, KeyVariable> filled : longestFirst()) {
            named = named(named, filled.getKey(), filled.getValue().variable());
        }
        return named;
    }

    /**
     * As {@link #named(String)}, for a message about a section.
     *
     * @param message with keys that begin at the section, at one around it, or at the file
     */
    public String named(String message, String section) {
        String named = named(message);
        for (String around = section; !around.isEmpty(); around = ConfigFile.parent(around)) {
            for (Map.Entry<String, KeyVariable> filled : longestFirst()) {
                if (filled.getKey().startsWith(around + '.')) {
                    String key = filled.getKey().substring(around.length() + 1);
                    named = named(named, key, filled.getValue().variable());
                }
            }
        }
        return named;
    }

    /** The variable after the key that a named message says something of; empty if the file itself says its value. */
    Optional<String> subject(String named) {
        String subject = named.split(" must ", 2)[0];
        return ofKeys.values().stream()
                .map(KeyVariable::variable)
                .filter(variable -> subject.contains('(' + variable + ')'))
                .min(Comparator.naturalOrder());
    }

    /** A key of one word is the message's first, since any other may be no key. */
    private static String named(String message, String key, String variable) {
        if (message.contains('(' + variable + ')')) {
            return message;
        }
        String begin = key.indexOf('.') < 0 ? "^" : "(?<![\\w.\\]-])";
        String exact = Pattern.compile(begin + Pattern.quote(key) + TAIL)
                .matcher(message)
                .replaceFirst(found -> Matcher.quoteReplacement(key + found.group(1) + " (" + variable + ')'));
        return exact.equals(message) && key.endsWith("]") ? namedList(message, key, variable) : exact;
    }

    /** A message about a list names the variable of an element. */
    private static String namedList(String message, String element, String variable) {
        String list = element.substring(0, element.lastIndexOf('['));
        String begin = list.indexOf('.') < 0 ? "^" : "(?<![\\w.\\]-])";
        return Pattern.compile(begin + Pattern.quote(list) + "(?= must )")
                .matcher(message)
                .replaceFirst(Matcher.quoteReplacement(list + " (" + variable + ')'));
    }

    private List<Map.Entry<String, KeyVariable>> longestFirst() {
        return ofKeys.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, KeyVariable>>comparingInt(
                                filled -> -filled.getKey().length())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }
}
