package dev.idem.core.fingerprint;

import dev.idem.core.record.Scope;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All of a request that says what it is.
 *
 * @param path the path as it was sent, percent-encoding and all
 * @param query the query as it was sent, without the question mark; null for none
 * @param contentType the header's value; null for none
 * @param headers those that the rules take in, by their names in lower case
 * @param body the bytes; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // read once, right after it was made
public record FingerprintedRequest(
        String method,
        String path,
        @Nullable String query,
        Scope scope,
        @Nullable String contentType,
        SortedMap<String, String> headers,
        byte[] body) {}
