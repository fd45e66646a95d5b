package dev.idem.http.key;

/**
 * Which keys a route accepts.
 *
 * @param header the name of the header that carries the key
 * @param required whether a request without a key is refused
 * @param format what a key must look like
 * @param form the syntaxes in which it may be sent
 * @param scope on which paths it means the same request
 * @param reusedStatus the status for another request with a known key, 4xx
 */
public record KeyPolicy(
        String header, boolean required, KeyFormat format, KeySyntax form, KeyScope scope, int reusedStatus) {
    /** As in the draft; bare keys are accepted too. */
    public static final KeyPolicy DEFAULT =
            new KeyPolicy(IdempotencyKeyHeader.NAME, false, KeyFormat.UUID, KeySyntax.ANY, KeyScope.USER, 422);

    /** Keys of this format, with the default rules otherwise. */
    public static KeyPolicy of(KeyFormat format) {
        return new KeyPolicy(
                DEFAULT.header, DEFAULT.required, format, DEFAULT.form, DEFAULT.scope, DEFAULT.reusedStatus);
    }

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public KeyPolicy {
        if (!header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new IllegalArgumentException("policy.keyHeader must be the name of a header such as Idempotency-Key");
        }
        if (reusedStatus < 400 || reusedStatus > 499) {
            throw new IllegalArgumentException("policy.keyReusedStatus must be from 400 to 499, not " + reusedStatus);
        }
    }
}
