package dev.idem.core.rollout;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The kinds of clients that are included.
 *
 * @param names in lower case; empty for all
 */
public record Platforms(Set<String> names) {
    /** All of them. */
    public static final Platforms ALL = new Platforms(Set.of());

    private static final int MOST = 20;
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,31}";
    private static final String WORDS =
            "platforms must be words such as ios, android or web, of at most 32 letters, digits, dots and dashes";

    public Platforms {
        names = Set.copyOf(names);
        if (names.size() > MOST) {
            throw new IllegalArgumentException("platforms must be at most " + MOST + ", not " + names.size());
        }
        if (!names.stream().allMatch(name -> name.matches(NAME))) {
            throw new IllegalArgumentException(WORDS);
        }
    }

    /**
     * Reads the names, in any case. They come from JSON, where a list may have a null.
     *
     * @throws IllegalArgumentException if there are more than 20, or one is not a short word
     */
    public static Platforms of(Collection<String> names) {
        if (names.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(WORDS);
        }
        return new Platforms(
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
    }

    public boolean areAll() {
        return names.isEmpty();
    }

    /** Whether a client of this platform is included. Ignores case. */
    public boolean include(String platform) {
        return areAll() || names.contains(platform.toLowerCase(Locale.ROOT));
    }

    /** In order, for display. */
    public Set<String> inOrder() {
        return new TreeSet<>(names);
    }
}
