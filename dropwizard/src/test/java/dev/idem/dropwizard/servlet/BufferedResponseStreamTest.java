package dev.idem.dropwizard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BufferedResponseStreamTest {
    private final Client client = new Client();
    private final List<String> sentAtOverflow = new ArrayList<>();
    private int released;
    private final BufferedResponseStream stream =
            new BufferedResponseStream(client, 4, this::nothingInstead, () -> released++);

    @Test
    void whatFitsIsKeptAndNothingOfItIsSent() throws IOException {
        stream.write("abc".getBytes(UTF_8));
        stream.write('d');
        stream.flush();
        stream.close();

        assertThat(stream.bytes()).asString(UTF_8).isEqualTo("abcd");
        assertThat(stream.hasOverflown()).isFalse();
        assertThat(client.sent()).isEmpty();
        assertThat(client.flushes).isZero();
        assertThat(client.closed).isFalse();
        assertThat(sentAtOverflow).isEmpty();
        assertThat(released).isZero();
    }

    @Test
    void whatDoesNotFitIsSentWholeAndInOrder() throws IOException {
        stream.write("abc".getBytes(UTF_8));
        stream.write("-def-".getBytes(UTF_8), 1, 3);
        stream.write('g');

        assertThat(stream.hasOverflown()).isTrue();
        assertThat(client.sent()).isEqualTo("abcdefg");
        assertThat(stream.bytes()).isEmpty();
        assertThat(released).isEqualTo(1);
    }

    @Test
    void itIsPutDownThatNothingIsKeptOnceAndBeforeAnythingIsSent() throws IOException {
        stream.write("abc".getBytes(UTF_8));
        stream.write("def".getBytes(UTF_8));
        stream.write("ghi".getBytes(UTF_8));

        assertThat(sentAtOverflow).containsExactly("");
    }

    @Test
    void aSingleWriteBeyondTheLimitIsSentToo() throws IOException {
        stream.write("abcdef".getBytes(UTF_8));

        assertThat(client.sent()).isEqualTo("abcdef");
    }

    @Test
    void onceItFlowsFlushAndCloseReachTheClient() throws IOException {
        stream.write("abcdef".getBytes(UTF_8));
        stream.flush();
        stream.close();

        assertThat(client.flushes).isEqualTo(1);
        assertThat(client.closed).isTrue();
    }

    @Test
    void aLimitOfZeroKeepsAnEmptyBodyOnly() throws IOException {
        BufferedResponseStream nothing = new BufferedResponseStream(client, 0, this::nothingInstead, () -> released++);
        nothing.write(new byte[0]);
        assertThat(nothing.hasOverflown()).isFalse();

        nothing.write('a');

        assertThat(nothing.hasOverflown()).isTrue();
        assertThat(client.sent()).isEqualTo("a");
    }

    @Test
    void whatTheCallbackHasInsteadIsSentAndNothingElse() throws IOException {
        BufferedResponseStream replaced =
                new BufferedResponseStream(client, 4, () -> Optional.of("other".getBytes(UTF_8)), () -> released++);
        replaced.write("abc".getBytes(UTF_8));
        replaced.write("def".getBytes(UTF_8));
        replaced.write('g');

        assertThat(replaced.hasOverflown()).isTrue();
        assertThat(client.sent()).isEqualTo("other");
    }

    private Optional<byte[]> nothingInstead() {
        sentAtOverflow.add(client.sent());
        return Optional.empty();
    }

    private static final class Client extends ByteArrayOutputStream {
        private int flushes;
        private boolean closed;

        String sent() {
            return toString(UTF_8);
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
