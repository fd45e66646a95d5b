package dev.idem.dropwizard.problem;

import dev.idem.dropwizard.servlet.BodyRecording;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Marks failures to read a request's body as the client's fault, not the application's. */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class BodyReadInterceptor implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        BodyRecording.readThrough(request, Marking::new);
    }

    private static final class Marking extends FilterInputStream {

        Marking(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw UnreadableBodyException.of(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                throw UnreadableBodyException.of(e);
            }
        }
    }
}
