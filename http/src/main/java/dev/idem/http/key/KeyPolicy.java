package dev.idem.http.key;

/**
 * Which keys a route accepts.
 *
 * @param header the name of the header that carries the key
 * @param from where the key is in a request without the header
 * @param required whether a request without a key is refused
 * @param format what a key must look like
 * @param form the syntaxes in which it may be sent
 * @param scope on which paths it means the same request
 * @param reusedStatus the status for another request with a known key, 4xx
 */
public record KeyPolicy(
        String header,
        KeySource from,
        boolean required,
        KeyFormat format,
        KeySyntax form,
        KeyScope scope,
        int reusedStatus) {
    /** As in the draft; bare keys are accepted too. */
    public static final KeyPolicy DEFAULT = new KeyPolicy(
            IdempotencyKeyHeader.NAME,
            new KeySource.Header(),
            false,
            KeyFormat.UUID,
            KeySyntax.ANY,
            KeyScope.USER,
            422);

    private static final int MAX_LENGTH = 255;

    /** Keys of this format, with the default rules otherwise. */
    public static KeyPolicy of(KeyFormat format) {
        return DEFAULT.with(format);
    }

    /** The same with another format. */
    public KeyPolicy with(KeyFormat other) {
        return new KeyPolicy(header, from, required, other, form, scope, reusedStatus);
    }

    /** The same with keys from elsewhere. */
    public KeyPolicy with(KeySource other) {
        return new KeyPolicy(header, other, required, format, form, scope, reusedStatus);
    }

    /** @throws MalformedKeyException if it is empty, too long, or not of this format */
    String checked(String key) {
        if (key.isEmpty()) {
            throw new MalformedKeyException("The key is empty; leave it out or send a key.");
        }
        if (key.length() > MAX_LENGTH) {
            throw new MalformedKeyException("The key has " + key.length() + " characters; the limit is 255.");
        }
        if (!format.accepts(key)) {
            throw new MalformedKeyException("The key must be " + format.description() + ".");
        }
        return key;
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
