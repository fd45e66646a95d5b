package dev.idem.gateway.upstream;

import java.net.ProtocolException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** What an answer's head is, and must be to go on. Belongs to one call, whose steps follow one another. */
final class ResponseHeadLimit {
    private static final long UNKNOWN = -1;
    private static final int AROUND_A_FIELD = ": \r\n".length();

    private final String method;
    private volatile int status;
    private long bytes;
    private long length = UNKNOWN;

    /** @param method of the request */
    ResponseHeadLimit(String method) {
        this.method = method;
    }

    /** The head is too large to go on, and what its status says is known. */
    static final class TooLargeException extends ProtocolException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("an answer with a head of more than " + UpstreamClient.MOST_HEAD_BYTES + " bytes");
        }
    }

    /** 0 as long as there is none. */
    int status() {
        return status;
    }

    /**
     * @param begun from 200 to 599, or it is none; interim ones do not come here, but for 101, which nobody has asked for
     * @return why it cannot go on
     */
    Optional<Exception> begin(int begun) {
        status = begun;
        return begun >= 200 && begun <= 599
                ? Optional.empty()
                : Optional.of(new ProtocolException("an answer with the status " + begun));
    }

    /** @return why the answer cannot go on */
    Optional<Exception> add(HttpField field) {
        @Nullable String value = field.getValue();
        bytes += field.getName().length() + AROUND_A_FIELD + (value == null ? 0 : value.length());
        if (bytes > UpstreamClient.MOST_HEAD_BYTES) {
            return Optional.of(new TooLargeException());
        }
        if (field.getHeader() == HttpHeader.TRANSFER_ENCODING && !HttpHeaderValue.CHUNKED.is(value)) {
            // Chunks are undone on the way, and whatever else it is in would be lost with the header.
            return Optional.of(new ProtocolException("an answer in the transfer coding " + value));
        }
        return field.getHeader() == HttpHeader.CONTENT_LENGTH ? addLength(value) : Optional.empty();
    }

    private Optional<Exception> addLength(@Nullable String value) {
        boolean isLength = value != null
                && !value.isEmpty()
                && value.length() <= 18
                && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        long said = isLength ? Long.parseLong(value) : UNKNOWN;
        if (!isLength || (length != UNKNOWN && length != said)) {
            return Optional.of(new ProtocolException("an answer with the length " + value));
        }
        length = said;
        return Optional.empty();
    }

    /** Whether so many bytes are the body that it tells of; not all protocols see to that. */
    boolean isOf(long received) {
        return length == UNKNOWN || length == received || HttpMethod.HEAD.is(method) || HttpStatus.hasNoBody(status);
    }

    /** Whether the answer has failed for its head, whose end may not have been read. */
    boolean isTooLarge(@Nullable Throwable failure) {
        return status != 0 && isForItsSize(failure);
    }

    private static boolean isForItsSize(@Nullable Throwable failure) {
        return failure != null
                && (failure instanceof TooLargeException
                        || (failure instanceof HttpException http
                                && String.valueOf(http.getReason()).endsWith("Header Bytes Too Large"))
                        || isForItsSize(failure.getCause()));
    }
}
