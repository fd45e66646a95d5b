package dev.idem.redis.connect;

import dev.idem.core.connect.Credentials;
import dev.idem.redis.tls.TlsFiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** Which Redis to use: the embedded one or an external one. Immutable. */
public sealed interface RedisTarget {

    /** How the servers at the given addresses are related. */
    enum Mode {
        STANDALONE,
        CLUSTER,
        SENTINEL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A short description of the address, without a password. */
    String describe();

    /** The server that the service starts, and whose data is in the data directory. */
    record Embedded() implements RedisTarget {
        @Override
        public String describe() {
            return "embedded";
        }
    }

    /**
     * A server, a cluster, or a group that sentinels monitor, reached over the network.
     *
     * @param nodes one for standalone; any of the cluster's nodes; or the sentinels
     * @param master the sentinels' name for the group; empty unless the mode is sentinel
     * @param credentials for the data nodes
     * @param sentinelCredentials for the sentinels themselves
     * @param database 0 in a cluster
     * @param tls for encrypted connections; the server's certificate and name are verified. Empty without TLS
     */
    record External(
            Mode mode,
            List<HostAndPort> nodes,
            Optional<String> master,
            Credentials credentials,
            Credentials sentinelCredentials,
            int database,
            Optional<TlsFiles> tls)
            implements RedisTarget {

        public External {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String describe() {
            List<String> urls = nodes.stream()
                    .map(node -> (tls.isPresent() ? "rediss://" : "redis://") + node)
                    .toList();
            return String.join(",", urls)
                    + (database == 0 ? "" : "/" + database)
                    + master.map(name -> "?master=" + name).orElse("")
                    + (mode == Mode.STANDALONE ? "" : " (" + mode.word() + ")");
        }

        @Override
        public String toString() {
            return describe();
        }
    }

    /**
     * Reads the settings {@code redis.url} and {@code redis.mode}.
     *
     * <ul>
     *   <li>{@code embedded}
     *   <li>{@code redis://[user:password@]host[:port][/database]}, {@code rediss://…} for TLS
     *   <li>several of these, separated by commas, with mode {@code cluster}
     *   <li>the sentinels' addresses with mode {@code sentinel} and the group's name as {@code ?master=NAME} after any
     *       of them; user info is for the data nodes, {@code &sentinelPassword=…} for sentinels that ask for one
     * </ul>
     *
     * Everything except host and port may be given with any node, and applies to all. User info and query are percent-decoded.
     *
     * @param mode standalone, cluster or sentinel; null or blank means standalone
     * @throws IllegalArgumentException naming the setting and what it should be, never a password
     */
    static RedisTarget parse(String url, @Nullable String mode) {
        return parse(url, mode, TlsFiles.NONE);
    }

    /**
     * As {@link #parse(String, String)}, with files for TLS, which are read to see that they can be used.
     *
     * @throws IllegalArgumentException also if a file is not what it should be, or there is no TLS to use it
     */
    static RedisTarget parse(String url, @Nullable String mode, TlsFiles files) {
        return RedisTargetParser.parse(url, mode, files);
    }
}
