package dev.idem.dropwizard;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Takes up to two milliseconds, so that repeats arrive while it ends, and counts its effects. */
@Path("/quick/{round}")
@Idempotent
public final class QuickEffects {
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Map<String, AtomicInteger> executions = new ConcurrentHashMap<>();

    int executions(String round) {
        return counter(round).get();
    }

    @POST
    public String create(@PathParam("round") String round) {
        return "execution " + take(round);
    }

    @POST
    @Path("/empty")
    public void empty(@PathParam("round") String round) {
        take(round);
    }

    private int take(String round) {
        int number = counter(round).incrementAndGet();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_NANOS));
        return number;
    }

    private AtomicInteger counter(String round) {
        return executions.computeIfAbsent(round, none -> new AtomicInteger());
    }
}
