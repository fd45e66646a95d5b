package dev.idem.redis.connect;

import dev.idem.core.connect.ConfigKey;
import dev.idem.core.connect.Credentials;
import dev.idem.core.connect.StoreUrl;
import dev.idem.redis.connect.RedisTarget.Mode;
import dev.idem.redis.tls.TlsFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** Reads redis.url and redis.mode; see {@link RedisTarget#parse}. */
final class RedisTargetParser {
    private static final ConfigKey URL = new ConfigKey(
            "redis.url (REDIS_URL)",
            "embedded, redis://[user:password@]host:port[/database], rediss://… for TLS,"
                    + " or several of these separated by commas");
    private static final ConfigKey MODE = new ConfigKey("redis.mode (REDIS_MODE)", "standalone, cluster or sentinel");
    private static final Set<String> PARAMETERS = Set.of("master", "sentinelPassword");
    private static final int DEFAULT_PORT = 6379;
    private static final int DEFAULT_SENTINEL_PORT = 26379;

    private RedisTargetParser() {}

    static RedisTarget parse(String url, @Nullable String modeText, TlsFiles files) {
        Mode mode = mode(modeText);
        if (url.trim().equals("embedded")) {
            if (mode != Mode.STANDALONE) {
                throw MODE.wrong("must be standalone for the embedded Redis");
            }
            requireTls(false, files);
            return new RedisTarget.Embedded();
        }
        List<StoreUrl> urls = new ArrayList<>();
        for (String part : url.split(",", -1)) {
            urls.add(checked(StoreUrl.parse(URL, part.trim())));
        }
        int port = mode == Mode.SENTINEL ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT;
        RedisTarget.External target = new RedisTarget.External(
                mode,
                urls.stream()
                        .map(node -> address(node.hosts(), port))
                        .distinct()
                        .toList(),
                common(urls, "the master's name", node -> node.query().get("master")),
                common(
                                urls,
                                "user info",
                                node -> node.credentials().equals(Credentials.NONE) ? null : node.credentials())
                        .orElse(Credentials.NONE),
                common(urls, "sentinelPassword", node -> node.query().get("sentinelPassword"))
                        .map(password -> new Credentials(null, password))
                        .orElse(Credentials.NONE),
                common(urls, "the database number", RedisTargetParser::database).orElse(0),
                tls(urls) ? Optional.of(files) : Optional.empty());
        requireFitting(target);
        requireTls(target.tls().isPresent(), files);
        return target;
    }

    private static void requireTls(boolean used, TlsFiles files) {
        if (!used && !files.isEmpty()) {
            throw URL.wrong("must begin with rediss:// where redis.caFile, redis.certFile or redis.keyFile is set");
        }
        if (used) {
            SSLContext unused = files.context(); // validated, so that a wrong file stops the start
        }
    }

    private static Mode mode(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Mode.STANDALONE;
        }
        for (Mode mode : Mode.values()) {
            if (mode.word().equalsIgnoreCase(text.trim())) {
                return mode;
            }
        }
        throw MODE.wrong("is not a mode");
    }

    private static StoreUrl checked(StoreUrl url) {
        if (!url.scheme().equals("redis") && !url.scheme().equals("rediss")) {
            throw URL.wrong("has an address that does not start with redis:// or rediss://");
        }
        if (!PARAMETERS.containsAll(url.query().keySet())) {
            throw URL.wrong("has a query parameter other than master and sentinelPassword");
        }
        return url;
    }

    private static HostAndPort address(String text, int defaultPort) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            return new HostAndPort(text, defaultPort);
        }
        return new HostAndPort(text.substring(0, colon), port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        int port = number(text);
        if (port < 1 || port > 65535) {
            throw URL.wrong("has a port that is not a number from 1 to 65535");
        }
        return port;
    }

    private static @Nullable Integer database(StoreUrl url) {
        if (url.path().isEmpty()) {
            return null;
        }
        int database = number(url.path());
        if (database < 0) {
            throw URL.wrong("has a database after the slash that is not a number");
        }
        return database;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static boolean tls(List<StoreUrl> urls) {
        return common(urls, "the scheme, redis:// or rediss://,", StoreUrl::scheme)
                .orElseThrow()
                .equals("rediss");
    }

    private static <T> Optional<T> common(List<StoreUrl> urls, String what, Function<StoreUrl, @Nullable T> part) {
        List<T> values =
                urls.stream().map(part).filter(Objects::nonNull).distinct().toList();
        if (values.size() > 1) {
            throw URL.wrong("has nodes that differ in more than host and port: " + what + " is the same for all");
        }
        return values.stream().findFirst();
    }

    private static void requireFitting(RedisTarget.External target) {
        if (target.mode() == Mode.STANDALONE && target.nodes().size() > 1) {
            throw MODE.wrong("must be cluster or sentinel, since redis.url (REDIS_URL) has several nodes");
        }
        if (target.mode() == Mode.CLUSTER && target.database() != 0) {
            throw URL.wrong("names a database, and a Redis cluster has only database 0");
        }
        if ((target.mode() == Mode.SENTINEL) != target.master().isPresent()) {
            throw URL.wrong("must end in ?master=NAME when redis.mode (REDIS_MODE) is sentinel, and only then");
        }
    }
}
