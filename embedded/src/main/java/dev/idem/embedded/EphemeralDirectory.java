package dev.idem.embedded;

import dev.idem.embedded.file.DirectoryTree;
import dev.idem.embedded.postgres.PostgresServer;
import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.embedded.process.OwnerLock;
import dev.idem.embedded.process.Processes;
import dev.idem.embedded.redis.RedisServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's directory in the system's temporary one. It is locked while its JVM lives, so that a later JVM can find and remove
 * the directories of killed JVMs.
 */
record EphemeralDirectory(Path root, OwnerLock lock) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EphemeralDirectory.class);

    private static final String PREFIX = "idem-ephemeral-";
    private static final String LOCK = "owner.lock";

    /** A younger one may be about to be locked. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    static EphemeralDirectory create() {
        try {
            Path root = Files.createTempDirectory(PREFIX).toRealPath();
            OwnerLock lock = OwnerLock.tryAcquire(root, LOCK)
                    .orElseThrow(() -> new EmbeddedServerException("somebody locked the new directory " + root));
            removeLeftovers(root);
            return new EphemeralDirectory(root, lock);
        } catch (IOException e) {
            throw new EmbeddedServerException("no temporary directory for a server: " + e, e);
        }
    }

    private static void removeLeftovers(Path own) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(own.resolveSibling("."), PREFIX + "*")) {
            for (Path sibling : all) {
                try {
                    if (isOldAndOurs(sibling, own)) {
                        removeIfAbandoned(sibling.toRealPath());
                    }
                } catch (IOException | EmbeddedServerException e) {
                    LOG.info("{} is left of an earlier test and cannot be removed now", sibling, e);
                }
            }
        }
    }

    private static boolean isOldAndOurs(Path sibling, Path own) throws IOException {
        return Files.isDirectory(sibling, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(sibling).equals(Files.getOwner(own))
                && Files.getLastModifiedTime(sibling)
                        .toInstant()
                        .isBefore(Instant.now().minus(YOUNG));
    }

    private static void removeIfAbandoned(Path root) throws IOException {
        Optional<OwnerLock> lock = OwnerLock.tryAcquire(root, LOCK);
        if (lock.isPresent()) {
            new EphemeralDirectory(root, lock.get()).close();
        }
    }

    /** For the server's files. */
    Path server() {
        return root.resolve("server");
    }

    private List<ProcessHandle> processes() {
        return Stream.concat(RedisServer.processes(server()).stream(), PostgresServer.processes(server()).stream())
                .toList();
    }

    /** Kills the processes that still run in it, and deletes it. */
    @Override
    public void close() {
        try (lock) {
            for (ProcessHandle process : processes()) {
                List<ProcessHandle> children = process.descendants().toList();
                Processes.kill(process, "server in " + root);
                children.forEach(child -> Processes.kill(child, "server in " + root));
            }
            DirectoryTree.delete(root);
        } catch (IOException e) {
            throw new EmbeddedServerException(root + " could not be deleted: " + e, e);
        }
    }
}
