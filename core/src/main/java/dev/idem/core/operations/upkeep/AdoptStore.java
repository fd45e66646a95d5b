package dev.idem.core.operations.upkeep;

import dev.idem.core.operations.ActionLog;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.authority.StoreOwner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the fast store this installation's: its database has replaced the one that the store belonged to, or is a copy of it.
 * Thread-safe.
 */
public final class AdoptStore {
    private final StoreOwner owner;
    private final DurableStore durable;

    public AdoptStore(StoreOwner owner, DurableStore durable) {
        this.owner = owner;
        this.durable = durable;
    }

    /**
     * Whose the store is.
     *
     * @param database of this installation
     * @param owner the database that the store belongs to, null if it is nobody's
     * @param ours whether that is this database
     * @param nodes how many nodes have shown there within seconds that they live; this installation's do not, while the store is
     *     another's
     * @param adopted whether it was changed
     */
    public record Result(String database, @Nullable String owner, boolean ours, int nodes, boolean adopted) {}

    /** @throws dev.idem.core.store.StoreUnavailableException if a store is unavailable */
    public Result look() {
        Installation ours = durable.installation();
        Optional<Installation> held = owner.find();
        return new Result(
                ours.database(),
                held.map(Installation::database).orElse(null),
                held.filter(ours::is).isPresent(),
                owner.nodes(),
                false);
    }

    /** @throws dev.idem.core.store.StoreUnavailableException if a store is unavailable */
    public Result adopt(ActionLog log) {
        Result before = look();
        owner.take(durable.installation());
        log.did("adopt", List.of(), "from=" + (before.owner() == null ? "nobody" : before.owner()));
        return new Result(before.database(), before.owner(), true, before.nodes(), true);
    }
}
