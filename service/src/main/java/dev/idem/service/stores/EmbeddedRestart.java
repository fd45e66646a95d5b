package dev.idem.service.stores;

import dev.idem.embedded.process.EmbeddedServerException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one embedded server again after its process has ended, as PostgreSQL does when the disk has no room for its log. Not
 * thread-safe.
 */
final class EmbeddedRestart {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRestart.class);

    private final BooleanSupplier restart;
    private boolean told;

    /** @param restart starts the server if it has ended, and says whether it has */
    EmbeddedRestart(BooleanSupplier restart) {
        this.restart = restart;
    }

    /** A failure is logged once, until a start succeeds: what a server says of it differs each time. */
    void attempt() {
        try {
            if (restart.getAsBoolean()) {
                told = false;
            }
        } catch (EmbeddedServerException e) {
            if (!told) {
                log.error(
                        "An embedded server has ended, and is started again as soon as that is possible. {}",
                        e.getMessage());
            }
            told = true;
        }
    }
}
