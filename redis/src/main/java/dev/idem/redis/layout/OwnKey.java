package dev.idem.redis.layout;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A key of the layer's own that is no record.
 *
 * @param type as Redis names it; {@value #COUNT} for a string that is a whole number
 */
public record OwnKey(String name, String type) {
    static final String STRING = "string";
    static final String HASH = "hash";
    static final String SORTED_SET = "zset";
    static final String COUNT = "count";

    static OwnKey of(byte[] name, String type) {
        return new OwnKey(new String(name, US_ASCII), type);
    }
}
