package dev.idem.service.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The document, kept as YAML beside this class. Immutable. */
@Path("/openapi.json")
public final class OpenApiResource {
    private final JsonNode document = read();

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonNode document() {
        return document;
    }

    private static JsonNode read() {
        try (InputStream file = OpenApiResource.class.getResourceAsStream("openapi.yml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(file, "openapi.yml is missing from the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
