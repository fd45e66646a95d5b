package dev.idem.http.key;

/** There is a key, and it is not acceptable. The message says why, without quoting it. */
public final class MalformedKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedKeyException(String message) {
        super(message);
    }
}
