package dev.idem.core.fingerprint;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Locale;

/**
 * What a fingerprint leaves out of a request, and what it includes in addition.
 *
 * @param ignored values of a JSON body that may differ between repeats, such as a client's clock: JSON Pointers (RFC
 *     6901)
 * @param headers names of headers that identify a request, such as a tenant's, in lower case
 */
public record FingerprintRules(List<String> ignored, List<String> headers) {
    /** Nothing is left out, and no header is included. */
    public static final FingerprintRules USUAL = new FingerprintRules(List.of(), List.of());

    /** @throws IllegalArgumentException naming the invalid key and what is allowed */
    public FingerprintRules {
        ignored = List.copyOf(ignored);
        headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        ignored.forEach(FingerprintRules::requirePointer);
        headers.forEach(FingerprintRules::requireName);
    }

    private static void requirePointer(String pointer) {
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException(
                    "policy.fingerprint.ignore must have JSON Pointers such as /client_time");
        }
    }

    private static void requireName(String name) {
        if (!name.matches("[a-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new IllegalArgumentException(
                    "policy.fingerprint.headers must have names of headers such as X-Tenant");
        }
    }

    List<JsonPointer> pointers() {
        return ignored.stream().map(JsonPointer::compile).toList();
    }
}
