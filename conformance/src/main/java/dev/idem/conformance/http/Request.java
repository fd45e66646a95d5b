package dev.idem.conformance.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to be sent; each method gives another one with one thing changed. Immutable, but for the body's array.
 *
 * @param target path and query, encoded
 * @param headers in order
 * @param body empty for none
 * @param chunked whether the body's length is left unsaid
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
public record Request(String method, String target, List<Header> headers, byte[] body, boolean chunked) {

    public Request {
        headers = List.copyOf(headers);
    }

    public Request method(String other) {
        return new Request(other, target, headers, body, chunked);
    }

    public Request target(String other) {
        return new Request(method, other, headers, body, chunked);
    }

    /** With one more parameter in the query. */
    public Request parameter(String nameAndValue) {
        return target(target + (target.contains("?") ? "&" : "?") + nameAndValue);
    }

    public Request body(byte[] other) {
        return new Request(method, target, headers, other, chunked);
    }

    /** In UTF-8. */
    public Request body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public Request inChunks() {
        return new Request(method, target, headers, body, true);
    }

    /** With one more header line. */
    public Request plus(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Request(method, target, more, body, chunked);
    }

    public Request without(String name) {
        return new Request(
                method,
                target,
                headers.stream().filter(header -> !header.isNamed(name)).toList(),
                body,
                chunked);
    }

    /** With this header in the place of those of the same name. */
    public Request header(String name, String value) {
        return without(name).plus(name, value);
    }

    public Request type(String mediaType) {
        return header("Content-Type", mediaType);
    }

    /** A JSON body. */
    public Request json(String text) {
        return type("application/json").body(text);
    }

    /** A form. */
    public Request form(String fields) {
        return type("application/x-www-form-urlencoded").body(fields);
    }

    /** For people: credentials are left out. */
    @Override
    public String toString() {
        List<String> shown = headers.stream()
                .map(header -> header.isNamed("Authorization") ? "Authorization: …" : Shown.text(header.toString()))
                .toList();
        return method + ' ' + target + ' ' + shown + (chunked ? " chunked" : "") + ' ' + Shown.body(body);
    }
}
