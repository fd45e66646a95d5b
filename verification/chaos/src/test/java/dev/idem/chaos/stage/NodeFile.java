package dev.idem.chaos.stage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A node's configuration. */
record NodeFile(int number, int port, URI ledger, String redis, String database) {

    Path write(StageSettings settings) throws IOException {
        Files.createDirectories(settings.directory());
        return Files.writeString(settings.directory().resolve("node-" + number + ".yml"), yaml(settings));
    }

    private String yaml(StageSettings settings) {
        return """
                server:
                  minThreads: 8
                  maxThreads: 64
                  applicationConnectors: [{ type: http, bindHost: 127.0.0.1, port: %d }]
                  adminConnectors: [{ type: http, bindHost: 127.0.0.1, port: 0 }]
                  requestLog: { appenders: [] }
                logging:
                  level: WARN
                  appenders: [{ type: console }]
                number: %d
                ledger: %s
                redis: "%s"
                database: "%s"
                idempotency:
                  consistency: %s
                  policy:
                    ttl: %ds
                    lockTimeout: %dms
                    wait: %dms
                    keyRequired: true
                    keyFormat: uuid
                    onStoreFailure: closed
                """.formatted(
                        port,
                        number,
                        ledger,
                        redis,
                        database,
                        settings.consistency().word(),
                        settings.ttl().toSeconds(),
                        settings.lockTimeout().toMillis(),
                        settings.maxWait().toMillis());
    }
}
