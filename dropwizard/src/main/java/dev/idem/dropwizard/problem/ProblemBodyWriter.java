package dev.idem.dropwizard.problem;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemJson;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Writes problems as JSON. Jersey prefers it to the application's own writer, whose settings may change names. */
public final class ProblemBodyWriter implements MessageBodyWriter<Problem> {
    @Override
    public boolean isWriteable(
            Class<?> type, @Nullable Type genericType, Annotation @Nullable [] annotations, MediaType mediaType) {
        return type == Problem.class;
    }

    @Override
    public void writeTo(
            Problem problem,
            Class<?> type,
            @Nullable Type genericType,
            Annotation @Nullable [] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        body.write(ProblemJson.of(problem));
    }
}
