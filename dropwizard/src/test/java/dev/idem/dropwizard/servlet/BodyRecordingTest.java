package dev.idem.dropwizard.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.junit.jupiter.api.Test;

final class BodyRecordingTest {
    private static final int KIB = 1 << 10;

    private final BodyMemory memory = new BodyMemory(256 * KIB);
    private final ContainerRequest request = new ContainerRequest(
            URI.create("http://test/"), URI.create("http://test/it"), "POST", null, new MapPropertiesDelegate(), null);

    private BodyRecording recordingOf(String body, int most) {
        request.setEntityStream(new ByteArrayInputStream(body.getBytes(US_ASCII)) {
            @Override
            public boolean markSupported() {
                return false; // as the server's
            }
        });
        return BodyRecording.begin(request, memory, most);
    }

    private String rest() throws IOException {
        return new String(request.getEntityStream().readAllBytes(), US_ASCII);
    }

    @Test
    void nothingIsReadBeforeSomebodyAsks() throws Exception {
        request.setEntityStream(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("nobody has asked");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        });
        BodyRecording recording = BodyRecording.begin(request, memory, KIB);
        recording.leave();

        assertThatThrownBy(this::rest).hasMessage("nobody has asked");
        assertThat(memory.held()).isZero();
    }

    @Test
    void whatWasReadIsReadAgain() throws Exception {
        BodyRecording recording = recordingOf("body", KIB);
        byte[] servlet = recording.servlet().readNBytes(3);
        String entity = rest();

        assertThat(recording.all(KIB)).contains("body".getBytes(US_ASCII));
        recording.handOver();

        assertThat(servlet).isEqualTo("bod".getBytes(US_ASCII));
        assertThat(entity).isEqualTo("body");
        assertThat(rest()).isEqualTo("body");
        assertThat(recording.servlet().readAllBytes()).isEqualTo("body".getBytes(US_ASCII));
        assertThat(recording.isAtItsEnd()).isTrue();
    }

    @Test
    void askingWhetherThereIsABodyReplacesNothing() throws Exception {
        BodyRecording recording = recordingOf("body", KIB);
        InputStream before = request.getEntityStream();

        assertThat(request.hasEntity()).isTrue();
        recording.leave();

        assertThat(request.getEntityStream()).isSameAs(before);
        assertThat(rest()).isEqualTo("body");
        assertThat(memory.held()).isZero();
    }

    @Test
    void oneMayAskWhenNothingIsKeptAnyMore() throws Exception {
        recordingOf("unprotected", KIB).leave();

        assertThat(request.hasEntity()).isTrue();
        assertThat(rest()).isEqualTo("unprotected");

        BodyRecording passed = recordingOf("not rolled out", KIB);
        byte[] read = passed.servlet().readNBytes(3);
        passed.handOver();

        assertThat(read).hasSize(3);
        assertThat(request.hasEntity()).isTrue();
        assertThat(new String(request.getEntityStream().readNBytes(3), US_ASCII))
                .isEqualTo("not");
        assertThat(request.hasEntity()).isTrue();
        assertThat(rest()).isEqualTo(" rolled out");
        assertThat(request.hasEntity()).isFalse();
        assertThat(memory.held()).isZero();
    }

    @Test
    void oneMayLookUntilTheEndWhenNothingIsKeptAnyMore() throws Exception {
        recordingOf("short", KIB).leave();
        InputStream body = request.getEntityStream();

        body.mark(KIB);
        byte[] seen = body.readAllBytes();
        body.reset();

        assertThat(seen).hasSize(5);
        assertThat(rest()).isEqualTo("short");
    }

    @Test
    void aReplacedStreamContinuesWhereItWas() throws Exception {
        BodyRecording recording = recordingOf("body", KIB);
        InputStream raw = request.getEntityStream();
        int first = raw.read();
        request.setEntityStream(new java.io.SequenceInputStream(new ByteArrayInputStream(new byte[] {'B'}), raw));

        assertThat(recording.all(KIB)).contains("body".getBytes(US_ASCII));
        recording.handOver();

        assertThat(first).isEqualTo('b');
        assertThat(rest()).isEqualTo("Body");
    }

    @Test
    void aBodyThatIsTooLongIsNotKept() throws Exception {
        BodyRecording recording = recordingOf("x".repeat(4 * KIB), KIB);

        assertThat(rest()).hasSize(4 * KIB);

        assertThat(memory.held()).isZero();
        assertThat(recording.all(KIB)).isEmpty();
    }

    @Test
    void fullMemoryEndsTheRecordingAndNotTheReading() throws Exception {
        assertThat(memory.reservation().grow(128 * KIB)).isTrue();
        memory.reservation().reserve(128 * KIB);
        BodyRecording recording = recordingOf("x".repeat(2 * KIB), 4 * KIB);

        assertThat(request.hasEntity()).isTrue();
        assertThat(rest()).hasSize(2 * KIB);

        assertThatThrownBy(() -> recording.all(4 * KIB)).isInstanceOf(BodyMemoryExhaustedException.class);
    }

    @Test
    void aMethodThatExecutesAllTheSameGetsEveryByteOfALongBody() throws Exception {
        BodyRecording recording = recordingOf("x".repeat(4 * KIB), KIB);

        assertThat(recording.all(KIB)).isEmpty();
        recording.handOver();

        assertThat(rest()).hasSize(4 * KIB);
        assertThat(memory.held()).isZero();
    }

    @Test
    void aReaderThatComesAfterTheEndIsToldSo() throws Exception {
        BodyRecording recording = recordingOf("1\n2\n3\n", KIB);
        assertThat(recording.all(KIB)).isPresent();
        recording.handOver();
        InputStream entity = request.getEntityStream();
        InputStream servlet = recording.servlet();
        int first = entity.read();
        RequestEnd.end(request);

        assertThat(first).isEqualTo('1');
        for (InputStream late : List.of(entity, servlet)) {
            assertThatThrownBy(late::readAllBytes).isInstanceOf(IOException.class);
            assertThatThrownBy(late::reset).isInstanceOf(IOException.class);
        }
        assertThat(memory.held()).isZero();
    }

    @Test
    void itMattersNotHowMuchHadBeenRead() throws Exception {
        BodyRecording recording = recordingOf("body", KIB);
        InputStream entity = request.getEntityStream();
        byte[] part = entity.readNBytes(2);
        RequestEnd.end(request);
        entity.mark(KIB);

        assertThat(part).hasSize(2);
        assertThatThrownBy(entity::read).hasMessage("the request has ended");
        assertThat(recording.servlet().isFinished()).isFalse();
    }

    @Test
    void aDecoderIsForAllReaders() throws Exception {
        BodyRecording recording = recordingOf("body", KIB);
        BodyRecording.readThrough(request, body -> new ByteArrayInputStream("decoded".getBytes(US_ASCII)));

        assertThat(rest()).isEqualTo("decoded");
        assertThat(recording.all(KIB)).contains("decoded".getBytes(US_ASCII));
    }
}
