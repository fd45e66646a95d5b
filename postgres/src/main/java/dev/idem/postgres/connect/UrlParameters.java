package dev.idem.postgres.connect;

import static java.util.stream.Collectors.toSet;

import dev.idem.core.connect.ConfigKey;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a database's URL: those of libpq are translated for the driver, and what neither knows is refused. */
final class UrlParameters {
    private static final Map<String, String> RENAMED = Map.of(
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "gssencmode", "gssEncMode",
            "krbsrvname", "kerberosServerName",
            "load_balance_hosts", "loadBalanceHosts",
            "require_auth", "requireAuth",
            "sslnegotiation", "sslNegotiation",
            "target_session_attrs", "targetServerType",
            "keepalives", "tcpKeepAlive");

    /** By the driver's name. A value of libpq that is not here has the same name in the driver. */
    private static final Map<String, Map<String, String>> VALUES = Map.of(
            "targetServerType",
            Map.of(
                    "any", "any",
                    "read-write", "primary",
                    "primary", "primary",
                    "read-only", "secondary",
                    "standby", "secondary",
                    "prefer-standby", "preferSecondary"),
            "loadBalanceHosts",
            Map.of("disable", "false", "random", "true"),
            "tcpKeepAlive",
            Map.of("0", "false", "1", "true"));

    private static final String ANY = "jdbc:postgresql://host/database";
    private static final Set<String> OF_ADDRESS = Set.of("PGHOST", "PGPORT", "PGDBNAME");
    private static final String ROOT_CERTIFICATE = "sslrootcert";
    private static final String SSL_MODE = "sslmode";

    private final ConfigKey setting;
    private final boolean besidePassword;

    /** @param besidePassword whether a password is among them: what follows an unencoded &amp; may be the rest of it */
    UrlParameters(ConfigKey setting, boolean besidePassword) {
        this.setting = setting;
        this.besidePassword = besidePassword;
    }

    /**
     * The driver's parameters for those of a {@code postgres://} URL, decoded.
     *
     * @throws IllegalArgumentException if one of them means nothing to the driver
     */
    Map<String, String> ofLibpq(Map<String, String> given) {
        Map<String, String> translated = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            String driverName = RENAMED.getOrDefault(name, name);
            requireKnown(driverName, name);
            if (translated.put(driverName, value(driverName, name, value)) != null) {
                throw setting.wrong("has " + name + " twice, or under two names");
            }
        });
        return withVerification(translated);
    }

    /** @throws IllegalArgumentException if the driver knows no parameter of this name */
    void requireKnown(String name) {
        requireKnown(name, name);
    }

    private void requireKnown(String driverName, String written) {
        if (!known().contains(driverName)) {
            throw setting.wrong("has a parameter " + (besidePassword ? "beside its password" : written) + ", which "
                    + (RENAMED.containsKey(written)
                            ? "is " + RENAMED.get(written) + " in a jdbc: URL"
                            : "the PostgreSQL driver does not know"));
        }
    }

    private static Set<String> known() {
        try {
            return Arrays.stream(DriverManager.getDriver(ANY).getPropertyInfo(ANY, new Properties()))
                    .map(property -> property.name)
                    .filter(name -> !OF_ADDRESS.contains(name))
                    .collect(toSet());
        } catch (SQLException e) {
            throw new IllegalStateException("the PostgreSQL driver is on the class path", e);
        }
    }

    private String value(String driverName, String written, String value) {
        @Nullable Map<String, String> values = VALUES.get(driverName);
        if (values == null || written.equals(driverName)) {
            return value;
        }
        @Nullable String translated = values.get(value.toLowerCase(Locale.ROOT));
        if (translated == null) {
            throw setting.wrong("has a " + written + " that is not one of "
                    + String.join(", ", values.keySet().stream().sorted().toList()));
        }
        return translated;
    }

    /**
     * As in libpq, a root certificate means that the server's certificate is verified. The driver would only do so for {@code
     * verify-ca} and {@code verify-full}.
     */
    private static Map<String, String> withVerification(Map<String, String> parameters) {
        @Nullable String root = parameters.get(ROOT_CERTIFICATE);
        if (root == null) {
            return parameters;
        }
        if (root.equals("system")) {
            parameters.remove(ROOT_CERTIFICATE);
            parameters.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            parameters.putIfAbsent(SSL_MODE, "verify-full");
        }
        if ("require".equals(parameters.getOrDefault(SSL_MODE, "require"))) {
            parameters.put(SSL_MODE, "verify-ca");
        }
        return parameters;
    }
}
