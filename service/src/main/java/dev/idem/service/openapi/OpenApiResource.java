package dev.idem.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.idem.http.policy.RoutePolicy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The OpenAPI document, a YAML file beside this class, completed by the configured rules for repeats. Immutable. */
@Path("/openapi.json")
public final class OpenApiResource {
    private static final String CONTRACT = "x-idempotency";

    private final JsonNode document;

    /** @param policy of all operations that have the extension */
    public OpenApiResource(RoutePolicy policy) {
        YAMLMapper mapper = new YAMLMapper();
        this.document = read(mapper);
        JsonNode contract = mapper.valueToTree(IdempotencyContract.of(policy));
        document.findParents(CONTRACT).forEach(operation -> ((ObjectNode) operation).set(CONTRACT, contract));
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonNode document() {
        return document;
    }

    private static JsonNode read(YAMLMapper mapper) {
        try (InputStream file = OpenApiResource.class.getResourceAsStream("openapi.yml")) {
            return mapper.readTree(Objects.requireNonNull(file, "openapi.yml is missing from the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
