package dev.idem.admin.checkup;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** One check of a store that answers, and may still refuse what the check does. The others are made all the same. */
final class Attempt {
    private static final Set<UnavailableReason> OF_A_STORE_THAT_ANSWERS =
            Set.of(UnavailableReason.PERMISSION, UnavailableReason.READ_ONLY, UnavailableReason.FULL);

    private Attempt() {}

    /** @throws StoreUnavailableException if the store does not answer */
    static List<CheckResult> at(String subject, String check, Supplier<List<CheckResult>> look) {
        try {
            return look.get();
        } catch (StoreUnavailableException e) {
            if (!OF_A_STORE_THAT_ANSWERS.contains(e.reason())) {
                throw e;
            }
            return List.of(CheckResult.error(subject, check, e.why(), e.advice()));
        }
    }
}
