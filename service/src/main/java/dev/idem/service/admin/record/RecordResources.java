package dev.idem.service.admin.record;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.operations.RecordStores;
import java.util.List;

/** Creates the resources of this package. */
public final class RecordResources {
    private final RecordStores stores;
    private final OperatorChangeLog changes;

    /**
     * @param trail where changes are recorded
     * @param node this process's name
     */
    public RecordResources(RecordStores stores, AuditEventStore trail, String node) {
        this.stores = stores;
        this.changes = new OperatorChangeLog(trail, node);
    }

    /** The resources for Jersey. */
    public List<Object> all() {
        return List.of(new RecordsResource(stores, changes), new StaleResource(stores, changes));
    }
}
