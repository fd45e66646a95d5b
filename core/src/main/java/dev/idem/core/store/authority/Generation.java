package dev.idem.core.store.authority;

import java.util.UUID;

/**
 * One trusted life of Redis. It begins when Redis has all records of PostgreSQL. It ends when Redis restarts, is
 * emptied, or fails over, or when a node cannot reach it. It is never used again.
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
