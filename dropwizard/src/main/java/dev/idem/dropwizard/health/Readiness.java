package dev.idem.dropwizard.health;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a load balancer should send requests to this node. It should unless this node itself has a reason against it. A store
 * that nodes share is never such a reason: all nodes would leave at once, although each can still decide by its policies.
 * Thread-safe.
 */
public final class Readiness {
    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    private final Map<Reason, String> reasons = new EnumMap<>(Reason.class);

    /** Begins with {@link Reason#STARTING}. */
    public Readiness() {
        reasons.put(Reason.STARTING, "The server has not started yet.");
    }

    /** Why a node takes no requests. */
    public enum Reason {
        STARTING,
        /** It was told to stop, and still answers what comes. */
        DRAINING,
        /** The database lacks changes that this release needs. */
        SCHEMA,
        /** Its Redis belongs to another installation. */
        FOREIGN_INSTALLATION;

        /** Its name in JSON, such as {@code foreign_installation}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Takes this node out. Calling it again replaces the sentence.
     *
     * @param why one sentence for an operator, without secrets: anyone may read it
     */
    public synchronized void refuse(Reason reason, String why) {
        if (!why.equals(reasons.put(reason, why))) {
            log.info("This node is not ready ({}): {}", reason.label(), why);
        }
    }

    /** Ends one reason. The node is ready when there is none left. */
    public synchronized void end(Reason reason) {
        if (reasons.remove(reason) != null && reasons.isEmpty()) {
            log.info("This node is ready.");
        }
    }

    public synchronized boolean isReady() {
        return reasons.isEmpty();
    }

    /** The reasons against this node, each with its sentence, as they are now. */
    public synchronized Map<Reason, String> reasons() {
        return Collections.unmodifiableMap(new EnumMap<>(reasons));
    }
}
