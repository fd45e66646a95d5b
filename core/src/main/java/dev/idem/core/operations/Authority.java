package dev.idem.core.operations;

import java.util.Optional;

/**
 * Which store is authoritative, by name. Empty if unknown.
 *
 * @param usual on routes that configure no consistency
 * @param onFastRoutes on routes that are {@code fast}
 */
public record Authority(Optional<String> usual, Optional<String> onFastRoutes) {
    /** Unknown. */
    public static final Authority UNKNOWN = new Authority(Optional.empty(), Optional.empty());

    /** The same store on all routes, as far as is known. */
    public static Authority of(String store) {
        return new Authority(Optional.of(store), Optional.of(store));
    }
}
