package dev.idem.service.body;

import dev.idem.dropwizard.problem.ProblemType;
import dev.idem.dropwizard.problem.UnreadableBodyException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that fails when more of it is read than it may have. */
final class LimitedBody extends FilterInputStream {
    private final long most;
    private long read;

    /** @param most bytes */
    LimitedBody(InputStream body, long most) {
        super(body);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, (int) Math.max(1, Math.min(length, most - read))); // and not far beyond
        count(count);
        return count;
    }

    private void count(int more) throws UnreadableBodyException {
        read += Math.max(0, more);
        if (read > most) {
            throw new UnreadableBodyException(
                    ProblemType.REQUEST_TOO_LARGE, "The body is larger than anything that is taken here; send less.");
        }
    }
}
