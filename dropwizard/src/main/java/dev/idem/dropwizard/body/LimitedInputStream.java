package dev.idem.dropwizard.body;

import dev.idem.dropwizard.problem.UnreadableBodyException;
import dev.idem.http.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body that fails when more than its limit is read. For one reader. */
public class LimitedInputStream extends FilterInputStream {
    private final long most;
    private final String tooLarge;
    private long read;

    /**
     * @param most bytes
     * @param tooLarge the problem's detail for a client that sends more
     */
    public LimitedInputStream(InputStream body, long most, String tooLarge) {
        super(body);
        this.most = most;
        this.tooLarge = tooLarge;
    }

    @Override
    public final int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    /** Reads little more than the limit. */
    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, (int) Math.max(1, Math.min(length, most - read)));
        count(Math.max(0, count));
        return count;
    }

    private void count(int more) throws UnreadableBodyException {
        read += more;
        if (read > most) {
            throw new UnreadableBodyException(ProblemType.REQUEST_TOO_LARGE, tooLarge);
        }
        haveRead(read);
    }

    /**
     * Called after each read.
     *
     * @param bytes all that were read so far
     * @throws UnreadableBodyException to stop reading
     */
    protected void haveRead(long bytes) throws UnreadableBodyException {}
}
