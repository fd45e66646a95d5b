package dev.idem.core.store;

import java.util.UUID;

/**
 * One life of Redis: from the moment at which it had been told everything that PostgreSQL knew until it restarted, was
 * emptied, was failed over, or somebody could not reach it. Never used again after that.
 */
public record Generation(UUID id) {

    public static Generation next() {
        return new Generation(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
