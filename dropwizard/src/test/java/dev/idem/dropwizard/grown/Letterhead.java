package dev.idem.dropwizard.grown;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Changes the entity and what is written of it. */
@Letterhead.On
final class Letterhead implements WriterInterceptor {
    private final AtomicInteger count = new AtomicInteger();

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface On {}

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.setEntity(Map.of("letter", context.getEntity()));
        context.setType(Map.class);
        context.setGenericType(Map.class);
        context.getHeaders().putSingle("X-Letter", String.valueOf(count.incrementAndGet()));
        context.getOutputStream().write("/**/".getBytes(StandardCharsets.US_ASCII));
        context.proceed();
        context.getOutputStream().write(";".getBytes(StandardCharsets.US_ASCII));
    }
}
