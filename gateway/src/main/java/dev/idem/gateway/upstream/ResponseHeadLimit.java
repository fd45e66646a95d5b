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

/** Checks the head of an upstream's response. Belongs to one call, whose steps follow one another. */
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

    /** The head is too large to forward, but its status is known. */
    static final class TooLargeException extends ProtocolException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("a response with a head of more than " + UpstreamClient.MOST_HEAD_BYTES + " bytes");
        }
    }

    /** 0 until there is one. */
    int status() {
        return status;
    }

    /**
     * @param begun a status from 200 to 599; interim ones do not come here, except 101, which no request asks for
     * @return why the response cannot be forwarded
     */
    Optional<Exception> begin(int begun) {
        status = begun;
        return begun >= 200 && begun <= 599
                ? Optional.empty()
                : Optional.of(new ProtocolException("a response with the status " + begun));
    }

    /** @return why the response cannot be forwarded */
    Optional<Exception> add(HttpField field) {
        @Nullable String value = field.getValue();
        bytes += field.getName().length() + AROUND_A_FIELD + (value == null ? 0 : value.length());
        if (bytes > UpstreamClient.MOST_HEAD_BYTES) {
            return Optional.of(new TooLargeException());
        }
        if (field.getHeader() == HttpHeader.TRANSFER_ENCODING && !HttpHeaderValue.CHUNKED.is(value)) {
            // Chunked is decoded on the way; any other coding would be lost with the header.
            return Optional.of(new ProtocolException("a response in the transfer coding " + value));
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
            return Optional.of(new ProtocolException("a response with the length " + value));
        }
        length = said;
        return Optional.empty();
    }

    /** Whether the body has the announced length; not all protocols ensure it. */
    boolean isOf(long received) {
        return length == UNKNOWN || length == received || HttpMethod.HEAD.is(method) || HttpStatus.hasNoBody(status);
    }

    /** Whether the response failed because of its head, whose end may not have been read. */
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
