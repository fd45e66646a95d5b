package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.jersey.errors.ErrorMessage;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the mappers registered, errors without a body and Dropwizard's own errors are problems. */
@ExtendWith(ServersExtension.class)
final class BareErrorsIT {
    private static TestService service;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(redis, database, new Careless());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "bare/404, 404, not-found",
        "bare/409, 409, invalid-request",
        "bare/503, 503, service-unavailable",
        "message, 403, forbidden",
        "empty, 404, not-found",
        "unavailable, 503, service-unavailable",
        "broken, 500, internal-error"
    })
    void isAProblem(String path, int status, String type) throws Exception {
        assertIsProblem(service.send(service.request("/careless/" + path).build()), status, type);
    }

    @Test
    void aHeaderThatCannotBeReadIsOneToo() throws Exception {
        assertIsProblem(
                service.send(service.request("/careless/empty")
                        .header("Accept", "a/b;q=2")
                        .build()),
                400,
                "invalid-request");
    }

    @Test
    void aFormThatIsNoneIsOneToo() throws Exception {
        assertIsProblem(
                service.send(service.request("/careless/form")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("a=1"))
                        .build()),
                415,
                "unsupported-media-type");
    }

    @Test
    void anAnswerThatIsStoredIsReplayedWithItsProblem() throws Exception {
        HttpResponse<String> first = service.post("/careless/refusing", "40a4c1a4-0f3e-4c8e-8a52-7c1f0c1d9a01");
        HttpResponse<String> replay = service.post("/careless/refusing", "40a4c1a4-0f3e-4c8e-8a52-7c1f0c1d9a01");

        assertIsProblem(first, 409, "invalid-request");
        assertThat(replay.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(replay.body()).isEqualTo(first.body());
    }

    private static void assertIsProblem(HttpResponse<String> answer, int status, String type) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("type").asText()).isEqualTo("/problems/" + type);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("\"code\"", "secret");
        assertThat(answer.headers().firstValue("Retry-After").isPresent())
                .isEqualTo(problem.get("retryable").asBoolean());
    }

    /** Sends the minimal headers. */
    @Path("/careless")
    @SuppressWarnings("DoNotCallSuggester")
    public static final class Careless {
        @GET
        @Path("/bare/{status}")
        public Response bare(@PathParam("status") int status) {
            return Response.status(status).build();
        }

        @GET
        @Path("/message")
        public Response message() {
            throw new WebApplicationException(Response.status(403)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(new ErrorMessage(403, "the secret is 42"))
                    .build());
        }

        @GET
        @Path("/empty")
        public Optional<String> empty() {
            return Optional.empty();
        }

        @GET
        @Path("/unavailable")
        public String unavailable() {
            throw new ServiceUnavailableException();
        }

        @GET
        @Path("/broken")
        public String broken() {
            throw new IllegalStateException("the secret is 42");
        }

        @POST
        @Path("/form")
        @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
        public String form(@FormParam("a") String value) {
            return value;
        }

        @POST
        @Path("/refusing")
        @Idempotent
        public Response refusing() {
            return Response.status(409).build();
        }
    }
}
