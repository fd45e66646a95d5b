package dev.idem.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.gateway.Upstream.Asked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Makes charges as a payments API does, and knows nothing of repeats: two requests are two charges. What a charge's description
 * begins with is what goes wrong with the first request for it.
 */
final class Shop {
    /** Longer than the clients' patience, and shorter than the gateway's. */
    private static final Duration SLOW = Duration.ofMillis(1_500);

    private static final Pattern DESCRIPTION = Pattern.compile("description(?:\":\"|=)([a-z0-9-]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Charge> charges = new CopyOnWriteArrayList<>();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    /** A customer has paid. */
    record Charge(String id, String object, String description, String key) {}

    /** All that were made with this description: more than one is a customer who paid twice. */
    List<Charge> charges(String description) {
        return charges.stream()
                .filter(charge -> charge.description().equals(description))
                .toList();
    }

    /** To be an {@link Upstream.Behaviour}. */
    void answer(Asked asked, Response response, Callback callback) throws Exception {
        if (asked.method().equals("GET")) {
            find(asked, response, callback);
        } else {
            charge(asked, response, callback);
        }
    }

    private void find(Asked asked, Response response, Callback callback) {
        String key = URLDecoder.decode(asked.target().replaceAll(".*/", ""), StandardCharsets.UTF_8);
        Optional<Charge> charge =
                charges.stream().filter(made -> made.key().equals(key)).findFirst();
        if (charge.isPresent()) {
            json(response, charge.get()).write(true, bytes(charge.get()), callback);
        } else {
            response.setStatus(404);
            response.write(true, null, callback);
        }
    }

    private void charge(Asked asked, Response response, Callback callback) throws Exception {
        Matcher matcher = DESCRIPTION.matcher(asked.body());
        if (!matcher.find()) {
            throw new IllegalArgumentException("no description in " + asked.body());
        }
        String description = matcher.group(1);
        String fault = tried.add(description) ? description.replaceAll("-[0-9a-f-]{36}$", "") : "none";
        if (fault.equals("refused-first")) {
            json(response, Map.of("error", Map.of("message", "try again"))).setStatus(500);
            response.write(true, bytes(Map.of("error", Map.of("message", "try again"))), callback);
            return;
        }
        Charge charge =
                new Charge("ch_" + (charges.size() + 1), "charge", description, asked.header("Idempotency-Key"));
        charges.add(charge);
        switch (fault) {
            case "reset-after-commit" -> reset(response, callback);
            case "slow" -> {
                boolean unused = new CountDownLatch(1).await(SLOW.toMillis(), TimeUnit.MILLISECONDS);
                json(response, charge).write(true, bytes(charge), callback);
            }
            case "chunked" -> inChunks(json(response, charge), bytes(charge), callback);
            case "gzip" -> compressed(asked, json(response, charge), charge, callback);
            default -> json(response, charge).write(true, bytes(charge), callback);
        }
    }

    /** The customer has paid, and the connection breaks before anyone is told. */
    private static void reset(Response response, Callback callback) throws IOException {
        EndPoint connection =
                response.getRequest().getConnectionMetaData().getConnection().getEndPoint();
        ((SocketChannel) connection.getTransport()).setOption(StandardSocketOptions.SO_LINGER, 0);
        connection.close();
        callback.failed(new IOException("the connection was broken on purpose"));
    }

    private static void inChunks(Response response, ByteBuffer body, Callback callback) {
        ByteBuffer half = body.slice(0, body.remaining() / 2);
        ByteBuffer rest = body.slice(half.remaining(), body.remaining() - half.remaining());
        response.write(false, half, Callback.from(() -> response.write(true, rest, callback), callback::failed));
    }

    private static void compressed(Asked asked, Response response, Charge charge, Callback callback) {
        if (!asked.header("Accept-Encoding").contains("gzip")) {
            response.write(true, bytes(charge), callback);
            return;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes(charge).array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        response.getHeaders().put("Content-Encoding", "gzip");
        response.write(true, ByteBuffer.wrap(compressed.toByteArray()), callback);
    }

    private static Response json(Response response, Object unused) {
        response.setStatus(200);
        response.getHeaders().put("Content-Type", "application/json");
        return response;
    }

    private static ByteBuffer bytes(Object body) {
        try {
            return ByteBuffer.wrap(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
