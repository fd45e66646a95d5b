package dev.idem.gateway.upstream;

/** The upstream would not accept a request's head. */
final class HeadTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HeadTooLargeException() {
        super("the head is larger than the upstream accepts", null, false, false);
    }
}
