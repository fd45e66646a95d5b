package dev.idem.postgres.url;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL for the PostgreSQL driver, checked before the driver gets it. The driver logs a URL that it refuses, which may contain a
 * password in a wrong place.
 */
public final class JdbcAddress {
    private static final String HOST = "(?:\\[[0-9A-Za-z:.%]+]|[^:/,\\[\\]]*)(?::\\d{1,5})?";
    private static final Pattern SHAPE =
            Pattern.compile("jdbc:postgresql:(?://" + HOST + "(?:," + HOST + ")*/[^/?]*|/{0,3}|[^/?:]+)(?:\\?(.*))?");
    private static final Pattern PORT = Pattern.compile(":(\\d+)(?=[,/])");
    private static final int LARGEST_PORT = 65_535;

    private JdbcAddress() {}

    /** Whether the driver accepts the URL, as far as this can be known without a connection. */
    public static boolean isReadable(String url) {
        Matcher shape = SHAPE.matcher(url);
        return shape.matches() && hasPortsInRange(url) && isDecodable(shape.group(1)) && isTakenByDriver(url);
    }

    private static boolean hasPortsInRange(String url) {
        int query = url.indexOf('?');
        return PORT.matcher(query < 0 ? url : url.substring(0, query))
                .results()
                .mapToInt(port -> Integer.parseInt(port.group(1)))
                .allMatch(port -> port >= 1 && port <= LARGEST_PORT);
    }

    @SuppressWarnings("UnusedException") // its message would quote a part of a password
    private static boolean isDecodable(@Nullable String query) {
        try {
            return query == null || URLDecoder.decode(query, StandardCharsets.UTF_8) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @SuppressWarnings("UnusedException") // it says "no suitable driver", which would mislead
    private static boolean isTakenByDriver(String url) {
        try {
            return DriverManager.getDriver(url) != null;
        } catch (SQLException e) {
            return false;
        }
    }
}
