package dev.idem.core.record;

import java.util.List;

/**
 * A response as it was first given: replayed byte for byte.
 *
 * @param status the HTTP status, 100 to 599
 * @param headers in order, a repeated header as often as it was sent
 * @param storedBody as it is kept; of no bytes for none
 */
public record RecordedResponse(int status, List<Header> headers, StoredBody storedBody) implements Answer {

    /** One header line. Names keep the case in which they were sent. */
    public record Header(String name, String value) {}

    public RecordedResponse {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("an HTTP status is 100 to 599, not " + status);
        }
        headers = List.copyOf(headers);
    }

    /** @param body the bytes; empty for none. Not copied: whoever makes a response leaves its array alone. */
    public RecordedResponse(int status, List<Header> headers, byte[] body) {
        this(status, headers, StoredBody.of(body));
    }

    /** The body itself, however it is kept. */
    public byte[] body() {
        return storedBody.bytes();
    }

    /** The same response, its body kept in fewer bytes if it can be. */
    public RecordedResponse compressed() {
        return new RecordedResponse(status, headers, StoredBody.compressed(body()));
    }

    /** Status and sizes only: headers and bodies are the users' data. */
    @Override
    public String toString() {
        return "RecordedResponse[status=" + status + ", headers=" + headers.size() + ", body=" + storedBody + "]";
    }
}
