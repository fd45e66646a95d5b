package dev.idem.redis.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.EphemeralRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Connections that the server closes while they rest. */
final class RestedConnectionsIT {
    private static final int CONNECTIONS = 4;

    private final EphemeralRedis server = EphemeralRedis.start();
    private final RedisTarget.External target = (RedisTarget.External) RedisTarget.parse(server.url(), null);
    private final JedisClientConfig config = DefaultJedisClientConfig.builder()
            .user(target.credentials().user())
            .password(target.credentials().password())
            .socketTimeoutMillis(5_000)
            .build();
    private final ServerChanges changes = new ServerChanges();
    private final PooledConnectionProvider pool = pool(Duration.ofHours(1));

    private PooledConnectionProvider pool(Duration oldAge) {
        return new PooledConnectionProvider(
                new RestedConnections(target.nodes().get(0), config, changes, Duration.ZERO, oldAge), settings());
    }

    private static ConnectionPoolConfig settings() {
        ConnectionPoolConfig settings = new ConnectionPoolConfig();
        settings.setMaxTotal(CONNECTIONS);
        settings.setMaxIdle(CONNECTIONS);
        settings.setTestOnBorrow(true);
        return settings;
    }

    @AfterEach
    void close() {
        pool.close();
        server.close();
    }

    @Test
    void areReplacedBeforeTheirUse() {
        useAll();
        try (Connection killer = new Connection(target.nodes().get(0), config)) {
            killer.executeCommand(new CommandArguments(Command.CLIENT)
                    .add("KILL")
                    .add("TYPE")
                    .add("normal")
                    .add("SKIPME")
                    .add("yes"));
        }
        useAll();
    }

    @Test
    void thatAreOldAreReplacedToo() {
        try (PooledConnectionProvider impatient = pool(Duration.ofMillis(50))) {
            await().ignoreExceptions().until(() -> {
                try (Connection connection = impatient.getConnection()) {
                    return connection.ping() && impatient.getPool().getCreatedCount() > 1;
                }
            });
        }
    }

    @Test
    void thatStayOpenAreUsedAgainWithTheirOwnTimeout() {
        useAll();
        long before = pool.getPool().getCreatedCount();

        useAll();

        assertThat(pool.getPool().getCreatedCount()).isEqualTo(before);
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getSoTimeout()).isEqualTo(5_000);
            connection.executeCommand(new CommandArguments(() -> "DEBUG".getBytes(US_ASCII))
                    .add("SLEEP")
                    .add("0.05"));
        }
    }

    /** The server's name may lead to the new primary by then. */
    @Test
    void areReplacedInAllClientsWhenTheServerHasBecomeAReplica() {
        try (PooledConnectionProvider other = pool(Duration.ofHours(1))) {
            use(other);
            useAll();
            long before = pool.getPool().getCreatedCount();
            try (Connection connection = other.getConnection()) {
                connection.executeCommand(command("REPLICAOF", "127.0.0.1", "1"));
                assertThatThrownBy(() -> connection.executeCommand(command("SET", "a", "b")))
                        .hasMessageContaining("READONLY");
                connection.executeCommand(command("REPLICAOF", "NO", "ONE"));
            }

            useAll();
            use(other);

            assertThat(pool.getPool().getCreatedCount()).isEqualTo(before + CONNECTIONS);
            assertThat(other.getPool().getCreatedCount()).isEqualTo(2);
        }
    }

    /** Another server than the one that learned it. */
    @Test
    void areReplacedWhenAScriptIsUnknown() {
        useAll();
        long before = pool.getPool().getCreatedCount();
        try (Connection connection = pool.getConnection()) {
            assertThatThrownBy(() -> connection.executeCommand(command("EVALSHA", "0".repeat(40), "0")))
                    .hasMessageContaining("NOSCRIPT");
        }

        useAll();

        assertThat(pool.getPool().getCreatedCount()).isEqualTo(before + CONNECTIONS);
    }

    private static CommandArguments command(String name, String... words) {
        CommandArguments command = new CommandArguments(() -> name.getBytes(US_ASCII));
        for (String word : words) {
            command.add(word);
        }
        return command;
    }

    private static void use(PooledConnectionProvider provider) {
        try (Connection connection = provider.getConnection()) {
            assertThat(connection.ping()).isTrue();
        }
    }

    private void useAll() {
        List<Connection> taken = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            taken.add(pool.getConnection());
        }
        for (Connection connection : taken) {
            assertThat(connection.ping()).isTrue();
            connection.close();
        }
    }
}
