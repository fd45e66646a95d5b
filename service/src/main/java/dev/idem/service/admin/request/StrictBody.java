package dev.idem.service.admin.request;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Parses JSON strictly: refuses unknown members, and strings instead of booleans. Thread-safe. */
public final class StrictBody {
    private static final int MAX_BYTES = 16 * 1024;

    private final ObjectMapper mapper;

    public StrictBody() {
        mapper = JsonMapper.builder()
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    /**
     * Reads a body of at most 16 KiB.
     *
     * @throws ProblemException 400 or 413; the detail names the error
     * @throws IOException if the body cannot be read, or is not JSON of this type
     */
    public <T> T read(InputStream body, Class<T> type) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw refused(ProblemType.REQUEST_TOO_LARGE, "The body has at most 16 KiB.");
        }
        ObjectReader reader = mapper.readerFor(type);
        try {
            T value = reader.readValue(bytes);
            if (value == null) {
                throw refused(ProblemType.INVALID_REQUEST, "The body is null; an object is needed, see /openapi.json.");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            String known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .collect(Collectors.joining(", "));
            throw refused(
                    ProblemType.INVALID_REQUEST,
                    "The body has a member that is not known here; those that are: " + known + '.');
        }
    }

    private static ProblemException refused(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail, null), Map.of());
    }
}
