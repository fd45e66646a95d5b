package dev.idem.gateway.config;

import dev.idem.gateway.route.KeyPathTemplate;
import dev.idem.http.key.KeyFormat;
import dev.idem.http.key.KeyPolicy;
import java.util.function.Predicate;

/**
 * The keys that a route can put into its probe's path. A record, so that equal routes compare equal.
 *
 * @param usual the keys that the route accepts otherwise
 */
record ProbeKeyFormat(Predicate<String> usual, KeyPathTemplate path) implements Predicate<String> {

    @Override
    public boolean test(String key) {
        return usual.test(key) && path.takes(key);
    }

    static KeyPolicy of(KeyPolicy keys, KeyPathTemplate path) {
        KeyFormat usual = keys.format();
        if (usual.equals(KeyFormat.UUID)) {
            return keys;
        }
        KeyFormat format = new KeyFormat(
                usual.description() + ", without slashes and not a dot segment, because it becomes part of a path",
                new ProbeKeyFormat(usual.test(), path));
        return keys.with(format);
    }
}
