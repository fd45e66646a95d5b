package dev.idem.redis.layout;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration key {@code redis.keyPrefix}: what all keys of the layer begin with, equal on all nodes that share a database. It has no
 * braces, since these would choose the cluster's node (Redis Cluster specification, "hash tags").
 */
public final class KeyPrefix {
    /** Where none is written. */
    public static final String USUAL = "idem:";

    private static final Pattern ALLOWED = Pattern.compile("[!-z|~]{0,64}");

    private KeyPrefix() {}

    /** @throws IllegalArgumentException naming the key and what it should be */
    public static String of(@Nullable String written) {
        if (written == null) {
            return USUAL;
        }
        if (!ALLOWED.matcher(written).matches()) {
            throw new IllegalArgumentException(
                    "redis.keyPrefix must be at most 64 visible ASCII characters without braces, such as idem:");
        }
        return written;
    }
}
