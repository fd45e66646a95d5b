package dev.idem.core.record;

import java.util.Arrays;
import java.util.List;

/**
 * A response as it was first given: replayed byte for byte.
 *
 * @param status the HTTP status, 100 to 599
 * @param headers in order, a repeated header as often as it was sent
 * @param body the bytes; empty for none. Not copied: whoever makes a response leaves its array alone.
 */
@SuppressWarnings("ArrayRecordComponent") // up to 1 MiB: a copy in and out of each would cost more than it guards
public record RecordedResponse(int status, List<Header> headers, byte[] body) implements Answer {

    /** One header line. Names keep the case in which they were sent. */
    public record Header(String name, String value) {}

    public RecordedResponse {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("an HTTP status is 100 to 599, not " + status);
        }
        headers = List.copyOf(headers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedResponse that
                && status == that.status
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * status + headers.hashCode()) + Arrays.hashCode(body);
    }

    /** Status and sizes only: headers and bodies are the users' data. */
    @Override
    public String toString() {
        return "RecordedResponse[status=" + status + ", headers=" + headers.size() + ", body=" + body.length
                + " bytes]";
    }
}
