package dev.idem.core.fingerprint;

import dev.idem.core.record.Scope;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that identify it.
 *
 * @param path the path as sent, including its percent-encoding
 * @param query the query as sent, without the question mark; null for none
 * @param contentType the header's value; null for none
 * @param headers the headers that the rules include, by their names in lower case
 * @param body the bytes; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // read once, right after creation
public record FingerprintedRequest(
        String method,
        String path,
        @Nullable String query,
        Scope scope,
        @Nullable String contentType,
        SortedMap<String, String> headers,
        byte[] body) {}
