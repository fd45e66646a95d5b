package dev.idem.dropwizard.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.decision.Decision;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.problem.RefusalProblems;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.junit.jupiter.api.Test;

/** An answer in place of a body that is inside of an encoder's stream already. */
final class ResponseWriterTest {
    private final ResponseWriter responses =
            new ResponseWriter(ResponseContract.of(Optional.empty(), RoutePolicy.DEFAULT), () -> true);
    private final ContainerResponse response = new ContainerResponse(
            new ContainerRequest(
                    URI.create("http://localhost/"),
                    URI.create("http://localhost/orders"),
                    "POST",
                    null,
                    new MapPropertiesDelegate(),
                    null),
            Response.ok().header("Content-Encoding", "gzip").build());

    @Test
    void aRefusalKeepsTheCodingThatItGets() {
        GivenAnswer refusal =
                new GivenAnswer(new Decision.Refuse(RefusalProblems.transactionBusy("k"), Optional.empty(), false));

        responses.replaceWhileWritten(response, refusal, Optional.of("gzip"));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.getHeaderString("Content-Encoding")).isEqualTo("gzip");
    }

    @Test
    void aReplayHasItsOwnCodingFirst() {
        RecordedResponse stored =
                new RecordedResponse(201, List.of(new Header("Content-Encoding", "br")), new byte[] {1});

        responses.replaceWhileWritten(
                response, new GivenAnswer(new Decision.Replay(stored, Optional.empty())), Optional.of("gzip"));

        assertThat(response.getStatus()).isEqualTo(201);
        assertThat(response.getHeaderString("Content-Encoding")).isEqualTo("br, gzip");
    }

    @Test
    void withoutAnEncoderTheOldCodingIsNobodys() {
        GivenAnswer refusal =
                new GivenAnswer(new Decision.Refuse(RefusalProblems.transactionBusy("k"), Optional.empty(), false));

        responses.replaceWhileWritten(response, refusal, Optional.empty());

        assertThat(response.getHeaderString("Content-Encoding")).isNull();
    }
}
