package dev.idem.conformance.exchange;

import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Client;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.http.Wire;
import dev.idem.conformance.profile.Profile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Sends a case's requests, writes down what it sends and gets, and asks the probe. Thread-safe. */
public abstract sealed class Exchanges extends Requests implements AutoCloseable permits Trial {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Transcript transcript;
    private final Set<String> creations = ConcurrentHashMap.newKeySet();
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    Exchanges(String id, Server server, Profile profile, Transcript transcript) {
        super(id, server, profile);
        this.transcript = transcript;
    }

    public final Answer send(Request request) throws IOException, InterruptedException {
        return answerOf(sendLater(request));
    }

    public final CompletableFuture<Answer> sendLater(Request request) {
        transcript.sent(request);
        return server().client().send(request).thenApply(this::noted);
    }

    /** So many times at once. */
    public final List<CompletableFuture<Answer>> sendLater(int times, Request request) {
        return IntStream.range(0, times).mapToObj(i -> sendLater(request)).toList();
    }

    /** So many times, evenly over a stretch of time. */
    public final List<CompletableFuture<Answer>> trickle(int times, long overMillis, Request request) {
        long pause = TimeUnit.MILLISECONDS.toNanos(overMillis) / times;
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(sendLater(request));
            LockSupport.parkNanos(pause);
        }
        return answers;
    }

    public final Answer answerOf(CompletableFuture<Answer> later) throws IOException, InterruptedException {
        try {
            return later.get(Client.PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    public final List<Answer> answersOf(List<CompletableFuture<Answer>> later)
            throws IOException, InterruptedException {
        List<Answer> answers = new ArrayList<>();
        for (CompletableFuture<Answer> one : later) {
            answers.add(answerOf(one));
        }
        return answers;
    }

    /** Whether there is still no answer after so long. */
    public final boolean isPending(CompletableFuture<Answer> later, long millis) throws Exception {
        try {
            later.get(millis, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        }
    }

    /** Gives the server so much time for these requests: they should have reached it when another thing happens. */
    public final void giveTime(List<CompletableFuture<Answer>> sent, long millis) throws InterruptedException {
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            transcript.got("not all of " + sent.size() + " answers within " + millis + " ms");
        }
    }

    /** A connection on which every byte is the case's; to be closed by it. */
    public final Wire wire() throws IOException {
        return wire(Client.PATIENCE);
    }

    /** One on which an answer is not waited for so long. */
    public final Wire wire(Duration patience) throws IOException {
        return new Wire(server().client(), patience, transcript::sent);
    }

    /** Sends header values that a well-behaved client refuses to send. */
    public final Answer sendRaw(Request request) throws IOException {
        try (Wire wire = wire()) {
            return noted(wire.send(request.header("Connection", "close")).answer());
        }
    }

    /** Writes down an answer that came over a {@link #wire}. */
    public final Answer noted(Answer answer) {
        transcript.got(answer);
        if (answer.isSuccess()) {
            creations.add(answer.text());
        }
        return answer;
    }

    /** How often this case's requests were executed: as the probe counts, or else by the different answers. */
    final int executions() throws IOException, InterruptedException {
        if (server().probe().isEmpty()) {
            return creations.size();
        }
        Answer count = control("GET", "/executions/" + run());
        return Integer.parseInt(count.text().strip());
    }

    /** The parameter with which an execution is held until it is released. */
    public final String hold(String name) {
        String latch = run() + '-' + name;
        held.add(latch);
        return "hold=" + latch;
    }

    public final void release(String name) throws IOException, InterruptedException {
        control("POST", "/release/" + run() + '-' + name);
    }

    /** Returns when so many executions have begun. */
    public final void awaitExecutions(int count) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (executions() < count) {
            if (System.nanoTime() > deadline) {
                throw new Mismatch(count + " executions within 20 s", String.valueOf(executions()));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private Answer control(String method, String path) throws IOException, InterruptedException {
        Request request = new Request(
                method, server().probe().orElseThrow() + "-control" + path, server().credentials(), new byte[0], false);
        Answer answer = answerOf(server().client().send(request));
        if (!answer.isSuccess()) {
            throw new IOException("the probe does not keep its contract: " + request + " got " + answer);
        }
        return answer;
    }

    /** Lets go what is still held, so that no thread of the server stays behind. */
    @Override
    public final void close() throws IOException {
        try {
            for (String latch : held) {
                control("POST", "/release/" + latch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
