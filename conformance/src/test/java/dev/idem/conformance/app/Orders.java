package dev.idem.conformance.app;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one request asks the probe to do. */
public final class Orders {
    private static final int PIECE = 1000;

    @QueryParam("run")
    @DefaultValue("none")
    private String run = "none";

    @QueryParam("status")
    @DefaultValue("201")
    private int status;

    @QueryParam("header")
    private List<String> headers = List.of();

    @QueryParam("empty")
    private boolean empty;

    @QueryParam("text")
    private @Nullable String text;

    @QueryParam("type")
    @DefaultValue(MediaType.TEXT_PLAIN)
    private String type = MediaType.TEXT_PLAIN;

    @QueryParam("bytes")
    @DefaultValue("-1")
    private int bytes;

    @QueryParam("stream")
    private boolean stream;

    @QueryParam("hold")
    private @Nullable String hold;

    @QueryParam("failures")
    private int failures;

    @QueryParam("fail")
    private @Nullable String fail;

    Response execute(Runs runs, byte @Nullable [] body) throws InterruptedException {
        int number = runs.begin(run);
        if (hold != null) {
            runs.awaitRelease(hold);
        }
        if ("handler".equals(fail)) {
            throw new IllegalStateException("as it was told");
        }
        String execution = UUID.randomUUID().toString();
        Response.ResponseBuilder answer =
                Response.status(number <= failures ? 503 : status).header("Probe-Execution", execution);
        for (String header : headers) {
            int colon = header.indexOf(':');
            answer.header(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return empty
                ? answer.build()
                : withBody(answer, execution, body == null ? new byte[0] : body).build();
    }

    private Response.ResponseBuilder withBody(Response.ResponseBuilder answer, String execution, byte[] read) {
        if ("writer".equals(fail)) {
            return answer.type(MediaType.TEXT_PLAIN).entity((StreamingOutput) out -> {
                throw new IOException("as it was told");
            });
        }
        if (bytes >= 0) {
            byte[] content = content(execution);
            return answer.type(MediaType.APPLICATION_OCTET_STREAM).entity(stream ? inPieces(content) : content);
        }
        return text == null
                ? answer.type(MediaType.APPLICATION_JSON)
                        .entity(Map.of("execution", execution, "bytes", read.length, "sha256", digest(read)))
                : answer.type(type).entity(text);
    }

    private byte[] content(String execution) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (i + execution.charAt(i % execution.length()));
        }
        return content;
    }

    private static StreamingOutput inPieces(byte[] content) {
        return out -> {
            for (int from = 0; from < content.length; from += PIECE) {
                out.write(Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE)));
                out.flush();
            }
        };
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
