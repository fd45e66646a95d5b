package dev.idem.http.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of problems (RFC 9457) that a client may get. Each has a page at its URI. */
public enum ProblemType {
    INVALID_REQUEST(
            400,
            "Malformed request",
            false,
            "The body is not valid JSON, a parameter has the wrong type, or the request is malformed in another "
                    + "way.",
            "Correct the request; the detail says what is wrong."),
    INVALID_KEY(
            400,
            "Malformed Idempotency-Key",
            false,
            "The key in the Idempotency-Key header, or where else this route reads it, is empty, too long, not "
                    + "printable or not in the format of this route; or there are several different keys. Nothing was "
                    + "executed.",
            "Send one key in the format that the detail names. A UUID always fits."),
    KEY_MISSING(
            400,
            "Idempotency-Key missing",
            false,
            "This route requires an Idempotency-Key. Nothing was executed.",
            "Generate a key, such as a UUID, once for each intended effect. Send it with every repeat of the "
                    + "request."),
    UNAUTHORIZED(
            401,
            "Authentication required",
            false,
            "The request has no access token, or its token is invalid or expired.",
            "Log in and send the token as Authorization: Bearer. Keys stay valid over a new login."),
    INVALID_CREDENTIALS(
            401,
            "Wrong credentials",
            false,
            "There is no enabled user with this address and password.",
            "Correct the address or the password."),
    FORBIDDEN(
            403,
            "Forbidden",
            false,
            "The caller is authenticated and lacks the permission for this.",
            "Use an account that has the role."),
    NOT_FOUND(
            404,
            "Not found",
            false,
            "The path does not exist, or the resource belongs to another caller.",
            "Check the path; the description of the API lists all paths."),
    METHOD_NOT_ALLOWED(
            405,
            "Method not allowed",
            false,
            "The path exists and does not support this method.",
            "Use one of the methods in the Allow header."),
    NOT_ACCEPTABLE(
            406,
            "Not acceptable",
            false,
            "The Accept header excludes every available representation.",
            "Accept application/json."),
    REQUEST_TIMEOUT(
            408,
            "Request timeout",
            true,
            "The body did not arrive, or arrived more slowly than the server waits for. Nothing was executed.",
            "Send the same request with the same key again."),
    REQUEST_IN_PROGRESS(
            409,
            "Request in progress",
            true,
            "Another request with this key is executing and has no answer yet. This one was not executed.",
            "Send the same request with the same key again, after the time in Retry-After."),
    OUTCOME_UNKNOWN(
            409,
            "Outcome unknown",
            true,
            "A request with this key was forwarded and no answer came back, so it is unknown whether it took "
                    + "effect. This one was not executed, and none will be until the outcome is known.",
            "Check the resource. Send the same request with the same key again later: once the outcome is known, "
                    + "it is answered or executed."),
    RESPONSE_NOT_STORED(
            409,
            "Response not stored",
            false,
            "A request with this key took effect, and its answer is not stored: it was too large, or must not be "
                    + "kept. This one was not executed.",
            "Read the resource's current state instead."),
    CHANGED_MEANWHILE(
            412,
            "Changed meanwhile",
            false,
            "The resource no longer has the version that If-Match names. Nothing was changed.",
            "Read it again, and send the change with the new ETag if it is still wanted."),
    LEASE_LIVE(
            409,
            "Request still executing",
            false,
            "The record's owner sent a heartbeat within the lock timeout, so its request is executing. If the "
                    + "record were deleted now, a repeat could execute beside it. Nothing was deleted.",
            "Wait until the request is answered or its owner is stale. Send force=true if a second execution does"
                    + " no harm."),
    REQUEST_TOO_LARGE(
            413,
            "Request body too large",
            false,
            "The body is larger than this route accepts. Nothing was executed.",
            "Send a smaller body; the detail names the limit."),
    TARGET_TOO_LONG(
            414,
            "Request target too long",
            false,
            "The path and the query are longer than this server accepts.",
            "Shorten them, or send the data in a body."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "Unsupported media type",
            false,
            "This route does not support the body's media type or content coding.",
            "Send application/json with its Content-Type, without a Content-Encoding or with gzip."),
    EXPECTATION_FAILED(
            417,
            "Expectation failed",
            false,
            "The Expect header asks for something other than 100-continue, the only supported expectation.",
            "Send the request without Expect."),
    MISDIRECTED_REQUEST(
            421,
            "Unknown host name",
            false,
            "The Host header names a host that this port does not serve. Requests under unknown names are "
                    + "refused, since a foreign page could send them.",
            "Use the port's address, or ask the operator to add the host name."),
    KEY_REUSED(
            422,
            "The Idempotency-Key belongs to another request",
            false,
            "This key was first sent with another method, path, query, content type or body. Nothing was "
                    + "executed, and the first request's answer is unchanged.",
            "Use a new key for a new request; repeat a request byte for byte."),
    VALIDATION_FAILED(
            422,
            "Validation failed",
            false,
            "The request is well-formed, and a value in it is not allowed. Nothing was executed, and its key is "
                    + "free.",
            "Correct the values that the detail names."),
    CONDITION_MISSING(
            428,
            "If-Match missing",
            false,
            "Several people may change this resource, so each change must name the version that it is based on. "
                    + "Nothing was changed.",
            "Read it, and send the change with the ETag as If-Match."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests",
            true,
            "There were too many attempts in a short time.",
            "Wait for the time in Retry-After."),
    TOO_MANY_IN_FLIGHT(
            429,
            "Too many requests in flight",
            true,
            "The caller has as many requests executing as this route allows one caller at a time. Nothing was executed, "
                    + "and the key is free. Repeats of earlier requests are answered as always.",
            "Wait until earlier requests are answered. Send the same request with the same key again, after the time in "
                    + "Retry-After."),
    HEADERS_TOO_LARGE(
            431,
            "Request headers too large",
            false,
            "The headers are larger, or more, than this server accepts.",
            "Send fewer or shorter headers; cookies are often the largest."),
    INTERNAL_ERROR(
            500,
            "Internal error",
            true,
            "The service failed; the client did nothing wrong. Nothing was stored for the key, which is free "
                    + "again.",
            "Send the same request with the same key again. If it keeps failing, report the problem's instance."),
    UPGRADE_NOT_SUPPORTED(
            501,
            "Protocol upgrade not supported",
            false,
            "The request asks to switch to another protocol, such as WebSocket. Nothing was executed.",
            "Connect to the upstream server directly, or use plain HTTP, such as server-sent events."),
    TRANSFER_CODING_NOT_SUPPORTED(
            501,
            "Transfer coding not supported",
            false,
            "The body has a transfer coding other than chunked, the only supported one. Nothing was executed.",
            "Send the body with Transfer-Encoding: chunked or with a Content-Length. Declare compression in "
                    + "Content-Encoding."),
    UPSTREAM_UNREACHABLE(
            502,
            "Upstream unreachable",
            true,
            "The gateway could not connect to the upstream server, or not securely. Nothing was sent to it, and "
                    + "the key is free.",
            "Send the same request with the same key again, later."),
    UPSTREAM_FAILED(
            502,
            "Upstream failed",
            true,
            "The request was sent to the upstream server, and the connection broke or the response was invalid. "
                    + "It is unknown whether the request took effect; the detail says what happens to the key.",
            "Send the same request with the same key again; if the key is held, check the resource instead."),
    UPSTREAM_TIMEOUT(
            504,
            "Upstream timeout",
            true,
            "The request was sent to the upstream server, and no response came within the route's timeout. It is "
                    + "unknown whether the request took effect; the detail says what happens to the key.",
            "Send the same request with the same key again; if the key is held, check the resource instead."),
    UPSTREAM_BUSY(
            503,
            "Upstream busy",
            true,
            "The upstream server failed too often recently, or too many requests wait for it already. Nothing was"
                    + " sent to it, and the key is free.",
            "Send the same request with the same key again, after the time in Retry-After."),
    OVERLOADED(
            503,
            "Overloaded",
            true,
            "This process has reached a limit of its own: its memory for requests and answers, or its connections to "
                    + "a store, are all in use. No upstream server is to blame. Nothing was executed, and the key is free.",
            "Send the same request with the same key again, after the time in Retry-After."),
    AUTHORISATION_UNKNOWN(
            503,
            "Authorisation unknown",
            true,
            "There is an earlier request with this key, and the upstream server could not confirm that the "
                    + "caller's credentials are still valid. Nothing was executed or revealed.",
            "Send the same request with the same key again, after the time in Retry-After."),
    SERVICE_UNAVAILABLE(
            503,
            "Service unavailable",
            true,
            "This server is stopping, or has just started. Nothing was executed.",
            "Send the same request with the same key again, after the time in Retry-After."),
    STORE_NOT_ANSWERING(
            503,
            "Store unavailable",
            true,
            "The operator's API needs a store that is unavailable. The detail says which one, and whether "
                    + "anything was changed.",
            "Try again later, or use the other store."),
    STORE_UNAVAILABLE(
            503,
            "Idempotency stores unavailable",
            true,
            "No store could say whether this request was executed before, so it was not executed. Or it was "
                    + "executed and no store could take its answer yet, or the database did not confirm its commit. Or "
                    + "the database that the request needs is unavailable. The detail says which.",
            "Send the same request with the same key again, after the time in Retry-After."),
    VERSION_NOT_SUPPORTED(
            505,
            "HTTP version not supported",
            false,
            "This port does not support the request's HTTP version, such as HTTP/2 where only HTTP/1.1 is spoken.",
            "Use HTTP/1.1.");

    private final int status;
    private final String title;
    private final boolean retryable;
    private final String meaning;
    private final String remedy;

    ProblemType(int status, String title, boolean retryable, String meaning, String remedy) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The type with this name in its URI. */
    public static Optional<ProblemType> named(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /** The type for an error status that came without a reason. */
    public static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> REQUEST_TOO_LARGE;
            case 414 -> TARGET_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 417 -> EXPECTATION_FAILED;
            case 421 -> MISDIRECTED_REQUEST;
            case 422 -> VALIDATION_FAILED;
            case 426, 505 -> VERSION_NOT_SUPPORTED;
            case 429 -> TOO_MANY_REQUESTS;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> SERVICE_UNAVAILABLE;
            default -> status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
        };
    }

    /** The last part of the type's URI. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type's URI, relative to the application. */
    public String uri() {
        return "/problems/" + slug();
    }

    public String title() {
        return title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the same request may be sent again unchanged. */
    public boolean retryable() {
        return retryable;
    }

    /** What happened, for the client's developer. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
