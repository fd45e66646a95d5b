package dev.idem.dropwizard.grown;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The context of a request is the right one wherever Jersey puts it, or says that it cannot be. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContextPlacesIT {
    private final Grown grown;

    ContextPlacesIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"field", "inject", "constructor", "instance"})
    void itIsThatOfThePresentRequest(String place) throws Exception {
        String key = Grown.newKey();

        JsonNode one = read(grown.send(grown.post("/charges/" + place, key)).body());
        JsonNode other =
                read(grown.send(grown.post("/charges/" + place, Grown.newKey())).body());

        assertThat(one.at("/key").asText()).isEqualTo(key);
        assertThat(one.at("/same").asText()).isEqualTo("true");
        assertThat(one.at("/charge")).isNotEqualTo(other.at("/charge"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"field", "inject", "constructor", "instance"})
    void withoutAKeyItIsOneForTheRequest(String place) throws Exception {
        JsonNode one = read(
                grown.send(grown.request("/charges/" + place).POST(BodyPublishers.ofString("{\"" + place + "\":1}")))
                        .body());

        assertThat(one.at("/key").asText()).isEqualTo("none");
        assertThat(one.at("/same").asText()).isEqualTo("true");
    }

    @Test
    void aParameterMayGoToOtherThreadsAndAFieldSaysSo() throws Exception {
        JsonNode said = read(grown.send(grown.post("/charges/instance/elsewhere", Grown.newKey()))
                .body());

        assertThat(said.at("/parameter").asText()).isEqualTo("true");
        assertThat(said.at("/field").asText())
                .contains("this thread serves no request", "take IdempotencyContext as a parameter");
    }

    @Test
    void beforeTheClaimItSaysThatItIsTooEarly() throws Exception {
        String said = new String(
                grown.send(grown.post("/charges/early", Grown.newKey())).body(), StandardCharsets.UTF_8);

        assertThat(said).contains("not known before its resource method is called");
    }

    private static JsonNode read(byte[] body) throws Exception {
        return new ObjectMapper().readTree(body);
    }
}
