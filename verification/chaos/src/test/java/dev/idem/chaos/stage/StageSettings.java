package dev.idem.chaos.stage;

import dev.idem.chaos.check.Consistency;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is put on the stage.
 *
 * @param durableRedis whether Redis keeps its data when it is killed
 * @param nodes how many
 * @param lockTimeout the policy's
 * @param maxWait the policy's
 * @param ttl the policy's, longer than any run
 * @param overlay resources that the nodes find before their own
 * @param directory for configurations and logs
 */
public record StageSettings(
        Consistency consistency,
        boolean durableRedis,
        int nodes,
        Duration lockTimeout,
        Duration maxWait,
        Duration ttl,
        Optional<Path> overlay,
        Path directory) {

    /** Two nodes, and a policy under which a dead owner is soon replaced. */
    public static StageSettings of(Consistency consistency, boolean durableRedis, Path directory) {
        return new StageSettings(
                consistency,
                durableRedis,
                2,
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofHours(6),
                Optional.empty(),
                directory);
    }

    public StageSettings withOverlay(Path resources) {
        return new StageSettings(
                consistency, durableRedis, nodes, lockTimeout, maxWait, ttl, Optional.of(resources), directory);
    }

    String classPath() {
        String own = System.getProperty("java.class.path");
        return overlay.map(path -> path + System.getProperty("path.separator") + own)
                .orElse(own);
    }
}
