package dev.idem.benchmarks.http.server;

import dev.idem.benchmarks.http.app.OrdersApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All servers of a run. Each starts on demand, and all stop together. Not thread-safe. */
public final class ServerPark implements AutoCloseable {
    private final Stores stores;
    private final Ports ports;
    private final Deque<ServerProcess> servers = new ArrayDeque<>();

    public ServerPark(Stores stores, Ports ports) {
        this.stores = stores;
        this.ports = ports;
    }

    public ServerProcess start(Target target, Jdk jdk) throws IOException {
        String name = target.name().toLowerCase(Locale.ROOT) + "-" + jdk.feature();
        int port = ports.take();
        // A server without Redis gets an address on which nothing listens.
        String redis = target.hasRedis() ? stores.newRedisDatabase() : "redis://127.0.0.1:" + ports.take();
        String database = target.hasDatabase() ? stores.newDatabase() : "jdbc:postgresql:none";
        Path configuration = Files.writeString(
                stores.directory().resolve(name + ".yml"), target.configuration(port, redis, database));
        return started(
                name,
                port,
                List.of(
                        jdk.java(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrdersApplication.class.getName(),
                        "server",
                        configuration.toString()),
                Path.of("").toAbsolutePath(),
                Map.of());
    }

    /**
     * Starts a peer.
     *
     * @param isProtected false for the same application without idempotency
     */
    public ServerProcess start(Peer peer, boolean isProtected) throws IOException, InterruptedException {
        Path directory = PeerDirectory.prepared(peer);
        int port = ports.take();
        Map<String, String> environment = Map.of(
                "PORT",
                Integer.toString(port),
                "PROTECTED",
                Boolean.toString(isProtected),
                "REDIS_URL",
                isProtected ? stores.newRedisDatabase() : "");
        String name = peer.word() + (isProtected ? "" : "-unprotected");
        return started(name, port, peer.command(), directory, environment);
    }

    private ServerProcess started(
            String name, int port, List<String> command, Path directory, Map<String, String> environment) {
        Path log = stores.directory().resolve(name + ".log");
        ServerProcess server = ServerProcess.start(name, port, command, directory, environment, log);
        servers.push(server);
        return server;
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
    }
}
