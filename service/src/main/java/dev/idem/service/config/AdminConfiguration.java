package dev.idem.service.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code admin} section: who may come in at the admin port.
 *
 * @param token what tasks and metrics are asked with, at least 16 printable characters; without one nobody is asked for it
 * @param hosts the names by which the port is known beside {@code localhost} and addresses, with commas between them
 */
public record AdminConfiguration(
        @Nullable String token, @Nullable String hosts) {
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,}");
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");

    /** @throws IllegalArgumentException naming the key and what it should be, and never the token */
    public AdminConfiguration {
        if (token != null && !token.isBlank() && !TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "admin.token (ADMIN_TOKEN) must have at least 16 printable characters and no"
                            + " spaces, such as the output of: openssl rand -hex 32");
        }
        for (String name : names(hosts)) {
            if (!HOST.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "admin.hosts (ADMIN_HOSTS) must be names of hosts without ports, with"
                                + " commas between them, such as idem.example.com");
            }
        }
    }

    /** Empty when none was given. */
    public Optional<String> requiredToken() {
        return Optional.ofNullable(token).filter(given -> !given.isBlank());
    }

    /** In lower case. */
    public List<String> knownHosts() {
        return names(hosts);
    }

    private static List<String> names(@Nullable String hosts) {
        return hosts == null
                ? List.of()
                : Arrays.stream(hosts.split(",", -1))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AdminConfiguration[hosts=" + knownHosts() + "]";
    }
}
