package dev.idem.dropwizard.grown;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;

/** Ends each body with a mark, which it writes when the stream is closed. */
@Framed.Body
final class Framed implements ContainerResponseFilter {
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Body {}

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.setEntityStream(new Marked(response.getEntityStream()));
    }

    private static final class Marked extends FilterOutputStream {
        Marked(OutputStream body) {
            super(body);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.write("<end>".getBytes(StandardCharsets.US_ASCII));
            super.close();
        }
    }
}
