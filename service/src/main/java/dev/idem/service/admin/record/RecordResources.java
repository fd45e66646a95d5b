package dev.idem.service.admin.record;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.service.admin.node.AuthoritativeStore;
import java.util.List;

/** Puts the resources of this package together. */
public final class RecordResources {
    private final RecordStores stores;
    private final OperatorChangeLog changes;

    /**
     * Works on both stores.
     *
     * @param trail where changes are put down
     * @param node this process's name
     */
    public RecordResources(
            List<RecordAdministration> stores, AuthoritativeStore charge, AuditEventStore trail, String node) {
        this.stores = new RecordStores(stores, charge);
        this.changes = new OperatorChangeLog(trail, node);
    }

    /** Those that Jersey is to be given. */
    public List<Object> all() {
        return List.of(
                new RecordsResource(stores, new RecordDeletion(stores, changes)),
                new StaleResource(stores, new StaleRecordCleaner(stores, changes)));
    }
}
