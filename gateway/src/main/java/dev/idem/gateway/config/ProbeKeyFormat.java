package dev.idem.gateway.config;

import dev.idem.gateway.route.KeyPathTemplate;
import dev.idem.http.key.KeyFormat;
import dev.idem.http.key.KeyPolicy;
import java.util.function.Predicate;

/**
 * Keys that a route can ask its upstream about. A record, so that two routes that say the same are equal.
 *
 * @param usual which keys the route takes otherwise
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
                usual.description() + ", without slashes and not a dot segment, since it stands in a path here",
                new ProbeKeyFormat(usual.test(), path));
        return new KeyPolicy(keys.header(), keys.required(), format, keys.form(), keys.scope(), keys.reusedStatus());
    }
}
