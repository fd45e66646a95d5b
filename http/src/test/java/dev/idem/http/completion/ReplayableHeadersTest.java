package dev.idem.http.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.answer.RecordedResponse.Header;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayableHeadersTest {
    private final MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "Location", "ETag", "Link", "Cache-Control", "Vary", "X-Order-Id"})
    void whatBelongsToTheAnswerIsKept(String name) {
        headers.add(name, "value");

        assertThat(ReplayableHeaders.of(headers)).containsExactly(new Header(name, "value"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "Keep-Alive",
                "Transfer-Encoding",
                "Trailer",
                "TE",
                "Upgrade",
                "Proxy-Authenticate",
                "Content-Length",
                "Content-Encoding",
                "Date",
                "Age",
                "Server",
                "Set-Cookie",
                "traceparent",
                "tracestate",
                "b3",
                "X-B3-TraceId",
                "X-B3-SpanId",
                "X-B3-Sampled",
                "X-B3-ParentSpanId",
                "X-B3-Flags",
                "X-Request-Id",
                "Idempotent-Replayed",
                "Idempotency-Key",
                "Access-Control-Allow-Origin",
            })
    void whatBelongsToOneTransmissionIsNot(String name) {
        headers.add(name, "value");

        assertThat(ReplayableHeaders.of(headers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"set-cookie", "SET-COOKIE", "Set-cookie"})
    void theCaseOfANameDoesNotMatter(String name) {
        headers.add(name, "session=1");

        assertThat(ReplayableHeaders.of(headers)).isEmpty();
    }

    @Test
    void aRepeatedHeaderKeepsAllOfItsValuesInOrder() {
        headers.addAll("Link", "</b>", "</a>", "</b>");

        assertThat(ReplayableHeaders.of(headers))
                .containsExactly(new Header("Link", "</b>"), new Header("Link", "</a>"), new Header("Link", "</b>"));
    }
}
