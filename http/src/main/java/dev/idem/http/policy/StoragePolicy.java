package dev.idem.http.policy;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.StoredBody;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which answers are stored and replayed. Others free the key: the same request executes again.
 *
 * @param never statuses that are never stored
 * @param clientErrors whether 4xx are stored
 * @param serverErrors whether 5xx are stored
 * @param maxBody the largest body that is stored, bytes
 * @param compressAbove the largest body that is stored uncompressed, bytes; empty to compress none
 */
public record StoragePolicy(
        Set<Integer> never, boolean clientErrors, boolean serverErrors, long maxBody, OptionalLong compressAbove) {
    /**
     * Stores nothing that the same request may do better later: request timeout, a failed precondition (which is not compared, so
     * that a repeat may bring a fresh one), too early, too many requests, and server errors.
     */
    public static final StoragePolicy DEFAULT =
            new StoragePolicy(Set.of(408, 412, 425, 429), true, false, 1 << 20, OptionalLong.empty());

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public StoragePolicy {
        never = Set.copyOf(never);
        if (maxBody < 0 || maxBody > RoutePolicy.MAX_BODY) {
            throw new IllegalArgumentException(
                    "policy.maxStoredBody must be from 0 to 64MiB, not " + maxBody + " bytes");
        }
        if (compressAbove.isPresent()) {
            checkCompression(compressAbove.getAsLong());
        }
        if (!never.stream().allMatch(status -> status >= 400 && status <= 599)) {
            throw new IllegalArgumentException("policy.notStored must have statuses from 400 to 599, not " + never);
        }
    }

    private static void checkCompression(long compressAbove) {
        if (compressAbove < 0 || compressAbove > RoutePolicy.MAX_BODY) {
            throw new IllegalArgumentException(
                    "policy.compressAbove must be from 0 to 64MiB, not " + compressAbove + " bytes");
        }
        try {
            StoredBody.loadCompression();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("policy.compressAbove must be left out: " + e.getMessage(), e);
        }
    }

    /** An answer as it is stored. */
    public RecordedResponse asKept(RecordedResponse answer) {
        return compressAbove.isPresent() && answer.storedBody().length() > compressAbove.getAsLong()
                ? answer.compressed()
                : answer;
    }

    /** Whether an answer with this status is stored. */
    public boolean keeps(int status) {
        boolean ofAClass = status < 400 || (status < 500 ? clientErrors : serverErrors);
        return ofAClass && !never.contains(status);
    }

    /** The statuses that are not stored, for people: numbers, and classes such as {@code 5XX}. */
    public List<String> freed() {
        List<String> freed = new ArrayList<>();
        new TreeSet<>(never).forEach(status -> freed.add(status.toString()));
        if (!clientErrors) {
            freed.add("4XX");
        }
        if (!serverErrors) {
            freed.add("5XX");
        }
        return freed;
    }
}
