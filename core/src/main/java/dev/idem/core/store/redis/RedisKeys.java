package dev.idem.core.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;

/**
 * How a record is called in Redis: {@code <prefix>rec:<length of scope>:<scope>:<key>}. The length makes the name
 * unambiguous whatever characters scope and key have.
 */
final class RedisKeys {
    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix + "rec:";
    }

    byte[] nameOf(RecordId id) {
        String scope = id.scope().value();
        return (prefix + scope.length() + ':' + scope + ':' + id.key()).getBytes(US_ASCII);
    }

    RecordId parse(byte[] name) {
        String text = new String(name, US_ASCII);
        int scopeAt = text.indexOf(':', prefix.length()) + 1;
        int keyAt = scopeAt + Integer.parseInt(text, prefix.length(), scopeAt - 1, 10) + 1;
        return new RecordId(new Scope(text.substring(scopeAt, keyAt - 1)), text.substring(keyAt));
    }

    /** A SCAN pattern for all records, those of a scope, or those with a key. */
    byte[] patternForAll() {
        return (escape(prefix) + '*').getBytes(US_ASCII);
    }

    byte[] patternFor(Scope scope) {
        String value = scope.value();
        return (escape(prefix + value.length() + ':' + value) + ":*").getBytes(US_ASCII);
    }

    byte[] patternForKey(String key) {
        return (escape(prefix) + "*:" + escape(key)).getBytes(US_ASCII);
    }

    private static String escape(String literal) {
        return literal.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1");
    }
}
