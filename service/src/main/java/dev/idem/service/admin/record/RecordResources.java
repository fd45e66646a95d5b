package dev.idem.service.admin.record;

import dev.idem.core.event.AuditEvents;
import dev.idem.core.store.RecordAdministration;
import dev.idem.service.admin.node.Charge;
import java.util.List;

/** Puts the resources of this package together. */
public final class RecordResources {
    private final RecordStores stores;
    private final Changes changes;

    /**
     * Works on both stores.
     *
     * @param trail where changes are put down
     * @param node this process's name
     */
    public RecordResources(List<RecordAdministration> stores, Charge charge, AuditEvents trail, String node) {
        this.stores = new RecordStores(stores, charge);
        this.changes = new Changes(trail, node);
    }

    /** Those that Jersey is to be given. */
    public List<Object> all() {
        return List.of(
                new RecordsResource(stores, new Deletion(stores, changes)),
                new StaleResource(stores, new Clearing(stores, changes)));
    }
}
