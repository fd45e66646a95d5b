package dev.idem.admin.command;

import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Makes the archive of classes beside the program: a command leaves in it what it loaded, and one whose stores answer, and hold what it
 * looks for, loads nearly all that any command needs. The build runs this.
 */
public final class ClassArchive {
    private static final String KEY = "order-4711";

    private ClassArchive() {}

    /** @param arguments the program, a configuration that leaves the stores to the environment, and where the archive goes */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (EphemeralRedis redis = EphemeralRedis.start();
                EphemeralPostgres postgres = EphemeralPostgres.start();
                Fixture stores = new Fixture(
                        new TestRedis(redis.url(), "idem:", redis.pid()), new TestDatabase(postgres.jdbcUrl()))) {
            stores.completed(stores.redis, "user:42", KEY);
            stores.completed(stores.postgres, "user:42", KEY);
            ProcessBuilder command = new ProcessBuilder(arguments[0], "-c", arguments[1], "inspect", KEY)
                    .inheritIO()
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            command.environment().put("IDEM_ADMIN_ARCHIVE", arguments[2]);
            command.environment().put("REDIS_URL", redis.url());
            command.environment().put("DATABASE_URL", postgres.jdbcUrl());
            Process process = command.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("inspect ended with " + exitCode);
            }
        }
    }
}
