package dev.idem.admin.checkup;

import dev.idem.core.operations.upkeep.AdoptStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Examines whose Redis it is. */
public final class InstallationCheckup {
    private static final String CHECK = "installation";

    private final AdoptStore adoption;

    public InstallationCheckup(AdoptStore adoption) {
        this.adoption = adoption;
    }

    /** @throws dev.idem.core.store.StoreUnavailableException if a store is unavailable */
    public List<CheckResult> look() {
        AdoptStore.Result found = adoption.look();
        @Nullable String owner = found.owner();
        if (owner == null) {
            return List.of(CheckResult.ok(RedisCheckup.SUBJECT, CHECK, "nobody's; the first node takes it"));
        }
        return List.of(
                found.ours()
                        ? CheckResult.ok(RedisCheckup.SUBJECT, CHECK, owner)
                        : CheckResult.error(
                                RedisCheckup.SUBJECT,
                                CHECK,
                                owner + " (" + found.nodes() + " nodes alive); ours is " + found.database(),
                                "Another installation uses this Redis and key prefix: set redis.keyPrefix, or another"
                                        + " redis.url. If this database has replaced that one: idem-admin adopt."));
    }
}
