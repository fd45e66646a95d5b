package dev.idem.dropwizard.problem;

/** The kinds of problem that the layer answers with. */
public enum ProblemType {
    INVALID_KEY("invalid-key", "The Idempotency-Key is malformed", 400, false),
    KEY_MISSING("key-missing", "The Idempotency-Key is missing", 400, false),
    UNAUTHORIZED("unauthorized", "Authentication is required", 401, false),
    REQUEST_IN_PROGRESS("request-in-progress", "The first request is still in progress", 409, true),
    RESPONSE_NOT_STORED("response-not-stored", "The first request's response is not kept", 409, false),
    REQUEST_TOO_LARGE("request-too-large", "The request body is too large", 413, false),
    KEY_REUSED("key-reused", "The Idempotency-Key belongs to another request", 422, false),
    STORE_UNAVAILABLE("store-unavailable", "Repeats cannot be told apart at the moment", 503, true);

    private final String slug;
    private final String title;
    private final int status;
    private final boolean retryable;

    ProblemType(String slug, String title, int status, boolean retryable) {
        this.slug = slug;
        this.title = title;
        this.status = status;
        this.retryable = retryable;
    }

    /** The type's URI, relative to the application. */
    public String uri() {
        return "/problems/" + slug;
    }

    public String title() {
        return title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the same request may be sent again as it is. */
    public boolean retryable() {
        return retryable;
    }
}
