package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.store.authority.Installation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.RedisOwner;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** A service comes to a Redis that another installation uses. */
@ExtendWith(ServersExtension.class)
final class ForeignInstallationIT {

    @Test
    void itDoesNotStartAndSaysWhatToDo(@TempDir Path directory, TestRedis redis, TestDatabase database)
            throws Exception {
        Tables.in(database);
        try (RedisClient client = RedisClient.create(redis.url())) {
            new RedisOwner(() -> client, redis.keyPrefix()).claim(new Installation("other", "orders on 10.0.0.5:5432"));
        }

        try (ServiceProcess service =
                ServiceProcess.start(directory, ServiceProcess.environment(redis, database, ""))) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.log())
                    .contains("belong to another installation, with the database orders on 10.0.0.5:5432")
                    .contains("redis.keyPrefix", "idem-admin adopt")
                    .doesNotContain("\tat ");
        }
    }
}
