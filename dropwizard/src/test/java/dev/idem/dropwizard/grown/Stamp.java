package dev.idem.dropwizard.grown;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/** Changes the entity before all other interceptors, content encoders included. */
@Stamp.Early
@Priority(100)
final class Stamp implements WriterInterceptor {
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Early {}

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.setEntity(Map.of("stamped", context.getEntity()));
        context.setType(Map.class);
        context.setGenericType(Map.class);
        context.proceed();
    }
}
