package dev.idem.dropwizard.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.idem.http.problem.ProblemType;
import java.io.UncheckedIOException;
import java.util.Map;

/** The meaning of a problem type, for people and programs (RFC 9457, section 3.1.1). */
record ProblemPage(ProblemType type) {
    static final String HTML = "text/html; charset=utf-8";

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>%1$s</title>
            <h1>%2$s: %1$s</h1>
            <p>%3$s</p>
            <p>%4$s</p>
            <p>May the same request be sent again unchanged? %5$s.</p>
            </html>
            """;

    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    String html() {
        return PAGE.formatted(
                type.title(), type.status(), type.meaning(), type.remedy(), type.retryable() ? "Yes" : "No");
    }

    /** Its names do not depend on the JSON settings of the application. */
    byte[] json() {
        try {
            return WRITER.writeValueAsBytes(Map.of(
                    "type", type.uri(),
                    "title", type.title(),
                    "status", type.status(),
                    "retryable", type.retryable(),
                    "meaning", type.meaning(),
                    "remedy", type.remedy()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
