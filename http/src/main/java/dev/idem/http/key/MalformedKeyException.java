package dev.idem.http.key;

/** The header is present and names no acceptable key. The message says why, without quoting it. */
public final class MalformedKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedKeyException(String message) {
        super(message);
    }
}
