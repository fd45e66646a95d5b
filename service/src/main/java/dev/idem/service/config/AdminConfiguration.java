package dev.idem.service.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code admin} section: access to the admin port.
 *
 * @param token required for tasks and metrics, at least 16 printable characters; if it is not set, they are open
 * @param hosts names of the port besides {@code localhost} and addresses, separated by commas
 */
public record AdminConfiguration(
        @Nullable String token, @Nullable String hosts) {
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,}");
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");

    /** @throws IllegalArgumentException naming the key and what it should be, never the token */
    public AdminConfiguration {
        if (token != null && !token.isBlank() && !TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "admin.token (ADMIN_TOKEN) must have at least 16 printable characters and no"
                            + " spaces, such as the output of: openssl rand -hex 32");
        }
        for (String name : names(hosts)) {
            if (!HOST.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "admin.hosts (ADMIN_HOSTS) must be host names without ports, separated"
                                + " by commas, such as idem.example.com");
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
