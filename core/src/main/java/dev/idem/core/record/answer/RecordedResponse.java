package dev.idem.core.record.answer;

import java.util.List;

/**
 * A response as it was first sent: replayed byte for byte.
 *
 * @param status the HTTP status, 100 to 599
 * @param headers in order; a header appears as often as it was sent
 * @param storedBody the body as stored; zero bytes for none
 */
public record RecordedResponse(int status, List<Header> headers, StoredBody storedBody) implements Answer {

    /** About how many bytes a header takes beside its texts. */
    private static final int HEADER_BYTES = 100;

    /** One header line. Names keep their case. */
    public record Header(String name, String value) {}

    public RecordedResponse {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("an HTTP status is 100 to 599, not " + status);
        }
        headers = List.copyOf(headers);
    }

    /** @param body the bytes; empty for none. Not copied: the creator of the response must not change the array. */
    public RecordedResponse(int status, List<Header> headers, byte[] body) {
        this(status, headers, StoredBody.of(body));
    }

    @Override
    public ResponseSummary summary() {
        return new ResponseSummary(status, headers.size());
    }

    /** The body itself, decompressed if necessary. */
    public byte[] body() {
        return storedBody.bytes();
    }

    /** The same response, with a compressed body if that is shorter. */
    public RecordedResponse compressed() {
        return new RecordedResponse(status, headers, StoredBody.compressed(body()));
    }

    @Override
    public long bytes() {
        long bytes = storedBody.kept().length;
        for (Header header : headers) {
            bytes += HEADER_BYTES + header.name().length() + header.value().length();
        }
        return bytes;
    }

    /** Only status and sizes: headers and bodies are the users' data. */
    @Override
    public String toString() {
        return "RecordedResponse[status=" + status + ", headers=" + headers.size() + ", body=" + storedBody + "]";
    }
}
