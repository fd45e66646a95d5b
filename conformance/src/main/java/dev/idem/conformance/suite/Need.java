package dev.idem.conformance.suite;

import dev.idem.conformance.exchange.Server;
import java.time.Duration;

/** What a case must know or have of a server, beyond an end point that creates something. */
public enum Need {
    PROBE("--probe"),
    OTHER_BODY("--other-body, or --probe"),
    CREDENTIALS("--header, with the credentials of a user"),
    SECOND_USER("--other-header, with the credentials of a second user"),
    FREE_KEYS("--keys any: keys that are no UUIDs"),
    UUID_KEYS("--keys uuid: a server that refuses other keys"),
    WINDOW("--window, of at least 500 ms"),
    SHORT_TTL("--ttl, of at most 30 s");

    private static final Duration LEAST_WINDOW = Duration.ofMillis(500);
    private static final Duration LONGEST_TTL = Duration.ofSeconds(30);

    private final String meaning;

    Need(String meaning) {
        this.meaning = meaning;
    }

    /** For people: the option that it takes. */
    public String meaning() {
        return meaning;
    }

    /** Whether the server is said to have it. */
    public boolean isMetBy(Server server) {
        return switch (this) {
            case PROBE -> server.probe().isPresent();
            case OTHER_BODY -> server.probe().isPresent() || server.otherBody().isPresent();
            case CREDENTIALS -> !server.credentials().isEmpty();
            case SECOND_USER -> !server.otherCredentials().isEmpty();
            case FREE_KEYS -> !server.uuidKeys();
            case UUID_KEYS -> server.uuidKeys();
            case WINDOW ->
                server.window()
                        .filter(window -> window.compareTo(LEAST_WINDOW) >= 0)
                        .isPresent();
            case SHORT_TTL ->
                server.ttl().filter(ttl -> ttl.compareTo(LONGEST_TTL) <= 0).isPresent();
        };
    }
}
