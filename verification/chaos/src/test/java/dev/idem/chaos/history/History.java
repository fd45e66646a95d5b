package dev.idem.chaos.history;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.dropwizard.jackson.Jackson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Everything that happened in a run. Only grows. Thread-safe. */
public final class History {
    private static final ObjectWriter JSON = Jackson.newObjectMapper().writerFor(Event.class);

    private final long origin = System.nanoTime();
    private final Instant originOnTheWall = Instant.now();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    /** Never goes back. */
    public Duration now() {
        return Duration.ofNanos(System.nanoTime() - origin);
    }

    /** When something happened that another process of this machine saw. */
    public Duration at(Instant moment) {
        return Duration.between(originOnTheWall, moment);
    }

    public void add(Event event) {
        events.add(event);
    }

    /** What is known by now, by begin. */
    public List<Event> events() {
        List<Event> all = new ArrayList<>(events);
        all.sort(Comparator.comparing(Event::begin));
        return all;
    }

    /** One event a line, as JSON. Times are in seconds. */
    public static String render(Event event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (IOException e) {
            throw new IllegalStateException("an event that cannot be written: " + event, e);
        }
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (Event event : events()) {
                lines.write(render(event));
                lines.newLine();
            }
        }
    }
}
