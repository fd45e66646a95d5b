package dev.idem.http.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problem that a client may be answered with. Each has a page of its own, at its URI. */
public enum ProblemType {
    INVALID_REQUEST(
            400,
            "The request cannot be read",
            false,
            "The body is not valid JSON, a parameter is not of its type, or the request is malformed in another way.",
            "Correct the request; the detail says what is wrong."),
    INVALID_KEY(
            400,
            "The Idempotency-Key is malformed",
            false,
            "The Idempotency-Key header is empty, too long, not printable, not of the format that this route asks for, or"
                    + " was sent several times with different values. Nothing was executed.",
            "Send one key of the format that the detail names; a UUID always is."),
    KEY_MISSING(
            400,
            "The Idempotency-Key is missing",
            false,
            "This route executes nothing without an Idempotency-Key.",
            "Generate a key once for each intended effect, such as a UUID, and send it with every repeat of the request."),
    UNAUTHORIZED(
            401,
            "Authentication is required",
            false,
            "The request has no access token, or one that is invalid or expired.",
            "Log in, and send the token as Authorization: Bearer. A key stays valid over a new login."),
    INVALID_CREDENTIALS(
            401,
            "The credentials are wrong",
            false,
            "There is no enabled user with this address and password.",
            "Correct the address or the password."),
    FORBIDDEN(
            403,
            "This is not allowed",
            false,
            "The caller is known and may not do this.",
            "Use an account that has the role."),
    NOT_FOUND(
            404,
            "There is nothing here",
            false,
            "The path leads nowhere, or to something that is not the caller's.",
            "Check the path; /openapi.json lists them all."),
    METHOD_NOT_ALLOWED(
            405,
            "The method is not allowed here",
            false,
            "The path exists and does not take this method.",
            "Use one of the methods in the Allow header."),
    NOT_ACCEPTABLE(
            406,
            "No acceptable representation",
            false,
            "The Accept header excludes everything that can be given.",
            "Accept application/json."),
    REQUEST_TIMEOUT(
            408,
            "The request came too slowly",
            true,
            "The body did not come, or came more slowly than the server waits for. Nothing was executed.",
            "Send the same request with the same key again."),
    REQUEST_IN_PROGRESS(
            409,
            "The first request is still in progress",
            true,
            "A request with this key executes at this moment and has no answer yet. This one was not executed.",
            "Send the same request with the same key again, after the time that Retry-After gives."),
    OUTCOME_UNKNOWN(
            409,
            "Nobody knows whether the first request took effect",
            true,
            "A request with this key was handed on, and no answer came back: it may have taken effect or not. This one was not"
                    + " executed, and none will be until that is known.",
            "Look at the resource, and send the same request with the same key again later: once the outcome is known it is"
                    + " answered, or executed."),
    RESPONSE_NOT_STORED(
            409,
            "The first request's response is not kept",
            false,
            "A request with this key took effect, and its answer was too large to be kept. This one was not executed.",
            "Ask for the resource's present state instead."),
    CHANGED_MEANWHILE(
            412,
            "Somebody else has changed it",
            false,
            "What If-Match names is not what is there now. Nothing was changed.",
            "Read it again, and send the change with the new ETag if it is still wanted."),
    LEASE_LIVE(
            409,
            "The key's request still executes",
            false,
            "The record's owner has been heard of within its lock time-out: its request executes at this moment. To delete the"
                    + " record now lets a repeat execute beside it. Nothing was deleted.",
            "Wait until the request is answered or its owner is stale, or say force=true if a second execution does no harm."),
    REQUEST_TOO_LARGE(
            413,
            "The request body is too large",
            false,
            "The body is larger than this route takes. Nothing was executed.",
            "Send less; the detail names the limit."),
    TARGET_TOO_LONG(
            414,
            "The request's target is too long",
            false,
            "The path and the query are longer than this server reads.",
            "Shorten them, or send what they say in a body."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The media type is not supported",
            false,
            "The body is of a type, or in a coding, that this route does not read.",
            "Send application/json with its Content-Type, without a Content-Encoding or in gzip."),
    EXPECTATION_FAILED(
            417,
            "The expectation cannot be met",
            false,
            "The Expect header asks for something other than 100-continue, which is all that is known here.",
            "Send the request without Expect."),
    MISDIRECTED_REQUEST(
            421,
            "This port is not known by that name",
            false,
            "The Host header names another host than this port's. A page under a name that leads here would be taken for ours.",
            "Ask by the port's address, or let the operator add the name to those by which the port is known."),
    KEY_REUSED(
            422,
            "The Idempotency-Key belongs to another request",
            false,
            "This key was first sent with another method, path, query, content type or body. Nothing was executed, and the"
                    + " first request's answer is untouched.",
            "Use a new key for a new request; repeat a request byte for byte."),
    VALIDATION_FAILED(
            422,
            "The request is not valid",
            false,
            "The request can be read, and a value in it is not allowed. Nothing was executed, and its key is free.",
            "Correct the values that the detail names."),
    CONDITION_MISSING(
            428,
            "If-Match is missing",
            false,
            "What is changed here is changed by several people, and so each change names the version that it is based on."
                    + " Nothing was changed.",
            "Read it, and send the change with the ETag as If-Match."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests",
            true,
            "This was tried too often in a short time.",
            "Wait for as long as Retry-After says."),
    HEADERS_TOO_LARGE(
            431,
            "The request's headers are too large",
            false,
            "The headers are larger, or more, than this server reads.",
            "Send less in headers; cookies are often the largest."),
    INTERNAL_ERROR(
            500,
            "Something went wrong here",
            true,
            "The service failed; that is not the client's fault. Nothing was stored for the key, which is free again.",
            "Send the same request with the same key again; if it keeps failing, report the problem's instance."),
    UPGRADE_NOT_SUPPORTED(
            501,
            "No other protocol is spoken here",
            false,
            "The request asks to go on in another protocol, such as WebSocket. Nothing was executed.",
            "Ask the server behind this gateway directly, or use plain HTTP, such as server-sent events."),
    TRANSFER_CODING_NOT_SUPPORTED(
            501,
            "The body's transfer coding is not known here",
            false,
            "The body comes in a transfer coding other than chunked, which is all that is decoded here. Nothing was executed.",
            "Send the body with Transfer-Encoding: chunked or with a Content-Length. A compressed body says so in"
                    + " Content-Encoding."),
    UPSTREAM_UNREACHABLE(
            502,
            "The server behind this gateway cannot be reached",
            true,
            "No connection to the server that executes these requests could be made, or none that is secure. Nothing was"
                    + " sent to it, and the key is free.",
            "Send the same request with the same key again, later."),
    UPSTREAM_FAILED(
            502,
            "The server behind this gateway gave no answer that can be read",
            true,
            "The request was sent, and the connection broke, or what came was no answer. Whether the request took effect is"
                    + " unknown; the detail says what becomes of the key.",
            "Send the same request with the same key again; if the key is held, look at the resource instead."),
    UPSTREAM_TIMEOUT(
            504,
            "The server behind this gateway did not answer in time",
            true,
            "The request was sent, and no answer came in the time that the route allows. Whether the request took effect is"
                    + " unknown; the detail says what becomes of the key.",
            "Send the same request with the same key again; if the key is held, look at the resource instead."),
    UPSTREAM_BUSY(
            503,
            "The server behind this gateway is not asked at the moment",
            true,
            "It has failed too often lately, or as many requests as are allowed wait for it already. Nothing was sent to"
                    + " it, and the key is free.",
            "Send the same request with the same key again, after the time that Retry-After gives."),
    OVERLOADED(
            503,
            "This service has more to do than it can hold",
            true,
            "The requests and answers that this process holds at the moment take all the memory that there is for them. The server"
                    + " behind it, if there is one, was not asked. Nothing was executed, and the key is free.",
            "Send the same request with the same key again, after the time that Retry-After gives."),
    AUTHORISATION_UNKNOWN(
            503,
            "Whether the caller may see the first answer is not known",
            true,
            "There is an earlier request with this key, and the server behind this gateway could not be asked whether the"
                    + " caller's credentials still hold. Nothing was executed, and nothing is told.",
            "Send the same request with the same key again, after the time that Retry-After gives."),
    SERVICE_UNAVAILABLE(
            503,
            "No requests are taken at the moment",
            true,
            "This server is about to stop, or has just started. Nothing was executed.",
            "Send the same request with the same key again, after the time that Retry-After gives."),
    STORE_NOT_ANSWERING(
            503,
            "A store cannot be asked",
            true,
            "The operator's API was to read or change what a store keeps, and the store does not answer. The detail says which,"
                    + " and whether anything was changed.",
            "Try again later, or ask the other store."),
    STORE_UNAVAILABLE(
            503,
            "Repeats cannot be told apart at the moment",
            true,
            "None of the stores could be asked whether this request was executed before, and so it was not executed; or it"
                    + " was executed and no store could take its answer yet; or the database did not say whether its effect"
                    + " was committed. The detail says which.",
            "Send the same request with the same key again, after the time that Retry-After gives."),
    VERSION_NOT_SUPPORTED(
            505,
            "This version of HTTP is not spoken here",
            false,
            "The request is of a version of HTTP that this port does not speak, such as HTTP/2 where HTTP/1.1 is asked for.",
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

    /** What stands for a status that somebody has given without a reason; any status of an error has one. */
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

    /** Whether the same request may be sent again as it is. */
    public boolean retryable() {
        return retryable;
    }

    /** What has happened, for the client's developer. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
