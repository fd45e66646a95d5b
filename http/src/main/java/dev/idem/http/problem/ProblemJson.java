package dev.idem.http.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.UncheckedIOException;

/** Writes a problem with the member names of RFC 9457, section 3.1, whatever JSON settings the application has. */
public final class ProblemJson {
    private static final ObjectWriter WRITER = new ObjectMapper().writerFor(Problem.class);

    private ProblemJson() {}

    /** @return a body of type {@link Problem#MEDIA_TYPE} */
    public static byte[] of(Problem problem) {
        try {
            return WRITER.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
