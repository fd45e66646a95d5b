package dev.idem.core.engine;

import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.record.Lease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Records the events that it receives. */
class RecordingListener implements EngineListener {
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final List<Breaker> breakers = new CopyOnWriteArrayList<>();
    final List<Lease> staleRecovered = new CopyOnWriteArrayList<>();
    final List<Lease> fenced = new CopyOnWriteArrayList<>();
    final List<Duration> waits = new CopyOnWriteArrayList<>();

    final AtomicInteger died = new AtomicInteger();
    final AtomicInteger scanned = new AtomicInteger();
    final AtomicInteger recovered = new AtomicInteger();
    volatile Runnable afterStep = () -> {};

    record Asked(String store, Operation operation, Result result) {}

    record Breaker(String store, boolean open) {}

    @Override
    public void storeAsked(String store, Operation operation, Result result, Duration took) {
        asked.add(new Asked(store, operation, result));
    }

    @Override
    public void breakerChanged(String store, boolean open) {
        breakers.add(new Breaker(store, open));
    }

    @Override
    public void staleRecovered(Lease lease) {
        staleRecovered.add(lease);
    }

    @Override
    public void fenced(Lease lease) {
        fenced.add(lease);
    }

    @Override
    public void waited(Duration took) {
        waits.add(took);
    }

    @Override
    public void nodesDied(int nodes) {
        died.addAndGet(nodes);
    }

    @Override
    public void recovering(int keys, int copied) {
        scanned.addAndGet(keys);
        afterStep.run();
    }

    @Override
    public void recovered(Duration took) {
        recovered.incrementAndGet();
    }

    private volatile boolean foreign;

    boolean foreign() {
        return foreign;
    }

    @Override
    public void foreignStore(String why) {
        foreign = true;
    }

    @Override
    public void ownStore() {
        foreign = false;
    }
}
