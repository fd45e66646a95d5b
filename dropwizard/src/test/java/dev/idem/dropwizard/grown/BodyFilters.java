package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Locale;

/** Filters that read a request's body before its method does. */
final class BodyFilters implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
        context.register(Logged.class);
        context.register(Asking.class);
        context.register(EntitySignature.class);
        context.register(ServletSignature.class);
        context.register(Copying.class);
        context.register(Shouting.class);
        return true;
    }

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface SignedEntity {}

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface SignedRequest {}

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Copied {}

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Shouted {}

    /** Looks at the first bytes, as loggers do. */
    @PreMatching
    static final class Logged implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            String most = request.getHeaderString("X-Log");
            if (most != null && request.hasEntity()) {
                InputStream body = new BufferedInputStream(request.getEntityStream());
                body.mark(Integer.parseInt(most) + 1);
                byte[] seen = body.readNBytes(Integer.parseInt(most));
                body.reset();
                request.setEntityStream(body);
                request.setProperty("seen", seen.length);
            }
        }
    }

    /** Asks whether there is a body. */
    static final class Asking implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty("asked", request.hasEntity());
        }
    }

    /** Consumes the body. */
    @SignedEntity
    static final class EntitySignature implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            try (InputStream body = request.getEntityStream()) {
                request.setProperty("signed", new String(body.readAllBytes(), UTF_8));
            }
        }
    }

    /** Consumes the body of the servlet request. */
    @SignedRequest
    @SuppressWarnings("NullAway.Init") // Jersey sets the field
    static final class ServletSignature implements ContainerRequestFilter {
        @Context
        private HttpServletRequest servlet;

        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            request.setProperty("signed", new String(servlet.getInputStream().readAllBytes(), UTF_8));
        }
    }

    /** Reads the body and leaves a copy. */
    @Copied
    static final class Copying implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            byte[] body = request.getEntityStream().readAllBytes();
            request.setEntityStream(new ByteArrayInputStream(body));
        }
    }

    /** Stands for a decryption: reads a first byte, and decodes the rest when it is read. */
    @Shouted
    static final class Shouting implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) throws IOException {
            InputStream body = request.getEntityStream();
            int ignored = body.read();
            request.setEntityStream(new FilterInputStream(body) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    if (count > 0) {
                        byte[] loud = new String(bytes, offset, count, UTF_8)
                                .toUpperCase(Locale.ROOT)
                                .getBytes(UTF_8);
                        System.arraycopy(loud, 0, bytes, offset, count);
                    }
                    return count;
                }
            });
        }
    }
}
