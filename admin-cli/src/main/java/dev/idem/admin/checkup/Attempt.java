package dev.idem.admin.checkup;

import dev.idem.core.store.StoreUnavailableException;
import java.util.List;
import java.util.function.Supplier;

/** One check of a store that answers, and may still refuse what the check does. The others are made all the same. */
final class Attempt {
    private Attempt() {}

    /** @throws StoreUnavailableException if the store does not answer */
    static List<CheckResult> at(String subject, String check, Supplier<List<CheckResult>> look) {
        try {
            return look.get();
        } catch (StoreUnavailableException e) {
            if (!e.reason().isRefusal()) {
                throw e;
            }
            return List.of(CheckResult.error(subject, check, e.why(), e.advice()));
        }
    }
}
