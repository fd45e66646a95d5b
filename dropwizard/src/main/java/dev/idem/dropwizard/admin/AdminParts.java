package dev.idem.dropwizard.admin;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What the bundle adds to the admin port, and under which names. Immutable. */
public final class AdminParts {
    private static final String PREFIX = "idempotency-";

    private final String prefix;
    private final Set<Part> parts;

    private AdminParts(String prefix, Set<Part> parts) {
        this.prefix = prefix;
        this.parts = Collections.unmodifiableSet(parts);
    }

    /** A part that an application can leave out. */
    public enum Part {
        /** {@code redis}, {@code postgresql}, {@code schema}, {@code rollout} and {@code readiness}. */
        HEALTH_CHECKS,
        /** {@code /health/live}, {@code /health/ready} and {@code /healthcheck}. */
        HEALTH_PAGES,
        /** {@code /prometheus}. */
        METRICS,
        /** {@code clear-stale}, {@code rollout} and {@code gc}. */
        TASKS
    }

    /** All parts, under names that begin with {@value #PREFIX}: an application keeps its own names. */
    public static AdminParts all() {
        return new AdminParts(PREFIX, EnumSet.allOf(Part.class));
    }

    /** All parts under plain names, for a process that does nothing else. */
    public static AdminParts withPlainNames() {
        return new AdminParts("", EnumSet.allOf(Part.class));
    }

    /** The same without some parts. */
    public AdminParts without(Part... unwanted) {
        Set<Part> rest = EnumSet.copyOf(parts);
        rest.removeAll(Arrays.asList(unwanted));
        return new AdminParts(prefix, rest);
    }

    /** Whether a part is added. */
    public boolean has(Part part) {
        return parts.contains(part);
    }

    /** @param plain the name in a process that does nothing else, such as {@code gc} */
    public String name(String plain) {
        return prefix + plain;
    }
}
