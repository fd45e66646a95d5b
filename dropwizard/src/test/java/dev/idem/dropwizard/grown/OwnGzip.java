package dev.idem.dropwizard.grown;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.zip.GZIPOutputStream;

/** Compresses as tutorials do: Jersey closes the stream, and only then are the last bytes written. */
@OwnGzip.Zipped
final class OwnGzip implements WriterInterceptor {
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Zipped {}

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, "x-gzip");
        context.setOutputStream(new GZIPOutputStream(context.getOutputStream()));
        context.proceed();
    }
}
