package dev.idem.service.gateway.config;

import dev.idem.dropwizard.key.KeyFormat;
import dev.idem.dropwizard.key.KeyRules;
import dev.idem.service.gateway.route.KeyPath;
import java.util.function.Predicate;

/**
 * Keys that a route can ask its upstream about. A record, so that two routes that say the same are equal.
 *
 * @param usual which keys the route takes otherwise
 */
record ProbedKeys(Predicate<String> usual, KeyPath path) implements Predicate<String> {

    @Override
    public boolean test(String key) {
        return usual.test(key) && path.takes(key);
    }

    static KeyRules of(KeyRules keys, KeyPath path) {
        KeyFormat usual = keys.format();
        if (usual.equals(KeyFormat.UUID)) {
            return keys;
        }
        KeyFormat format = new KeyFormat(
                usual.description() + ", without slashes and not a dot segment, since it stands in a path here",
                new ProbedKeys(usual.test(), path));
        return new KeyRules(keys.header(), keys.required(), format, keys.form(), keys.scope(), keys.reusedStatus());
    }
}
