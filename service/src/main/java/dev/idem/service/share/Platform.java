package dev.idem.service.share;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The supported platforms. */
enum Platform {
    TIKTOK("tiktok.com"),
    REDDIT("reddit.com", "redd.it"),
    TWITTER("twitter.com", "x.com"),
    YOUTUBE("youtube.com", "youtu.be"),
    INSTAGRAM("instagram.com");

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> domains;

    Platform(String... domains) {
        this.domains = List.of(domains);
    }

    /** The platform of a host: one of its domains or a name below one, never a name that only ends alike. */
    static Optional<Platform> ofHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(platform -> platform.domains.stream()
                        .anyMatch(domain -> name.equals(domain) || name.endsWith("." + domain)))
                .findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
