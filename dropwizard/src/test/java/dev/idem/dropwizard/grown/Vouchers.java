package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Says in all places and ways what becomes of its answers. */
@Path("/vouchers")
@Produces(MediaType.APPLICATION_JSON)
public final class Vouchers {
    private final AtomicInteger issued = new AtomicInteger();
    private final Map<String, IdempotencyContext> answered = new ConcurrentHashMap<>();
    private final Map<String, AsyncResponse> late = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    @Context
    private @Nullable IdempotencyContext present;

    /** @param words one or more, in order */
    @POST
    @Idempotent
    public Response issue(
            @QueryParam("say") List<String> words,
            @QueryParam("at") @DefaultValue("parameter") String place,
            @QueryParam("status") @DefaultValue("200") int status,
            @Context IdempotencyContext parameter) {
        int number = issued.incrementAndGet();
        if (place.equals("stream")) {
            return streamed(status, number, () -> words.forEach(word -> say(word, parameter)));
        }
        for (String word : words) {
            switch (place) {
                case "field" -> say(word, Objects.requireNonNull(present));
                case "thread" ->
                    CompletableFuture.runAsync(() -> say(word, parameter)).join();
                case "mapper" -> throw new SoldOut(word, status, number);
                default -> say(word, parameter);
            }
        }
        if (place.equals("unwritten")) {
            return streamed(status, number, () -> {
                throw new IllegalStateException("a lazy field of number " + number + " cannot be read any more");
            });
        }
        parameter.key().ifPresent(key -> answered.put(key, parameter));
        if (place.equals("thrown")) {
            throw new SoldOut("nothing", status, number);
        }
        return answer(status, number);
    }

    private static Response streamed(int status, int number, Runnable first) {
        StreamingOutput body = client -> {
            first.run();
            client.write(("{\"number\":" + number + '}').getBytes(StandardCharsets.UTF_8));
        };
        return Response.status(status).entity(body).build();
    }

    private static Response answer(int status, int number) {
        return status == 204
                ? Response.noContent().build()
                : Response.status(status).entity(Map.of("number", number)).build();
    }

    @POST
    @Path("/atomic")
    @Idempotent(atomic = true)
    public Response issueAtomically(
            @QueryParam("say") String word,
            @QueryParam("status") @DefaultValue("200") int status,
            @QueryParam("name") String name,
            @Context IdempotencyContext idempotency,
            @Context Handle transaction) {
        transaction.execute("CREATE TABLE IF NOT EXISTS vouchers (name TEXT)");
        transaction.execute("INSERT INTO vouchers VALUES (?)", name);
        say(word, idempotency);
        return answer(status, issued.incrementAndGet());
    }

    @POST
    @Path("/late")
    @Idempotent
    public void issueLate(@Context IdempotencyContext idempotency, @Suspended AsyncResponse response) {
        String key = idempotency.key().orElseThrow();
        issued.incrementAndGet();
        answered.put(key, idempotency);
        late.put(key, response);
        response.setTimeout(100, TimeUnit.MILLISECONDS);
    }

    /** The first attempt waits for {@code /late/…}. */
    @POST
    @Path("/attempts")
    @Idempotent
    public Map<String, Object> attempt(@Context IdempotencyContext idempotency) throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        if (waiting.putIfAbsent(idempotency.key().orElseThrow(), gate) == null) {
            gate.await();
        }
        return Map.of(
                "attempt", idempotency.attempt(),
                "fencing", idempotency.fencingNumber().orElse(0));
    }

    @GET
    @Path("/waiting/{key}")
    public boolean isWaiting(@PathParam("key") String key) {
        return waiting.containsKey(key);
    }

    /** Says it about a request that may have been answered, and answers. Returns the failure, if any. */
    @GET
    @Path("/late/{key}/{word}")
    public String later(@PathParam("key") String key, @PathParam("word") String word) {
        if (waiting.containsKey(key)) {
            waiting.get(key).countDown();
            return "released";
        }
        try {
            say(word, Objects.requireNonNull(answered.get(key)));
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
        Objects.requireNonNull(late.get(key)).resume(Map.of("number", issued.get()));
        return "said";
    }

    @GET
    @Path("/issued")
    public int issued() {
        return issued.get();
    }

    static void say(String word, IdempotencyContext idempotency) {
        switch (word) {
            case "store" -> idempotency.store();
            case "withhold" -> idempotency.withhold();
            case "tookNoEffect" -> idempotency.tookNoEffect();
            default -> {
                // Nothing is said.
            }
        }
    }

    /** Its mapper says the word. */
    static final class SoldOut extends RuntimeException {
        private final String word;
        private final int status;
        private final int number;

        SoldOut(String word, int status, int number) {
            super(word);
            this.word = word;
            this.status = status;
            this.number = number;
        }
    }

    /** Makes the answer of {@link SoldOut}. */
    public static final class SoldOutMapper implements ExceptionMapper<SoldOut> {
        @Context
        private @Nullable IdempotencyContext present;

        @Override
        public Response toResponse(SoldOut thrown) {
            say(thrown.word, Objects.requireNonNull(present));
            return answer(thrown.status, thrown.number);
        }
    }
}
