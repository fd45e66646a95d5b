package dev.idem.postgres.connect;

import static java.util.stream.Collectors.joining;

import dev.idem.core.connect.ConfigKey;
import dev.idem.core.connect.Credentials;
import dev.idem.core.connect.StoreUrl;
import dev.idem.postgres.url.JdbcAddress;
import dev.idem.postgres.url.UrlParameters;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads database.url; see {@link DatabaseTarget#parse}. */
final class DatabaseTargetParser {
    private static final ConfigKey URL = new ConfigKey(
            "database.url (DATABASE_URL)",
            "embedded, jdbc:postgresql://host:port/database?user=…, or postgres://user:password@host:port/database");
    private static final String JDBC = "jdbc:postgresql:";
    private static final String USER = "user";
    private static final String PASSWORD = "password";

    private DatabaseTargetParser() {}

    static DatabaseTarget parse(String text) {
        String url = text.trim();
        if (url.equals("embedded")) {
            return new DatabaseTarget.Embedded();
        }
        return url.startsWith(JDBC) ? jdbc(url) : postgres(StoreUrl.parse(URL, url));
    }

    /** Removes user and password, and leaves the rest unchanged. */
    private static DatabaseTarget jdbc(String url) {
        int question = url.indexOf('?');
        String address = question < 0 ? url : url.substring(0, question);
        if (address.contains("@")) {
            throw URL.wrong("has an @: in a jdbc: URL, user and password are parameters (?user=…&password=…)");
        }
        UrlParameters parameters = new UrlParameters(URL, url.contains(PASSWORD + "="));
        Map<String, String> login = new HashMap<>();
        List<String> rest = new ArrayList<>();
        for (String parameter :
                question < 0 ? new String[0] : url.substring(question + 1).split("&")) {
            if (parameter.startsWith(USER + "=") || parameter.startsWith(PASSWORD + "=")) {
                int equals = parameter.indexOf('=');
                login.put(parameter.substring(0, equals), decode(parameter.substring(equals + 1)));
            } else if (!parameter.isEmpty()) {
                String[] halves = parameter.split("=", 2);
                parameters.requireKnown(halves[0], halves.length == 2 ? decode(halves[1]) : "");
                rest.add(parameter);
            }
        }
        return external(address, String.join("&", rest), login.get(USER), login.get(PASSWORD));
    }

    private static DatabaseTarget postgres(StoreUrl url) {
        if (!url.scheme().equals("postgres") && !url.scheme().equals("postgresql")) {
            throw URL.wrong("does not start with jdbc:postgresql: or postgres://");
        }
        if (url.path().isEmpty()) {
            throw URL.wrong("names no database after the host");
        }
        Map<String, String> query = url.query();
        String user = query.remove(USER);
        String password = query.remove(PASSWORD);
        return external(
                JDBC + "//" + url.hosts() + "/" + url.path(),
                rendered(new UrlParameters(URL, password != null).ofLibpq(query)),
                url.credentials().user() == null ? user : url.credentials().user(),
                url.credentials().password() == null
                        ? password
                        : url.credentials().password());
    }

    private static DatabaseTarget external(
            String address, String query, @Nullable String user, @Nullable String password) {
        String jdbcUrl = query.isEmpty() ? address : address + "?" + query;
        if (!JdbcAddress.isReadable(jdbcUrl)) {
            throw URL.wrong("has a host, port or parameter that the PostgreSQL driver refuses");
        }
        return new DatabaseTarget.External(jdbcUrl, new Credentials(user, password));
    }

    private static String rendered(Map<String, String> query) {
        return query.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(joining("&"));
    }

    @SuppressWarnings("UnusedException") // its message would quote a part of a password
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw URL.wrong("has a % that is not followed by two hexadecimal digits");
        }
    }
}
