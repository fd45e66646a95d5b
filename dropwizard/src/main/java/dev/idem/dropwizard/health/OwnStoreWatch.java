package dev.idem.dropwizard.health;

import dev.idem.core.engine.observe.EngineListener;

/** Takes a node out while its Redis belongs to another installation. Thread-safe. */
public final class OwnStoreWatch implements EngineListener {
    private final Readiness readiness;

    public OwnStoreWatch(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void foreignStore(String why) {
        readiness.refuse(Readiness.Reason.FOREIGN_INSTALLATION, why);
    }

    @Override
    public void ownStore() {
        readiness.end(Readiness.Reason.FOREIGN_INSTALLATION);
    }
}
