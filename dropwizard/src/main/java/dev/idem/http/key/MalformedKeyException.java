package dev.idem.http.key;

/** The header is there and names no key; the message says what is wrong with it, without repeating it. */
public final class MalformedKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedKeyException(String message) {
        super(message);
    }
}
