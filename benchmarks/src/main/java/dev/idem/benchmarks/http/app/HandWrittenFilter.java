package dev.idem.benchmarks.http.app;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What one writes in an afternoon: compares no bodies, waits for nobody, survives no failure. For comparison only. */
final class HandWrittenFilter implements ContainerRequestFilter, WriterInterceptor {
    private static final String OWNED = "hand-written.key";

    private final MinimalScripts scripts;

    HandWrittenFilter(MinimalScripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String key = request.getHeaderString("Idempotency-Key");
        if (key == null) {
            return;
        }
        byte[] stored = scripts.claim(key);
        if (stored == null) {
            request.setProperty(OWNED, key);
        } else if (MinimalScripts.isProcessing(stored)) {
            request.abortWith(Response.status(Response.Status.CONFLICT).build());
        } else {
            request.abortWith(Response.ok(stored, MediaType.APPLICATION_JSON_TYPE)
                    .header("Idempotent-Replayed", true)
                    .build());
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (!(context.getProperty(OWNED) instanceof String key)) {
            context.proceed();
            return;
        }
        OutputStream client = context.getOutputStream();
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        context.setOutputStream(held);
        context.proceed();
        scripts.complete(key, held.toByteArray());
        held.writeTo(client);
    }
}
