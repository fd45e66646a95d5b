package dev.idem.admin.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.core.configfile.KeyVariable;
import dev.idem.core.configfile.KeyVariables;
import dev.idem.core.connect.Credentials;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.KeyPrefix;
import dev.idem.redis.tls.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings as the service does: from config.yml with the environment put into its {@code ${…}} places, from
 * the environment alone where the file says nothing, and else the defaults.
 *
 * @param environment the environment variables
 * @param directory where a relative path begins
 */
public record SettingsReader(Map<String, String> environment, Path directory) {
    private static final String DEFAULT_FILE = "config.yml";

    private static final Map<String, String> VARIABLES = Map.of(
            "redis.url", "REDIS_URL",
            "redis.mode", "REDIS_MODE",
            "redis.caFile", "REDIS_CA_FILE",
            "redis.certFile", "REDIS_CERT_FILE",
            "redis.keyFile", "REDIS_KEY_FILE",
            "database.url", "DATABASE_URL",
            "dataDir", "DATA_DIR",
            "admin.token", "ADMIN_TOKEN");

    /**
     * Reads the file.
     *
     * @param file null for config.yml in the directory if there is one, else none
     * @throws SettingsException if the file cannot be read, or a setting in it cannot be used
     */
    public Settings read(@Nullable Path file) {
        ServiceFile config = configFile(file);
        try {
            return new Settings(
                    redis(config),
                    KeyPrefix.of(config.value("redis.keyPrefix").orElse(null)),
                    login(DatabaseTarget.parse(value(config, "database.url").orElse("embedded")), config),
                    directory.resolve(value(config, "dataDir").orElse("data")));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(config.describe()
                    + fromEnvironment(config).named(config.safe().apply(e.getMessage())));
        }
    }

    /** A login of the file's own, as applications with the bundle have it, where the URL has none. */
    private static DatabaseTarget login(DatabaseTarget target, ServiceFile config) {
        if (!(target instanceof DatabaseTarget.External external)) {
            return target;
        }
        Credentials inUrl = external.credentials();
        return new DatabaseTarget.External(
                external.jdbcUrl(),
                new Credentials(
                        inUrl.user() == null ? config.value("database.user").orElse(null) : inUrl.user(),
                        inUrl.password() == null
                                ? config.value("database.password").orElse(null)
                                : inUrl.password()));
    }

    /**
     * The file with its variables filled in; nothing if there is none.
     *
     * @throws SettingsException if the file cannot be read
     */
    public JsonNode content(@Nullable Path file) {
        return configFile(file).content();
    }

    /** The consistency of routes where the file says nothing. */
    public String usualConsistency() {
        return Optional.ofNullable(environment.get("IDEMPOTENCY_CONSISTENCY")).orElse("fast");
    }

    /**
     * What the service's admin port is asked with, if it asks for anything.
     *
     * @throws SettingsException if the file cannot be read
     */
    public Optional<String> adminToken(@Nullable Path file) {
        return value(configFile(file), "admin.token").filter(token -> !token.isBlank());
    }

    /** The variables beside REDIS_URL are for it, not for the URL of a file. */
    private RedisTarget redis(ServiceFile config) {
        Optional<String> own = config.value("redis.url");
        Function<String, @Nullable String> beside =
                key -> (own.isPresent() ? config.value(key) : value(config, key)).orElse(null);
        return RedisTarget.parse(
                value(config, "redis.url").orElse("embedded"),
                beside.apply("redis.mode"),
                new TlsFiles(
                        beside.apply("redis.caFile"), beside.apply("redis.certFile"), beside.apply("redis.keyFile")));
    }

    private ServiceFile configFile(@Nullable Path file) {
        if (file != null) {
            return ServiceFile.read(directory.resolve(file), environment);
        }
        Path usual = directory.resolve(DEFAULT_FILE);
        return Files.exists(usual) ? ServiceFile.read(usual, environment) : ServiceFile.none();
    }

    /** The variables that stand for keys which the file lacks. */
    private KeyVariables fromEnvironment(ServiceFile config) {
        return new KeyVariables(VARIABLES.entrySet().stream()
                .filter(of -> config.value(of.getKey()).isEmpty() && environment.containsKey(of.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, of -> new KeyVariable(of.getValue(), "", ""))));
    }

    private Optional<String> value(ServiceFile config, String key) {
        String variable = Objects.requireNonNull(VARIABLES.get(key), key);
        return config.value(key).or(() -> Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(text -> readable(variable, text)));
    }

    private static String readable(String variable, String text) {
        ShellEncoding.complaint(List.of(text)).ifPresent(complaint -> {
            throw new SettingsException(variable + ": " + complaint);
        });
        return text;
    }
}
