package dev.idem.core.engine.observe;

import dev.idem.core.record.Lease;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Calls several listeners, one after another. Thread-safe if they are. */
public final class EngineListeners implements EngineListener {
    private final List<EngineListener> all;

    public EngineListeners(EngineListener... all) {
        this.all = List.of(all);
    }

    @Override
    public void storeAsked(String store, Operation operation, Result result, Duration took) {
        each(one -> one.storeAsked(store, operation, result, took));
    }

    @Override
    public void breakerChanged(String store, boolean open) {
        each(one -> one.breakerChanged(store, open));
    }

    @Override
    public void staleRecovered(Lease lease) {
        each(one -> one.staleRecovered(lease));
    }

    @Override
    public void fenced(Lease lease) {
        each(one -> one.fenced(lease));
    }

    @Override
    public void waited(Duration took) {
        each(one -> one.waited(took));
    }

    @Override
    public void answeredNear() {
        each(EngineListener::answeredNear);
    }

    @Override
    public void trustChanged(boolean redisDecides) {
        each(one -> one.trustChanged(redisDecides));
    }

    @Override
    public void foreignStore(String why) {
        each(one -> one.foreignStore(why));
    }

    @Override
    public void ownStore() {
        each(EngineListener::ownStore);
    }

    @Override
    public void refilling(long records) {
        each(one -> one.refilling(records));
    }

    @Override
    public void refilled(long records, Duration took) {
        each(one -> one.refilled(records, took));
    }

    @Override
    public void written(int entries, Duration lag) {
        each(one -> one.written(entries, lag));
    }

    @Override
    public void dropped(int entries) {
        each(one -> one.dropped(entries));
    }

    @Override
    public void nodesDied(int nodes) {
        each(one -> one.nodesDied(nodes));
    }

    @Override
    public void recovering(int keys, int copied) {
        each(one -> one.recovering(keys, copied));
    }

    @Override
    public void recovered(Duration took) {
        each(one -> one.recovered(took));
    }

    @Override
    public void recoveryFailed() {
        each(EngineListener::recoveryFailed);
    }

    private void each(Consumer<EngineListener> call) {
        for (EngineListener one : all) {
            call.accept(one);
        }
    }
}
