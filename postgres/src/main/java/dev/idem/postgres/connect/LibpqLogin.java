package dev.idem.postgres.connect;

import dev.idem.core.connect.Credentials;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Completes a login as libpq does. What the URL does not say is in {@code PGUSER} and {@code PGPASSWORD}, and then in the password
 * file, {@code PGPASSFILE} or {@code ~/.pgpass}. The driver alone knows the file, and only for one host. Immutable.
 */
public final class LibpqLogin {
    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql://([^/?]*)/([^?]*).*");
    private static final Pattern HOST = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(\\d+))?");
    private static final String USUAL_PORT = "5432";

    private final Map<String, String> environment;
    private final Path home;

    /** @param home the folder of {@code .pgpass} */
    public LibpqLogin(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    /** With this process's environment. */
    public static LibpqLogin ofProcess() {
        Map<String, String> environment = System.getenv();
        String home = environment.getOrDefault("HOME", "");
        return new LibpqLogin(environment, Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home));
    }

    /**
     * The login for a database. The user is absent if neither the URL nor the surroundings have one. The password is empty then: for
     * an absent one the driver would look into the password file by itself, also into one that others may read.
     */
    public Credentials of(DatabaseTarget.External target) {
        Credentials written = target.credentials();
        @Nullable String user = written.user() != null ? written.user() : environment.get("PGUSER");
        @Nullable String password = written.password();
        if (password == null) {
            password = environment.get("PGPASSWORD");
        }
        if (password == null) {
            password = ofFile(target, user).orElse("");
        }
        return new Credentials(user, password);
    }

    private Optional<String> ofFile(DatabaseTarget.External target, @Nullable String user) {
        Matcher address = ADDRESS.matcher(target.jdbcUrl());
        if (!address.matches()) {
            return Optional.empty();
        }
        @Nullable String named = environment.get("PGPASSFILE");
        PasswordFile file = new PasswordFile(named == null ? home.resolve(".pgpass") : Path.of(named));
        String database = address.group(2);
        String login = Objects.requireNonNullElse(user, System.getProperty("user.name", ""));
        List<Matcher> hosts = Arrays.stream(address.group(1).split(","))
                .map(HOST::matcher)
                .filter(Matcher::matches)
                .toList();
        return hosts.stream()
                .flatMap(host -> file
                        .password(
                                host.group(1).isEmpty() ? "localhost" : host.group(1),
                                Objects.requireNonNullElse(host.group(2), USUAL_PORT),
                                database.isEmpty() ? login : database,
                                login)
                        .stream())
                .findFirst();
    }
}
