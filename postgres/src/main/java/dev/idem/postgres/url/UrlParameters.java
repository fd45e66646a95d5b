package dev.idem.postgres.url;

import dev.idem.core.connect.ConfigKey;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a database's URL: those of libpq are translated for the driver, and what neither knows is refused. Immutable. */
public final class UrlParameters {
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

    private static final String ROOT_CERTIFICATE = "sslrootcert";
    private static final String SSL_MODE = "sslmode";

    private final DriverParameters driver = new DriverParameters();
    private final ConfigKey setting;
    private final boolean besidePassword;

    /** @param besidePassword whether a password is among them: what follows an unencoded &amp; may be the rest of it */
    public UrlParameters(ConfigKey setting, boolean besidePassword) {
        this.setting = setting;
        this.besidePassword = besidePassword;
    }

    /**
     * The driver's parameters for those of a {@code postgres://} URL, decoded.
     *
     * @throws IllegalArgumentException if one of them means nothing to the driver
     */
    public Map<String, String> ofLibpq(Map<String, String> given) {
        Map<String, String> translated = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            String driverName = RENAMED.getOrDefault(name, name);
            String driverValue = value(driverName, name, value);
            requireKnown(driverName, name, driverValue);
            if (translated.put(driverName, driverValue) != null) {
                throw setting.wrong("has " + name + " twice, or under two names");
            }
        });
        return withVerification(translated);
    }

    /**
     * Checks a parameter of a {@code jdbc:} URL.
     *
     * @param value decoded
     * @throws IllegalArgumentException if the driver knows no parameter of this name, or not this value of it
     */
    public void requireKnown(String name, String value) {
        requireKnown(name, name, value);
    }

    private void requireKnown(String driverName, String written, String value) {
        if (!driver.has(driverName)) {
            throw setting.wrong("has a parameter " + (besidePassword ? "beside its password" : written) + ", which "
                    + (RENAMED.containsKey(written)
                            ? "is " + RENAMED.get(written) + " in a jdbc: URL"
                            : "the PostgreSQL driver does not know"));
        }
        driver.expected(driverName, value).ifPresent(expected -> {
            throw setting.wrong("has a parameter " + written + " that is not " + expected);
        });
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
